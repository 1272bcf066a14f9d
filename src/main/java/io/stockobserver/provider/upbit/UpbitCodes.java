package io.stockobserver.provider.upbit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a market's code, {@code QUOTE-BASE}, into the one String of it, so that a
 * message costs none. Thread-safe: entries are immutable, and a race only makes a String twice.
 */
final class UpbitCodes {
  private static final int LONGEST = 32;
  private static final int SIZE = 1 << 12;

  private record Known(byte[] bytes, String code) {}

  private final @Nullable Known[] table = new Known[SIZE];

  /** The code in {@code b[from, to)}; null where it is none. */
  @Nullable String code(byte[] b, int from, int to) {
    if (to <= from) {
      return null;
    }
    int mixed = 0;
    for (int i = from; i < to; i++) {
      mixed = mixed * 31 + b[i];
    }
    int slot = (mixed * 0x9E3779B9) >>> 20;
    Known known = table[slot];
    if (known != null && Arrays.equals(b, from, to, known.bytes, 0, known.bytes.length)) {
      return known.code;
    }
    String code =
        new String(b, from, Math.min(to - from, LONGEST + 1), StandardCharsets.ISO_8859_1);
    // A depth that was asked for may come back behind the code (Upbit sheet 3.1, uncertain).
    int dot = code.lastIndexOf('.');
    if (dot > 0 && (code.length() - dot == 2 || code.length() - dot == 3)) {
      code = code.substring(0, dot);
    }
    if (!valid(code)) {
      return null;
    }
    table[slot] = new Known(Arrays.copyOfRange(b, from, to), code);
    return code;
  }

  /** Whether Upbit could have issued it: capitals and digits around one dash (Upbit sheet 1). */
  static boolean valid(String code) {
    int dash = code.indexOf('-');
    if (dash < 1 || dash == code.length() - 1 || code.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if (i != dash && (c < '0' || c > '9') && (c < 'A' || c > 'Z')) {
        return false;
      }
    }
    return true;
  }

  /** What a market is quoted in. */
  static String quote(String code) {
    return code.substring(0, code.indexOf('-'));
  }

  /** {@code code} itself. */
  static String require(String code) {
    if (!valid(code)) {
      throw new IllegalArgumentException("not a code of Upbit's: " + code);
    }
    return code;
  }
}
