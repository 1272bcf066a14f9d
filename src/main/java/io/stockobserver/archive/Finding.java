package io.stockobserver.archive;

/**
 * One thing that a start found and what was done about it.
 *
 * @param kind one of {@code segment_recovered}, {@code torn_tail}, {@code damaged_lines}, {@code
 *     prefix_differs}, {@code manifest_damaged}, {@code interrupted_seal}, {@code unlisted_file},
 *     {@code missing_file}
 * @param path the file, below the archive root
 * @param keptLines whole lines kept
 * @param keptBytes bytes kept
 * @param asideBytes bytes set aside, 0 none
 * @param asideAt where they are, below the archive root; empty when none
 * @param detail in words
 */
public record Finding(
    String kind,
    String path,
    long keptLines,
    long keptBytes,
    long asideBytes,
    String asideAt,
    String detail) {

  static Finding of(String kind, String path, String detail) {
    return new Finding(kind, path, 0, 0, 0, "", detail);
  }
}
