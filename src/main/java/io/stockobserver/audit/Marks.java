package io.stockobserver.audit;

import java.util.List;

/**
 * What marks a day.
 *
 * @param anomalies by the list of docs/archive-format.md section 9
 * @param gaps every {@code gap_marker} of the day, one JSON object each, in the order of writing
 */
public record Marks(List<Anomaly> anomalies, List<String> gaps) {
  /** Copies the lists. */
  public Marks {
    anomalies = List.copyOf(anomalies);
    gaps = List.copyOf(gaps);
  }
}
