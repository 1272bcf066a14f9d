package io.stockobserver.route;

import java.time.Duration;

/**
 * How a grid of the market's clock ticks.
 *
 * @param every the period; instants are its whole multiples
 * @param late an instant that is later than this is not made up for
 * @param atOnce whether the last instant before the start is ticked too, at the start
 */
record MarketTickOptions(Duration every, Duration late, boolean atOnce) {
  MarketTickOptions {
    if (every.toMillis() < 1) {
      throw new IllegalArgumentException("a tick every " + every + " is shorter than 1ms");
    }
  }
}
