package io.stockobserver.route.http;

import io.stockobserver.backup.serving.Answered;
import io.stockobserver.backup.serving.Asked;
import io.stockobserver.backup.serving.BackupDesk;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /backup/*} over HTTP: carries questions to the {@link BackupDesk} on a worker thread and
 * its answers back, files without a copy of them in memory. It decides nothing.
 */
public final class BackupFace {
  private static final Logger LOG = LoggerFactory.getLogger(BackupFace.class);

  private final HttpFront front;
  private final BackupDesk desk;

  private BackupFace(HttpFront front, BackupDesk desk) {
    this.front = front;
    this.desk = desk;
  }

  /** Begins to answer. */
  public static void mount(HttpFront front, BackupDesk desk) {
    BackupFace face = new BackupFace(front, desk);
    front.router().route("/backup/*").handler(face::take);
  }

  private void take(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method().equals(HttpMethod.GET)) {
      ask(request, new byte[0]);
      return;
    }
    SmallBody.of(request, BackupDesk.LARGEST_RECEIPT, body -> ask(request, body));
  }

  private void ask(HttpServerRequest request, byte @Nullable [] body) {
    String path = request.path();
    Asked asked =
        new Asked(
            request.method().name(),
            path == null ? "" : path,
            request.query() != null,
            request.remoteAddress().hostAddress(),
            request.getHeader(HttpHeaders.AUTHORIZATION),
            request.getHeader("Range"),
            request.getHeader("If-Range"),
            body);
    front
        .vertx()
        .executeBlocking(() -> desk.answer(asked), false)
        .onSuccess(answered -> write(request.response(), answered))
        .onFailure(
            failed -> {
              LOG.error("/backup has failed", failed);
              request.response().setStatusCode(500).end();
            });
  }

  private static void write(HttpServerResponse response, Answered answered) {
    if (response.closed()) {
      return;
    }
    response.setStatusCode(answered.status());
    answered.headers().forEach(response::putHeader);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (answered instanceof Answered.Part part) {
      response
          .sendFile(part.file().toString(), part.from(), part.length())
          .onFailure(
              gone -> LOG.info("backup: {} was not taken whole: {}", part.file(), gone + ""));
    } else if (answered instanceof Answered.Text text) {
      response.end(Buffer.buffer(text.body()));
    }
  }
}
