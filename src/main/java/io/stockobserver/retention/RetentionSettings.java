package io.stockobserver.retention;

import java.time.LocalTime;

/**
 * How long raw files are kept (founding document, 2.8).
 *
 * @param at when the plan is carried out, in the market's time
 * @param keepDays how many days before today stay whole
 * @param keepAnomalyDays the same for a day that something marked
 * @param capDays from this age on a day that cannot be forgotten is an alarm, every day
 * @param diskPercent of the archive's disk; above it there is an alarm and nothing else
 */
public record RetentionSettings(
    LocalTime at, int keepDays, int keepAnomalyDays, int capDays, double diskPercent) {

  /** The founding document's figures. */
  public static final RetentionSettings DEFAULTS =
      new RetentionSettings(LocalTime.of(2, 0), 3, 7, 10, 80);

  /** Refuses figures that contradict each other. */
  public RetentionSettings {
    if (keepDays < 1 || keepAnomalyDays < keepDays || capDays < keepAnomalyDays) {
      throw new IllegalArgumentException(
          "retention.keep (%dd), retention.keep-anomaly (%dd) and retention.cap (%dd) must not get shorter"
              .formatted(keepDays, keepAnomalyDays, capDays));
    }
  }
}
