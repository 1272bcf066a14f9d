package io.stockobserver.route;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code market-tick:name?every=500ms}: one exchange at every whole multiple of {@code every} on
 * the market's clock, with the nominal {@link java.time.Instant} as its body. Quartz knows only the
 * system's clock and no half seconds. Instants that passed while a tick was being worked on are not
 * made up for.
 */
public final class MarketTickComponent extends DefaultComponent {
  private final Clock clock;

  public MarketTickComponent(Clock clock) {
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    String every = getAndRemoveParameter(parameters, "every", String.class, "1s");
    return new MarketTickEndpoint(
        uri, this, remaining, io.stockobserver.market.Spans.parse(every), clock);
  }
}
