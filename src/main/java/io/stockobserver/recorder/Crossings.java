package io.stockobserver.recorder;

import io.stockobserver.evidence.GapMarker;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of single symbols without a line at a sample instant because they had left before the
 * instant came to be sampled. Owned by the recorder's lock.
 */
final class Crossings {
  private static final String SCALP = "scalp";

  private final Journal journal;
  private final Map<String, Instant> left = new HashMap<>();

  Crossings(Journal journal) {
    this.journal = journal;
  }

  void newDay() {
    left.clear();
  }

  /** Its place is given up; an instant that was due before may come to be sampled only now. */
  void left(String symbol, Instant at) {
    left.put(symbol, at);
  }

  /** A sample is taken: whoever left between its instant and now has no line at it. */
  void sampled(Instant grid, Instant now) {
    left.forEach(
        (symbol, at) -> {
          if (grid.isBefore(at)) {
            journal.gap(
                new GapMarker(
                    grid, at, SCALP, SampleWatch.OVERLOAD, "late-sample", List.of(symbol)),
                now);
          }
        });
    left.clear();
  }
}
