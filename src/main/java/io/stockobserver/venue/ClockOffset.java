package io.stockobserver.venue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * How far a venue's clock is ahead of ours, by the {@code Date} of its answers: whole seconds, so
 * good to about one. Thread-safe.
 */
public final class ClockOffset {
  private volatile @Nullable Duration latest;

  /** Takes note of an answer that arrived at {@code heardAt}; one without a Date tells nothing. */
  public void heard(Answer answer, Instant heardAt) {
    String date = answer.header("date");
    if (!date.isEmpty()) {
      try {
        Instant theirs =
            ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        // The header drops the fraction: on average half a second is missing.
        latest = Duration.between(heardAt, theirs.plusMillis(500));
      } catch (DateTimeParseException e) {
        // A venue that writes nonsense there still answered.
      }
    }
  }

  /** The last offset; null before the first answer. */
  public @Nullable Duration latest() {
    return latest;
  }
}
