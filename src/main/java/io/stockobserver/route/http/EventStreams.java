package io.stockobserver.route.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /api/events}: one stream of server-sent events for each who looks on, all with the same
 * bytes. Who cannot take them misses some, and is let go after a while; what waits for anybody is
 * bounded. Only on the port's own event loop.
 */
final class EventStreams {
  static final String PATH = "/api/events";

  /** More at once are refused. */
  static final int MOST = 500;

  /** Who has taken nothing for so many beats is let go. */
  static final int PATIENCE_BEATS = 15;

  private static final int WAITING_BYTES = 32 << 10;
  private static final String RETRY_SECONDS = "30";

  private static final class Stream {
    private int full;
  }

  private final HttpFront front;
  private final Page page;
  private final int most;
  private final Map<HttpServerResponse, Stream> open = new LinkedHashMap<>();
  private int begun;
  private boolean busy;

  EventStreams(HttpFront front, Page page, int most) {
    this.front = front;
    this.page = page;
    this.most = most;
  }

  /** Begins to beat. */
  void start(long beatMillis) {
    front.vertx().setPeriodic(beatMillis, timer -> beat());
  }

  private void beat() {
    if (busy) {
      return; // the last beat still waits for a disk
    }
    busy = true;
    front
        .vertx()
        .executeBlocking(() -> front.shown(PATH, page.next()), false)
        .onComplete(
            told -> {
              busy = false;
              send(told.succeeded() ? Buffer.buffer(told.result()) : Buffer.buffer(": \n\n"));
            });
  }

  private void send(Buffer news) {
    Iterator<Map.Entry<HttpServerResponse, Stream>> all = open.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<HttpServerResponse, Stream> one = all.next();
      HttpServerResponse response = one.getKey();
      if (response.closed() || response.ended()) {
        all.remove();
      } else if (!response.writeQueueFull()) {
        one.getValue().full = 0;
        response.write(news);
      } else if (++one.getValue().full > PATIENCE_BEATS) {
        all.remove();
        response.reset();
      }
    }
  }

  /** Lets everybody go: who may look on has to say again who he is. */
  void letGo() {
    open.keySet().forEach(HttpServerResponse::reset);
    open.clear();
  }

  /** Takes one more, or says that there are too many. */
  void take(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (open.size() + begun >= most) {
      response
          .setStatusCode(503)
          .putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
          .end("too many look on; try again later\n");
      return;
    }
    begun++;
    front
        .vertx()
        .executeBlocking(() -> front.shown(PATH, page.first()), false)
        .onComplete(
            told -> {
              begun--;
              if (response.closed()) {
                return;
              }
              if (told.failed()) {
                response.setStatusCode(500).end();
                return;
              }
              response
                  .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                  .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                  .putHeader("X-Accel-Buffering", "no")
                  .setChunked(true)
                  .setWriteQueueMaxSize(WAITING_BYTES);
              context.addEndHandler(gone -> open.remove(response));
              open.put(response, new Stream());
              response.write(Buffer.buffer(told.result()));
            });
  }
}
