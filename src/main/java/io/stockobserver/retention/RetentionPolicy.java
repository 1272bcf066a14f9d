package io.stockobserver.retention;

import io.stockobserver.retention.Verdict.Act;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a day is forgotten (docs/archive-format.md §11). Pure: it looks at facts, at nothing else.
 * Days are counted on the market's calendar, yesterday is 1 day old; the {@code keep} days before
 * today stay whole. What is not proven is never deleted, however old it is and however full the
 * disk.
 */
public final class RetentionPolicy {
  private final RetentionSettings settings;

  public RetentionPolicy(RetentionSettings settings) {
    this.settings = settings;
  }

  /**
   * Decides on one day.
   *
   * @param today the market's day
   * @param clock why the clock is not believed; empty when it is
   */
  public Verdict decide(DayFacts facts, LocalDate today, Optional<String> clock) {
    long age = age(facts, today);
    if (age <= 0) {
      return new Verdict(Act.KEEP, "today", "it has not ended");
    }
    if (!facts.begun()) {
      Optional<Verdict> kept = kept(facts, age, today);
      if (kept.isPresent()) {
        return kept.get();
      }
    }
    Optional<Obstacle> missing = missing(facts);
    if (missing.isPresent()) {
      Obstacle what = missing.get();
      Act act = age >= settings.capDays() ? Act.ALARM : Act.REFUSE;
      return new Verdict(act, what.reason(), what.detail());
    }
    if (clock.isPresent()) {
      return new Verdict(Act.REFUSE, "clock", clock.get());
    }
    return facts.begun()
        ? new Verdict(Act.DELETE, "begun", "told as deleted, and some of it is left")
        : new Verdict(Act.DELETE, "proven", "read back by " + facts.proving().orElseThrow().by());
  }

  /** Days since it, on the calendar. */
  static long age(DayFacts facts, LocalDate today) {
    return ChronoUnit.DAYS.between(facts.day(), today);
  }

  private Optional<Verdict> kept(DayFacts facts, long age, LocalDate today) {
    if (age <= settings.keepDays()) {
      return keep("young", "kept for %d days".formatted(settings.keepDays()));
    }
    if (!facts.anomalies().isEmpty() && age <= settings.keepAnomalyDays()) {
      return keep(
          "anomaly",
          "kept for %d days: %s"
              .formatted(settings.keepAnomalyDays(), String.join(", ", facts.anomalies())));
    }
    Optional<LocalDate> restored = facts.restored();
    if (restored.isPresent()
        && ChronoUnit.DAYS.between(restored.get(), today) <= settings.keepDays()) {
      return keep("restored", "brought back on " + restored.get());
    }
    return Optional.empty();
  }

  private static Optional<Verdict> keep(String reason, String detail) {
    return Optional.of(new Verdict(Act.KEEP, reason, detail));
  }

  /** The first thing that is missing on the way from an ended day to a proven one. */
  private static Optional<Obstacle> missing(DayFacts facts) {
    if (facts.proof().isEmpty()) {
      return facts
          .obstacle()
          .or(() -> obstacle("not_packaged", "no package; ./observer package makes one"));
    }
    if (!facts.complete()) {
      return obstacle(
          "not_complete",
          "package " + facts.proof().get() + " was made before the day had ended and was sealed");
    }
    if (facts.obstacle().isPresent()) {
      return facts.obstacle();
    }
    if (facts.proving().isPresent()) {
      return Optional.empty();
    }
    if (facts.withdrawn()) {
      return obstacle("withdrawn", "a backup found its copy damaged; pull and drill again");
    }
    if (!facts.pulled()) {
      return obstacle("not_pulled", "no backup has fetched " + facts.proof().get());
    }
    return obstacle(
        "not_drilled", "no backup has read all of " + facts.proof().get() + " back; drill it");
  }

  private static Optional<Obstacle> obstacle(String reason, String detail) {
    return Optional.of(new Obstacle(reason, detail));
  }
}
