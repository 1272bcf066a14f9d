package io.stockobserver.provider.kis;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a short code into the one String of it, so that a trade costs none. Codes are
 * opaque: capital letters and digits, never a number (KIS sheet 7.4). Thread-safe: entries are
 * immutable, and a race only makes a String twice.
 */
final class KisSymbols {
  private static final int LONGEST = 16;
  private static final int PACKED = 7;
  private static final int SIZE = 1 << 13;

  private record Known(long packed, String symbol) {}

  private final @Nullable Known[] table = new Known[SIZE];

  /** The symbol in {@code b[from, to)}, padding taken off; null where it is none. */
  @Nullable String symbol(byte[] b, int from, int to) {
    int start = from;
    int end = to;
    while (end > start && b[end - 1] == ' ') {
      end--;
    }
    while (start < end && b[start] == ' ') {
      start++;
    }
    if (end - start > PACKED) {
      return spell(b, start, end);
    }
    // Begins with a one, so that a leading zero byte is not the same as none.
    long packed = 1;
    for (int i = start; i < end; i++) {
      packed = (packed << 8) | (b[i] & 0xff);
    }
    int slot = (int) ((packed * 0x9E3779B97F4A7C15L) >>> 51);
    Known known = table[slot];
    if (known != null && known.packed == packed) {
      return known.symbol;
    }
    String symbol = spell(b, start, end);
    if (symbol != null) {
      table[slot] = new Known(packed, symbol);
    }
    return symbol;
  }

  /** Whether this is a code that KIS could have issued. */
  static boolean valid(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'A' || c > 'Z')) {
        return false;
      }
    }
    return true;
  }

  /** {@code text} itself. */
  static String require(String text) {
    if (!valid(text)) {
      throw new IllegalArgumentException("not a KIS code: " + text);
    }
    return text;
  }

  private static @Nullable String spell(byte[] b, int start, int end) {
    if (end - start > LONGEST) {
      return null;
    }
    String text = new String(b, start, end - start, StandardCharsets.ISO_8859_1);
    return valid(text) ? text : null;
  }
}
