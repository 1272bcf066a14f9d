package io.stockobserver.route.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.health.Check;
import io.stockobserver.health.Health;
import io.stockobserver.health.HealthReport;
import io.stockobserver.market.Stamp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health}, {@code /health/live} and {@code /health/ready}: 200, or 503 when something is
 * down; what is degraded still does its work and is 200. State is read on a worker thread. It
 * decides nothing.
 */
public final class HealthFace {
  private static final Logger LOG = LoggerFactory.getLogger(HealthFace.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Told(int status, Map<String, Object> body) {}

  private final HttpFront front;
  private final Supplier<HealthReport> health;
  private final BooleanSupplier ready;

  private HealthFace(HttpFront front, Supplier<HealthReport> health, BooleanSupplier ready) {
    this.front = front;
    this.health = health;
    this.ready = ready;
  }

  /**
   * Begins to answer.
   *
   * @param health asked on a worker thread
   * @param ready likewise
   */
  public static void mount(HttpFront front, Supplier<HealthReport> health, BooleanSupplier ready) {
    HealthFace face = new HealthFace(front, health, ready);
    front.router().get("/health").handler(context -> face.answer(context, face::health));
    // Nothing is looked at: that a worker answers is the answer.
    front
        .router()
        .get("/health/live")
        .handler(context -> face.answer(context, () -> new Told(200, Map.of("status", "UP"))));
    front.router().get("/health/ready").handler(context -> face.answer(context, face::ready));
  }

  private Told ready() {
    boolean is = ready.getAsBoolean();
    return new Told(is ? 200 : 503, Map.of("status", is ? "UP" : "DOWN"));
  }

  private Told health() {
    HealthReport report = health.get();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", word(report.health()));
    body.put("at", Stamp.of(report.at()));
    Map<String, String> venues = new LinkedHashMap<>();
    report.venues().forEach((provider, how) -> venues.put(provider, word(how)));
    body.put("venues", venues);
    List<Map<String, Object>> checks = report.lines().stream().map(HealthFace::line).toList();
    body.put("checks", checks);
    return new Told(report.health() == Health.DOWN ? 503 : 200, body);
  }

  private static Map<String, Object> line(HealthReport.Line line) {
    Check check = line.check();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", check.name());
    if (!check.provider().isEmpty()) {
      told.put("provider", check.provider());
    }
    told.put("status", word(check.health()));
    told.put("since", Stamp.of(line.since()));
    told.put("detail", check.detail());
    if (!check.remedy().isEmpty()) {
      told.put("remedy", check.remedy());
    }
    return told;
  }

  /** As probes know it. */
  private static String word(Health health) {
    return health == Health.HEALTHY ? "UP" : health.name();
  }

  private void answer(RoutingContext context, Callable<Told> asked) {
    front
        .vertx()
        .executeBlocking(asked, false)
        .onSuccess(told -> say(context, told))
        .onFailure(
            failed -> {
              LOG.error("{} has failed", context.normalizedPath(), failed);
              say(context, new Told(503, Map.of("status", "DOWN", "detail", "see the log")));
            });
  }

  private void say(RoutingContext context, Told told) {
    byte[] json;
    try {
      json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(told.body());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible); // texts and lists of them
    }
    context
        .response()
        .setStatusCode(told.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Buffer.buffer(front.shown(context.normalizedPath(), json)));
  }
}
