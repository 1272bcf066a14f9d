package io.stockobserver.backup.drilling;

import io.stockobserver.archive.packages.PackageId;
import java.util.List;
import java.util.Optional;

/**
 * What bringing a day back did.
 *
 * @param written files that were put, below the archive's root
 * @param bytes of content in them
 * @param good how many files were there and are what the day had
 * @param aside damaged files that were moved aside, as {@code PATH -> PATH}
 * @param problems what could not be brought back, and why
 * @param stopped why the archive's disk took no more, in words for a person; empty when it did
 */
public record RestoreReport(
    PackageId id,
    List<String> written,
    long bytes,
    long good,
    List<String> aside,
    List<String> problems,
    Optional<String> stopped) {

  /** Copies the lists. */
  public RestoreReport {
    written = List.copyOf(written);
    aside = List.copyOf(aside);
    problems = List.copyOf(problems);
  }

  /** Whether the whole day is there now. */
  public boolean ok() {
    return problems.isEmpty() && stopped.isEmpty();
  }
}
