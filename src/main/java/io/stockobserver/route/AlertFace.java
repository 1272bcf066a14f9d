package io.stockobserver.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.evidence.Event;
import io.stockobserver.health.Alerts;
import io.stockobserver.health.HealthReport;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * What the route {@code report-alerts} calls: takes a look, dresses one message after the other for
 * its {@code http} step and takes the answer. The address is a secret: it is in a header only on
 * the way there, never in the endpoint that JMX shows. One route's thread.
 */
public final class AlertFace {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GOOD = 200;
  private static final int NOT_GOOD = 300;

  private final Alerts alerts;
  private final String url;
  private final Supplier<HealthReport> health;
  private final Predicate<String> open;
  private final BiConsumer<String, Event> events;
  private final InstantSource clock;
  private Alerts.@Nullable Message underWay;
  private boolean failing;

  /**
   * A channel.
   *
   * @param url empty for none: nobody is told
   * @param open whether a provider's market is open
   * @param events take a provider, empty for all, and what happened
   */
  public AlertFace(
      Alerts alerts,
      String url,
      Supplier<HealthReport> health,
      Predicate<String> open,
      BiConsumer<String, Event> events,
      InstantSource clock) {
    this.alerts = alerts;
    this.url = url;
    this.health = health;
    this.open = open;
    this.events = events;
    this.clock = clock;
  }

  /** Looks how everything is. */
  public void look() {
    if (!url.isEmpty()) {
      giveUp("no answer");
      alerts.weigh(health.get(), open);
    }
  }

  /** Whether there is something to send now. */
  public boolean more() {
    giveUp("no answer");
    return !url.isEmpty() && alerts.next(clock.instant()) != null;
  }

  /** Dresses the next message. */
  public void next(Exchange exchange) throws JsonProcessingException {
    Alerts.Message message = alerts.next(clock.instant());
    if (message == null) {
      throw new IllegalStateException("there is nothing to send; ask more first");
    }
    underWay = message;
    Message out = exchange.getMessage();
    out.removeHeaders("*");
    out.setHeader(Exchange.HTTP_URI, url);
    out.setHeader(Exchange.HTTP_METHOD, "POST");
    out.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
    out.setBody(
        JSON.writeValueAsString(Map.of("text", message.text())).getBytes(StandardCharsets.UTF_8));
  }

  /** Takes what came back. */
  public void take(Exchange exchange) {
    Message in = exchange.getMessage();
    int status = in.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class);
    in.removeHeaders("*");
    in.setBody(null);
    Alerts.Message message = underWay;
    if (message == null || status < GOOD || status >= NOT_GOOD) {
      giveUp("status " + status);
      return;
    }
    underWay = null;
    failing = false;
    alerts.delivered();
    events.accept(
        message.provider(),
        Event.of("alert_sent", clock.instant())
            .with("cause", message.cause())
            .with("text", message.text()));
  }

  /** What was handed out and did not come back has not arrived; it is told once. */
  private void giveUp(String why) {
    Alerts.Message message = underWay;
    underWay = null;
    if (message == null) {
      return;
    }
    alerts.failed(clock.instant());
    if (!failing) {
      failing = true;
      events.accept(
          message.provider(),
          Event.of("alert_failed", clock.instant())
              .with("cause", message.cause())
              .with("reason", why));
    }
  }
}
