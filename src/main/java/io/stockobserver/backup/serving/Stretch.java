package io.stockobserver.backup.serving;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a file that somebody asked for (RFC 9110, section 14): one range of bytes. Several
 * at once, other units and what is no range are not understood, and the file is given whole.
 *
 * @param from the first byte, from 0
 * @param length how many
 */
record Stretch(long from, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /**
   * Reads a {@code Range} header.
   *
   * @param size of the file
   * @return empty for the whole file; a length of 0 when nothing of the file was asked for
   */
  static Optional<Stretch> read(String range, long size) {
    Matcher match = ONE.matcher(range);
    if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (match.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(match.group(2)));
      return Optional.of(new Stretch(size - last, last));
    }
    long from = Long.parseLong(match.group(1));
    long to = match.group(2).isEmpty() ? size - 1 : Long.parseLong(match.group(2));
    if (to < from && !match.group(2).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Stretch(from, Math.max(0, Math.min(to, size - 1) - from + 1)));
  }
}
