package io.stockobserver.archive;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A file being written, for the status line.
 *
 * @param path below the archive root
 * @param bytes written so far
 * @param lines written so far
 * @param unforcedBytes of these, what a power cut would cost now
 * @param waitingLines staged and not written yet
 */
public record OpenFile(
    Lane lane, String path, long bytes, long lines, long unforcedBytes, long waitingLines) {

  /** The day that it belongs to. */
  public Optional<LocalDate> day() {
    return Places.dayIn(path);
  }
}
