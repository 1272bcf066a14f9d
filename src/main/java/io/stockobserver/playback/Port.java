package io.stockobserver.playback;

import io.stockobserver.archive.ArchiveException;
import io.stockobserver.tape.Entry;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one loopback port: takes calls and sockets and hands each to the face whose path it is. One
 * daemon event loop does it all.
 */
final class Port implements AutoCloseable {
  /** A face with the answers that its tape has given so far. */
  record Part(Face face, Answers answers) {}

  private static final int LONGEST_LINE = 64 << 10;
  private static final int LONGEST_FRAME = 8 << 20;
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final Reply NOTHING_HERE =
      new Reply(
          404,
          Map.of("Content-Type", "text/plain"),
          "nothing here\n".getBytes(StandardCharsets.US_ASCII));

  private final Supplier<Instant> market;
  private final ToLongFunction<Instant> millisUntil;
  private final Vertx vertx;
  private final HttpServer server;
  private volatile List<Part> parts = List.of();

  /**
   * Opens the port; until {@link #serve} nothing is there.
   *
   * @param number 0 for any free one
   * @param millisUntil the system's time until the market's clock shows an instant
   * @throws ArchiveException in one line, if it is not free
   */
  Port(int number, Supplier<Instant> market, ToLongFunction<Instant> millisUntil) {
    this.market = market;
    this.millisUntil = millisUntil;
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
                    .setPort(number)
                    .setReuseAddress(true)
                    .setTcpNoDelay(true)
                    .setMaxInitialLineLength(LONGEST_LINE)
                    .setMaxWebSocketFrameSize(LONGEST_FRAME)
                    .setMaxWebSocketMessageSize(LONGEST_FRAME)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(true))
            .requestHandler(this::take);
    try {
      server.listen().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      vertx.close();
      throw new ArchiveException(
          "port " + number + " is not free; name another with --serve, or 0 for any free one", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      vertx.close();
      throw new ArchiveException("interrupted while opening port " + number, e);
    }
  }

  int number() {
    return server.actualPort();
  }

  /** From now on these are there. */
  void serve(List<Part> all) {
    parts = List.copyOf(all);
  }

  /** Has something done on the event loop, once and again. */
  void every(long millis, Runnable action) {
    vertx.runOnContext(nothing -> vertx.setPeriodic(millis, timer -> action.run()));
  }

  private void take(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)) {
      shakeHands(request);
    } else {
      request.body().onSuccess(body -> answer(request, body));
    }
  }

  private void answer(HttpServerRequest request, Buffer body) {
    String path = request.path() == null ? "/" : request.path();
    Asked asked =
        new Asked(
            request.method().name(),
            path,
            request.query() == null ? "" : request.query(),
            request.headers(),
            body.toString(StandardCharsets.UTF_8));
    for (Part part : parts) {
      if (part.face().answers(path)) {
        answer(request.response(), asked, part);
        return;
      }
    }
    write(request.response(), NOTHING_HERE);
  }

  /** Who asks a little early waits, in the market's time, for what was told then. */
  private void answer(HttpServerResponse response, Asked asked, Part part) {
    String question = part.face().question(asked);
    Instant worth = question == null ? null : part.answers().worthWaitingFor(question);
    if (worth == null) {
      Entry told = question == null ? null : part.answers().to(question);
      write(response, part.face().answer(asked, told));
    } else {
      vertx.setTimer(
          Math.max(1, millisUntil.applyAsLong(worth)), timer -> answer(response, asked, part));
    }
  }

  private void write(HttpServerResponse response, Reply reply) {
    if (response.closed()) {
      return;
    }
    response.setStatusCode(reply.status());
    response.putHeader("Date", HTTP_DATE.format(market.get()));
    reply.headers().forEach(response::putHeader);
    response.putHeader("Content-Length", Integer.toString(reply.body().length));
    response.end(Buffer.buffer(reply.body()));
  }

  private void shakeHands(HttpServerRequest request) {
    String path = request.path() == null ? "/" : request.path();
    Face face = hearing(path);
    if (face == null) {
      write(request.response(), NOTHING_HERE);
      return;
    }
    face.greeting().forEach(request.response()::putHeader);
    request.toWebSocket().onSuccess(face::opened);
  }

  private @Nullable Face hearing(String path) {
    for (Part part : parts) {
      if (part.face().hears(path)) {
        return part.face();
      }
    }
    return null;
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the port did not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
