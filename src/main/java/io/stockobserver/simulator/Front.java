package io.stockobserver.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one loopback port: takes calls and sockets, hands each to the venue whose path it is, writes
 * what that answers. One daemon event loop does it all, so a venue needs no locks.
 */
final class Front {
  private static final long BEAT_MILLIS = 50;
  private static final int LONGEST_MESSAGE = 1 << 20;
  // Every market of a venue in one query, its commas encoded.
  private static final int LONGEST_LINE = 64 << 10;

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final Answer NOTHING_HERE =
      Answer.of(404, Map.of("Content-Type", "text/plain"), "nothing here\n");

  private final Vertx vertx;
  private final InstantSource clock;
  private final List<Site> sites;
  private final HttpServer server;

  /** A venue with what goes wrong there and what was seen there. */
  record Site(Venue venue, Faults faults, Traffic traffic) {}

  Front(SimulatorOptions options, List<Site> sites) {
    this.clock = options.clock();
    this.sites = List.copyOf(sites);
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
                    .setMaxInitialLineLength(LONGEST_LINE)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(true)
                    .setMaxWebSocketMessageSize(LONGEST_MESSAGE))
            .requestHandler(this::take);
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
    for (Site site : this.sites) {
      vertx.setPeriodic(BEAT_MILLIS, timer -> site.venue().beat());
      vertx.setPeriodic(options.pingEvery().toMillis(), timer -> site.venue().ping());
      site.faults().onTrigger(() -> run(site.venue()::beat));
    }
  }

  int port() {
    return server.actualPort();
  }

  void run(Runnable action) {
    vertx.runOnContext(nothing -> action.run());
  }

  private void take(HttpServerRequest request) {
    long nanos = System.nanoTime();
    if (request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)) {
      shakeHands(request);
      return;
    }
    request.body().onSuccess(body -> answer(request, body, nanos));
  }

  private void answer(HttpServerRequest request, Buffer body, long nanos) {
    String path = request.path() == null ? "/" : request.path();
    Call call =
        new Call(
            request.method().name(),
            path,
            request.params(),
            request.query() == null ? "" : request.query(),
            request.headers(),
            body.toString(StandardCharsets.UTF_8));
    Site site = find(venue -> venue.answers(path));
    if (site == null) {
      write(request.response(), NOTHING_HERE);
      return;
    }
    Answer answer = site.venue().answer(call);
    site.traffic()
        .called(new Arrival(path, call.header("tr_id"), clock.instant(), nanos, answer.status()));
    Fault slow = site.faults().active(FaultKind.SLOW, path);
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

  private @Nullable Site find(Predicate<Venue> wanted) {
    return sites.stream().filter(site -> wanted.test(site.venue())).findFirst().orElse(null);
  }

  private void shakeHands(HttpServerRequest request) {
    String path = request.path() == null ? "/" : request.path();
    Site site = find(venue -> venue.hears(path));
    Answer refusal = site == null ? NOTHING_HERE : site.venue().refuses(path, request.headers());
    if (site == null || refusal != null) {
      write(request.response(), refusal == null ? NOTHING_HERE : refusal);
      return;
    }
    site.venue().greeting().forEach(request.response()::putHeader);
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              site.traffic().opened();
              site.venue().opened(socket);
            });
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
