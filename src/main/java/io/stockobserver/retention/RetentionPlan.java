package io.stockobserver.retention;

import java.time.LocalDate;
import java.util.List;

/**
 * What is to become of every day of which a provider has raw files, oldest first.
 *
 * @param today the market's day
 */
public record RetentionPlan(String provider, LocalDate today, List<Planned> days) {
  /** Copies the list. */
  public RetentionPlan {
    days = List.copyOf(days);
  }

  /**
   * One day.
   *
   * @param ageDays days since it, on the market's calendar
   */
  public record Planned(DayFacts facts, long ageDays, Verdict verdict) {}
}
