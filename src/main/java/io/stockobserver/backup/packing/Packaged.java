package io.stockobserver.backup.packing;

import io.stockobserver.archive.packages.PackageId;
import java.util.List;

/**
 * What came of it.
 *
 * @param made whether this version is new; false when nothing had changed since it was made
 * @param open why the day is not complete yet; none when it is
 * @param files in the package
 * @param bytes of content
 * @param storedBytes as they lie there
 * @param linkedBytes of those, what takes no room of its own
 * @param anomalies what marks the day, by kind
 * @param sha256 of its {@code package.json}
 */
public record Packaged(
    PackageId id,
    boolean made,
    List<String> open,
    long files,
    long bytes,
    long storedBytes,
    long linkedBytes,
    List<String> anomalies,
    String sha256) {
  /** Copies the lists. */
  public Packaged {
    open = List.copyOf(open);
    anomalies = List.copyOf(anomalies);
  }

  /** Whether the day had ended and all of it was sealed. */
  public boolean complete() {
    return open.isEmpty();
  }
}
