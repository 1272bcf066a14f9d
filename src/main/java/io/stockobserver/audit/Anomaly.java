package io.stockobserver.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something about the day that a person should know; it changes no verdict.
 *
 * @param kind a word of docs/archive-format.md section 9
 * @param from where it begins; null for the day as a whole
 * @param what in words, with the figure and the threshold
 * @param evidence the first lines that it rests on, each {@code path:line}
 * @param evidenceLines how many there are in all
 */
public record Anomaly(
    String kind,
    @Nullable Instant from,
    @Nullable Instant until,
    String what,
    List<String> evidence,
    int evidenceLines) {
  /** How many references are kept. */
  static final int KEPT = 100;

  public Anomaly {
    evidence = List.copyOf(evidence);
  }

  static Anomaly of(
      String kind,
      @Nullable Instant from,
      @Nullable Instant until,
      String what,
      List<String> refs) {
    return new Anomaly(
        kind, from, until, what, refs.subList(0, Math.min(KEPT, refs.size())), refs.size());
  }
}
