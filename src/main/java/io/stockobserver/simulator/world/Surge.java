package io.stockobserver.simulator.world;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A stretch of time in which one instrument trades many times as often as it would: for those who
 * want to see who notices.
 *
 * @param code whose trades
 * @param factor how many times as many orders, above 1
 */
public record Surge(String code, Instant from, Instant to, double factor) {
  /** Refuses what is no surge. */
  public Surge {
    if (!to.isAfter(from) || !(factor > 1)) {
      throw new IllegalArgumentException(
          "a surge of " + code + " from " + from + " to " + to + " by " + factor + " is none");
    }
  }

  boolean at(LocalDate session, long sessionMillis) {
    Moment begin = Moment.of(from);
    Moment end = Moment.of(to);
    return session.equals(begin.session())
        && sessionMillis >= begin.sessionMillis()
        && sessionMillis < end.sessionMillis();
  }
}
