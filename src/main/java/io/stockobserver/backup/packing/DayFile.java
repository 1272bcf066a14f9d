package io.stockobserver.backup.packing;

import io.stockobserver.archive.ManifestEntry;
import java.util.Optional;

/**
 * One file of a day as the archive has it at this moment.
 *
 * @param path below the archive's root, uncompressed name
 * @param open whether lines may still come: then the content is a prefix, of whole lines and forced
 * @param bytes of content
 * @param lines of content
 * @param sha256 of the content, as the manifest says; empty where only reading it tells
 * @param stored the compressed file that the manifest names
 * @param content of a manifest, read already; empty for everything else
 */
@SuppressWarnings("ArrayRecordComponent") // a manifest is written, never compared
record DayFile(
    String path,
    boolean open,
    long bytes,
    long lines,
    String sha256,
    Optional<ManifestEntry.Stored> stored,
    byte[] content) {

  static DayFile sealed(ManifestEntry entry) {
    return new DayFile(
        entry.path(),
        false,
        entry.bytes(),
        entry.lines(),
        entry.sha256(),
        entry.stored(),
        new byte[0]);
  }

  static DayFile prefix(String path, long bytes, long lines, String sha256) {
    return new DayFile(path, true, bytes, lines, sha256, Optional.empty(), new byte[0]);
  }

  /** Whether it lies in a package as lines compressed with zstd. */
  boolean compressed() {
    return path.endsWith(".jsonl");
  }
}
