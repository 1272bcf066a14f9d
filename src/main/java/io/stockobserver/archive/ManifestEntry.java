package io.stockobserver.archive;

import java.time.Instant;
import java.util.Optional;

/**
 * What a manifest says about one file. Bytes, lines and checksum speak of the uncompressed content;
 * of an open file, of a prefix.
 *
 * @param path below the archive root, uncompressed name
 * @param sha256 zeros where what was written is not there any more: no content has it
 * @param first instant of the first line
 * @param last instant of the last line
 * @param firstSeq seq of the first line, 0 when this is no tape
 * @param lastSeq seq of the last line, 0 when this is no tape
 * @param recovered whether a crash had left it unsealed
 * @param damagedLines lines that are no JSON
 * @param stored the compressed file, when that is what lies on disk
 */
public record ManifestEntry(
    String path,
    State state,
    long bytes,
    long lines,
    String sha256,
    Instant first,
    Instant last,
    long firstSeq,
    long lastSeq,
    boolean recovered,
    long damagedLines,
    Optional<Stored> stored) {

  /** Whether lines may still come. */
  public enum State {
    OPEN,
    SEALED
  }

  /** The compressed file that holds the content. */
  public record Stored(String path, long bytes, String sha256) {}

  /** The same, with the checksum that sealing found. */
  ManifestEntry holding(String content) {
    return new ManifestEntry(
        path,
        state,
        bytes,
        lines,
        content,
        first,
        last,
        firstSeq,
        lastSeq,
        recovered,
        damagedLines,
        stored);
  }

  /** The same, in a compressed file. */
  ManifestEntry storedAs(Stored compressed) {
    return new ManifestEntry(
        path,
        state,
        bytes,
        lines,
        sha256,
        first,
        last,
        firstSeq,
        lastSeq,
        recovered,
        damagedLines,
        Optional.of(compressed));
  }

  /** Whether nothing comes to it any more. */
  public boolean isSealed() {
    return state == State.SEALED;
  }

  /** A small file that was written as a whole. */
  static ManifestEntry whole(String path, byte[] content, Instant at) {
    long lines = 0;
    for (byte b : content) {
      lines += b == '\n' ? 1 : 0;
    }
    return new ManifestEntry(
        path,
        State.SEALED,
        content.length,
        lines,
        Sha256.of(content),
        at,
        at,
        0,
        0,
        false,
        0,
        Optional.empty());
  }
}
