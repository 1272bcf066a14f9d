package io.stockobserver.recorder;

import io.stockobserver.evidence.GapMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells of single symbols without a line at a sample instant: one that had left before the instant
 * came to be sampled, and those that wait, as soon as they do. Owned by the recorder's lock.
 */
final class Crossings {
  private static final String SCALP = "scalp";

  private final Journal journal;
  private final Map<String, Instant> left = new HashMap<>();
  private final Set<String> toldAwaiting = new HashSet<>();

  Crossings(Journal journal) {
    this.journal = journal;
  }

  /** What was told before is told again. */
  void newDay() {
    left.clear();
    toldAwaiting.clear();
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

  /** Tells of every symbol whose waiting is new, together for all that began to wait at once. */
  void tellAwaiting(Map<String, Instant> awaiting, Instant now) {
    toldAwaiting.retainAll(awaiting.keySet());
    Map<Instant, List<String>> fresh = new TreeMap<>();
    awaiting.forEach(
        (symbol, since) -> {
          if (toldAwaiting.add(symbol)) {
            fresh.computeIfAbsent(since, s -> new ArrayList<>()).add(symbol);
          }
        });
    fresh.forEach(
        (since, symbols) ->
            journal.event(GapMarker.began(now, since, SCALP, "awaiting_first_frame", symbols)));
  }
}
