package io.stockobserver.route;

import io.stockobserver.market.Spans;
import io.stockobserver.track.TickGrid;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code market-tick:name?every=500ms}: one exchange at every whole multiple of {@code every} on
 * the market's clock, with the nominal {@link java.time.Instant} as its body. An instant later than
 * {@code late} (one period) is not made up for; {@code atOnce=true} ticks at the start too. {@code
 * grid=#bean} ticks by a {@link TickGrid} instead, which may answer otherwise at any time. It goes
 * on at once when the clock is set: after a step back by more than a period, instants come again. A
 * timer of Java's or Quartz's would wait until the clock shows again what it showed before.
 */
public final class MarketTickComponent extends DefaultComponent {
  private final Clock clock;

  public MarketTickComponent(Clock clock) {
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    String every = getAndRemoveParameter(parameters, "every", String.class, "1s");
    String late = getAndRemoveParameter(parameters, "late", String.class, every);
    boolean atOnce = getAndRemoveParameter(parameters, "atOnce", Boolean.class, false);
    TickGrid grid = resolveAndRemoveReferenceParameter(parameters, "grid", TickGrid.class);
    MarketTickOptions options =
        grid == null
            ? MarketTickOptions.every(Spans.parse(every), Spans.parse(late), atOnce)
            : new MarketTickOptions(grid, Spans.parse(late), Duration.ZERO);
    return new MarketTickEndpoint(uri, this, remaining, options, clock);
  }
}
