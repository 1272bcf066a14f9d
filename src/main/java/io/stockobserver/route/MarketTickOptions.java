package io.stockobserver.route;

import io.stockobserver.track.TickGrid;
import java.time.Duration;
import java.time.Instant;

/**
 * How a grid of the market's clock ticks.
 *
 * @param grid the instants
 * @param late an instant that is later than this is not made up for
 * @param lead instants of so long before the start are ticked too, at the start
 */
record MarketTickOptions(TickGrid grid, Duration late, Duration lead) {
  /** Every whole multiple of a period. */
  static MarketTickOptions every(Duration every, Duration late, boolean atOnce) {
    if (every.toMillis() < 1) {
      throw new IllegalArgumentException("a tick every " + every + " is shorter than 1ms");
    }
    long millis = every.toMillis();
    return new MarketTickOptions(
        at -> Instant.ofEpochMilli((Math.floorDiv(at.toEpochMilli(), millis) + 1) * millis),
        late,
        atOnce ? every : Duration.ZERO);
  }
}
