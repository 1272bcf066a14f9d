package io.stockobserver.route.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.route.meter.Meters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics} for Prometheus, written on a worker thread. */
public final class MetricsFace {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsFace.class);
  private static final String PATH = "/metrics";

  private final HttpFront front;
  private final Meters meters;

  private MetricsFace(HttpFront front, Meters meters) {
    this.front = front;
    this.meters = meters;
  }

  /** Begins to answer. */
  public static void mount(HttpFront front, Meters meters) {
    MetricsFace face = new MetricsFace(front, meters);
    front.router().get(PATH).handler(face::answer);
  }

  private void answer(RoutingContext context) {
    front
        .vertx()
        .executeBlocking(() -> front.shown(PATH, meters.page().getBytes(UTF_8)), false)
        .onSuccess(
            page ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, Meters.CONTENT_TYPE)
                    .end(Buffer.buffer(page)))
        .onFailure(
            failed -> {
              LOG.error("/metrics has failed", failed);
              context.response().setStatusCode(500).end();
            });
  }
}
