package io.stockobserver.backup.packing;

import io.stockobserver.archive.packages.PackageManifest.Anomaly;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/**
 * What was found out about a day.
 *
 * @param anomalies what marks it
 * @param gaps its {@code gap_marker}s, one JSON object each
 */
public record Verdict(List<Anomaly> anomalies, List<String> gaps) {
  /** Copies the lists. */
  public Verdict {
    anomalies = List.copyOf(anomalies);
    gaps = List.copyOf(gaps);
  }

  /** Finds it out; the audit does, which is a stranger here. */
  @FunctionalInterface
  public interface Source {
    /**
     * Of one day.
     *
     * @throws IOException when a file of the day cannot be read
     */
    Verdict of(LocalDate day) throws IOException;
  }
}
