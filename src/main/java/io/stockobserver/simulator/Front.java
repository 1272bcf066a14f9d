package io.stockobserver.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one loopback port: takes calls and sockets, hands them to the venue, writes what it answers.
 * One daemon event loop does it all, so a venue needs no locks.
 */
final class Front {
  private static final long BEAT_MILLIS = 50;
  private static final int LONGEST_MESSAGE = 1 << 20;

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Vertx vertx;
  private final InstantSource clock;
  private final Faults faults;
  private final Traffic traffic;
  private final Venue venue;
  private final HttpServer server;

  Front(SimulatorOptions options, Faults faults, Traffic traffic, Venue venue) {
    this.clock = options.clock();
    this.faults = faults;
    this.traffic = traffic;
    this.venue = venue;
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(10))
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(options.port())
                    .setReuseAddress(true)
                    .setTcpNoDelay(true)
                    .setCompressionSupported(false)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setMaxWebSocketMessageSize(LONGEST_MESSAGE))
            .requestHandler(this::take)
            .webSocketHandshakeHandler(this::judge)
            .webSocketHandler(this::open);
    try {
      server.listen().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      vertx.close();
      throw new IllegalStateException(
          "simulator: port " + options.port() + " is not free: " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      vertx.close();
      throw new IllegalStateException("simulator: port " + options.port() + " did not open", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      vertx.close();
      throw new IllegalStateException("simulator: interrupted while opening its port", e);
    }
    vertx.setPeriodic(BEAT_MILLIS, timer -> venue.beat());
    vertx.setPeriodic(options.pingEvery().toMillis(), timer -> venue.ping());
    faults.onTrigger(() -> run(venue::beat));
  }

  int port() {
    return server.actualPort();
  }

  void run(Runnable action) {
    vertx.runOnContext(nothing -> action.run());
  }

  private void take(HttpServerRequest request) {
    long nanos = System.nanoTime();
    request.body().onSuccess(body -> answer(request, body, nanos));
  }

  private void answer(HttpServerRequest request, Buffer body, long nanos) {
    String path = request.path() == null ? "/" : request.path();
    Call call =
        new Call(
            request.method().name(),
            path,
            request.params(),
            request.headers(),
            body.toString(StandardCharsets.UTF_8));
    Answer answer =
        venue.answers(path)
            ? venue.answer(call)
            : Answer.of(404, Map.of("Content-Type", "text/plain"), "nothing here\n");
    traffic.called(
        new Arrival(path, call.header("tr_id"), clock.instant(), nanos, answer.status()));
    Fault slow = faults.active(FaultKind.SLOW, path);
    if (slow == null) {
      write(request.response(), answer);
    } else {
      vertx.setTimer(
          Math.max(1, slow.delay().toMillis()), timer -> write(request.response(), answer));
    }
  }

  private void write(HttpServerResponse response, Answer answer) {
    if (response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    response.putHeader("Date", HTTP_DATE.format(clock.instant()));
    answer.headers().forEach(response::putHeader);
    response.putHeader("Content-Length", Integer.toString(answer.body().length));
    response.end(Buffer.buffer(answer.body()));
  }

  private void judge(ServerWebSocketHandshake handshake) {
    if (venue.hears(handshake.path())) {
      handshake.accept();
    } else {
      handshake.reject(404);
    }
  }

  private void open(ServerWebSocket socket) {
    traffic.opened();
    venue.opened(socket);
  }

  void close() {
    CompletableFuture<Void> closed = vertx.close().toCompletionStage().toCompletableFuture();
    try {
      closed.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("simulator: did not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
