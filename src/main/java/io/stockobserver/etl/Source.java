package io.stockobserver.etl;

import io.stockobserver.archive.Lane;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One file of a day as a manifest vouches for it.
 *
 * @param market null where a file is of all markets of its provider
 * @param lane null for the day's universe
 * @param path below the archive root, uncompressed name
 * @param bytes how many of the uncompressed content are vouched for, from its begin
 * @param sha256 of these
 * @param sealed false where more may follow
 */
record Source(
    String provider,
    @Nullable String market,
    LocalDate day,
    @Nullable Lane lane,
    String path,
    long bytes,
    long lines,
    String sha256,
    boolean sealed) {
  static final String UNIVERSE = "universe";

  boolean is(Lane other) {
    return lane == other;
  }

  /** The lane as the ledger names it. */
  String laneName() {
    return lane == null ? UNIVERSE : lane.folder();
  }
}
