package io.stockobserver.playback;

import java.time.Duration;
import java.time.Instant;

/**
 * The market's instant against the system's. Immutable.
 *
 * @param market what was shown when the system's clock showed {@code system}
 * @param speed market seconds in one of the system's, above 0
 */
record Pace(Instant market, Instant system, double speed) {
  Pace {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("a speed is above 0: " + speed);
    }
  }

  /** What the market's clock shows now. */
  Instant market(Instant systemNow) {
    return market.plusNanos((long) (Duration.between(system, systemNow).toNanos() * speed));
  }

  /** How long from now until the market's clock shows {@code then}; negative when it is past. */
  long nanosUntil(Instant then, Instant systemNow) {
    return (long) (Duration.between(market(systemNow), then).toNanos() / speed);
  }
}
