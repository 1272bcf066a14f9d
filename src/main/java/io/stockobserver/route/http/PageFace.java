package io.stockobserver.route.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page at {@code /} and what it reads: {@code /api/state}, {@code /api/day}, {@code
 * /api/events}. GET only; it changes nothing and decides nothing.
 */
public final class PageFace {
  private static final Logger LOG = LoggerFactory.getLogger(PageFace.class);
  private static final long BEAT_MILLIS = 1000;
  private static final String JSON = "application/json";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Map<String, PageFile> FILES =
      Map.of(
          "/", PageFile.read("page.html", "text/html; charset=utf-8"),
          "/page.css", PageFile.read("page.css", "text/css; charset=utf-8"),
          "/page.js", PageFile.read("page.js", "text/javascript; charset=utf-8"),
          "/words.js", PageFile.read("words.js", "text/javascript; charset=utf-8"),
          "/icon.svg", PageFile.read("icon.svg", "image/svg+xml"));

  private final HttpFront front;
  private final Page page;

  private PageFace(HttpFront front, Page page) {
    this.front = front;
    this.page = page;
  }

  /**
   * Begins to answer, and to look once a second.
   *
   * @return lets everybody go who looks on
   */
  public static Runnable mount(HttpFront front, Page page) {
    return mount(front, page, EventStreams.MOST, BEAT_MILLIS);
  }

  static Runnable mount(HttpFront front, Page page, int mostStreams, long beatMillis) {
    PageFace face = new PageFace(front, page);
    FILES.forEach(
        (path, file) -> {
          front.router().get(path).handler(file::answer);
          front.router().head(path).handler(file::answer);
        });
    EventStreams streams = new EventStreams(front, page, mostStreams);
    front.router().get("/api/state").handler(context -> face.say(context, page::state));
    front.router().get("/api/day/:provider").handler(face::day);
    front
        .router()
        .get(EventStreams.PATH)
        .handler(
            context -> {
              guarded(context.response());
              streams.take(context);
            });
    front.vertx().runOnContext(now -> streams.start(beatMillis));
    return () -> front.vertx().runOnContext(now -> streams.letGo());
  }

  private void day(RoutingContext context) {
    String provider = String.valueOf(context.pathParam("provider"));
    say(context, () -> page.day(provider));
  }

  private void say(RoutingContext context, Callable<byte @Nullable []> told) {
    HttpServerResponse response = guarded(context.response());
    front
        .vertx()
        .executeBlocking(() -> shown(context, told.call()), false)
        .onSuccess(json -> end(response, json))
        .onFailure(
            failed -> {
              LOG.error("{} has failed", context.normalizedPath(), failed);
              response.setStatusCode(500).end();
            });
  }

  private byte @Nullable [] shown(RoutingContext context, byte @Nullable [] json) {
    return json == null ? null : front.shown(context.normalizedPath(), json);
  }

  private static void end(HttpServerResponse response, byte @Nullable [] json) {
    if (response.closed()) {
      return;
    }
    if (json == null) {
      response.setStatusCode(404).end();
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Buffer.buffer(json));
  }

  /** Nothing that is not ours may run in it, frame it or see where it leads. */
  static HttpServerResponse guarded(HttpServerResponse response) {
    return response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }
}
