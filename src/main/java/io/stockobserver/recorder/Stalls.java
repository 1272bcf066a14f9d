package io.stockobserver.recorder;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices when the archive took nothing for a while, or took long over it, so that it can be told
 * on the tape once it takes again. Owned by the recorder's lock, except for {@link #trouble}.
 */
final class Stalls {
  /** Appends take a millisecond; after this long samples are being missed. */
  private static final Duration LONG = Duration.ofSeconds(1);

  private @Nullable Instant lastGood;
  private @Nullable String firstFailure;
  private int failures;
  private @Nullable Map<String, Object> over;
  private volatile @Nullable String trouble;

  /** Why nothing can be written right now; null when it can. Any thread. */
  @Nullable String trouble() {
    return trouble;
  }

  /** An append failed; true if it is the first of a stall. */
  boolean failed(String why) {
    trouble = why;
    if (firstFailure == null) {
      firstFailure = why;
    }
    return failures++ == 0;
  }

  /**
   * An append went well.
   *
   * @param began when it was tried first
   */
  void appended(Instant began, Instant now) {
    Instant since = lastGood == null || lastGood.isAfter(began) ? began : lastGood;
    boolean slow = Duration.between(began, now).compareTo(LONG) >= 0;
    if (failures > 0 || slow) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("from", failures > 0 ? since : began);
      told.put("to", now);
      told.put("failures", failures);
      if (firstFailure != null) {
        told.put("why", firstFailure);
      }
      over = told;
    }
    failures = 0;
    firstFailure = null;
    trouble = null;
    lastGood = now;
  }

  /** The note of a stall that is over and not told yet; asking clears it. */
  @Nullable Map<String, Object> takeOver() {
    Map<String, Object> told = over;
    over = null;
    return told;
  }
}
