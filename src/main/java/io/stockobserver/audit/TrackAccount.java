package io.stockobserver.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a track owed on a day and what became of it.
 *
 * @param track {@code scalp} or {@code swing}
 * @param windowSeconds how long the whole window is
 * @param expectedUntil until when it was accounted for
 * @param seconds the track's: a second is as bad as the worst of its symbols
 * @param symbolSeconds every symbol's
 * @param explainedBy the track's explained seconds by reason
 * @param columns minutes, or the sweeps and what they stand for
 * @param whole the track's own columns
 * @param rows each symbol's columns
 */
public record TrackAccount(
    String track,
    Instant windowFrom,
    Instant windowUntil,
    long windowSeconds,
    Instant expectedFrom,
    Instant expectedUntil,
    Tally seconds,
    Tally symbolSeconds,
    SortedMap<String, Long> explainedBy,
    List<Unexplained> unexplained,
    List<Column> columns,
    Row whole,
    SortedMap<String, Row> rows) {

  /** A minute or a sweep. */
  public record Column(Instant from, Instant until) {}

  public TrackAccount {
    explainedBy = Collections.unmodifiableSortedMap(new TreeMap<>(explainedBy));
    unexplained = List.copyOf(unexplained);
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
  }

  /** The share of the whole window that was recorded, 0 to 1. */
  public double windowCoverage() {
    return windowSeconds == 0 ? 1 : (double) seconds.recorded() / windowSeconds;
  }
}
