package io.stockobserver.backup.drilling;

/**
 * What a drill found wrong.
 *
 * @param path of the file as it is stored, below the root
 * @param kind {@code missing}, {@code differs}, {@code unreadable} or {@code package}
 * @param line the first line that cannot be trusted, from 1; 0 where that is not known
 * @param at the byte of the stored file where the trouble begins; -1 where that is not known
 * @param what in words
 */
public record Damage(String path, String kind, long line, long at, String what) {

  /** As one line for a person. */
  public String words() {
    return path
        + (line > 0 ? ":" + line : "")
        + (at >= 0 ? " at byte " + at : "")
        + ": "
        + kind
        + ", "
        + what;
  }
}
