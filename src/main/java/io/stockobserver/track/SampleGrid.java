package io.stockobserver.track;

import io.stockobserver.market.TradingDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * When the slots are sampled: every {@code every} of local midnight at mitigation level 0, every
 * second of these instants at level 1, every fourth at level 2. Pure.
 */
public record SampleGrid(Duration every) {
  /** Refuses what is shorter than a millisecond. */
  public SampleGrid {
    if (every.toMillis() < 1) {
      throw new IllegalArgumentException("a sample every " + every + " is shorter than 1ms");
    }
  }

  /** How far two samples are apart at this level. */
  public Duration every(int level) {
    return every.multipliedBy(1L << level);
  }

  /**
   * Whether an instant of the base grid is one of this level's too. It is counted and not divided:
   * where {@code every} does not divide a day, a tick may stand beside local midnight's grid.
   */
  public boolean has(Instant tick, TradingDay day, int level) {
    return index(tick, day, every) % (1L << level) == 0;
  }

  /** The first instant after this one at level 0; every day begins anew at local midnight. */
  public Instant after(Instant at, ZoneId zone) {
    LocalDate date = at.atZone(zone).toLocalDate();
    Instant midnight = date.atStartOfDay(zone).toInstant();
    Instant next = date.plusDays(1).atStartOfDay(zone).toInstant();
    long passed = Duration.between(midnight, at).toNanos() / every.toNanos();
    Instant after = midnight.plus(every.multipliedBy(passed + 1));
    return after.isAfter(next) ? next : after;
  }

  /** How many of this level's instants lie in {@code [from, to)}. */
  public long count(Instant from, Instant to, TradingDay day, int level) {
    if (!from.isBefore(to)) {
      return 0;
    }
    Duration step = every(level);
    return index(to.minusNanos(1), day, step) - index(from.minusNanos(1), day, step);
  }

  /** Whether an instant of this step lies between the two, neither of them included. */
  public boolean passes(Instant from, Instant to, TradingDay day, Duration step) {
    return from.isBefore(to) && index(to.minusNanos(1), day, step) > index(from, day, step);
  }

  private static long index(Instant at, TradingDay day, Duration every) {
    Instant midnight = day.date().atStartOfDay(day.zone()).toInstant();
    return Math.floorDiv(Duration.between(midnight, at).toNanos(), every.toNanos());
  }
}
