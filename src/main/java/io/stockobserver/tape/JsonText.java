package io.stockobserver.tape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Puts bytes into a JSON string: checks that they are UTF-8 and escapes them in one pass, eight
 * plain ASCII bytes at a step. Strict as RFC 3629 is: no overlong forms, no surrogates, nothing
 * above U+10FFFF, because decoding must give back the identical bytes.
 */
final class JsonText {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A word, or what is left behind the last one, with a backslash before each byte. */
  private static final int STEP = 16;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private JsonText() {}

  /** Puts the text with its quotes; false, with the buffer as it was, when it is no UTF-8. */
  static boolean put(byte[] text, LineBuffer out) {
    int start = out.length();
    int length = text.length;
    out.put('"');
    int at = 0;
    while (at < length) {
      at = plain(text, at, out);
      if (at == length) {
        break;
      }
      int b = text[at];
      if (b >= 0) {
        escape(b, out);
        at++;
      } else {
        int width = sequence(text, at);
        if (width == 0) {
          out.rewind(start);
          return false;
        }
        out.put(text, at, width);
        at += width;
      }
    }
    out.put('"');
    return true;
  }

  /**
   * Puts what need not be looked at twice, quotes and backslashes included, of which JSON itself is
   * full; the first position whose byte needs it.
   */
  private static int plain(byte[] text, int from, LineBuffer out) {
    int at = from;
    int words = text.length - 7;
    out.room(STEP);
    byte[] to = out.array();
    int n = out.length();
    while (at < words) {
      if (to.length - n < 2 * STEP) { // room for this step and for what is left behind the last
        out.advance(n - out.length());
        out.room(2 * STEP);
        to = out.array();
      }
      long word = (long) WORD.get(text, at);
      long quote = word ^ (ONES * '"');
      long slash = word ^ (ONES * '\\');
      long low = ((word - ONES * ' ') | (quote - ONES) | (slash - ONES)) & ~word;
      long found = (low | word) & HIGHS;
      // All eight, whether or not they stay: what comes next is written over the rest.
      WORD.set(to, n, word);
      if (found == 0) {
        at += 8;
        n += 8;
        continue;
      }
      // A borrow can mark bytes behind the first hit, never one before it.
      int plain = Long.numberOfTrailingZeros(found) >>> 3;
      at += plain;
      n += plain;
      byte b = text[at];
      if (b != '"' && b != '\\') {
        out.advance(n - out.length());
        return at;
      }
      to[n++] = '\\';
      to[n++] = b;
      at++;
    }
    while (at < text.length && text[at] >= ' ') { // seven at most
      byte b = text[at++];
      if (b == '"' || b == '\\') {
        to[n++] = '\\';
      }
      to[n++] = b;
    }
    out.advance(n - out.length());
    return at;
  }

  private static void escape(int b, LineBuffer out) {
    out.room(6);
    out.put('\\');
    switch (b) {
      case '\n' -> out.put('n');
      case '\r' -> out.put('r');
      case '\t' -> out.put('t');
      default -> {
        out.put('u');
        out.put('0');
        out.put('0');
        out.put(HEX[b >> 4]);
        out.put(HEX[b & 15]);
      }
    }
  }

  /** How many bytes the multi-byte character at {@code at} has; 0 when it is none. */
  static int sequence(byte[] text, int at) {
    int first = text[at] & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + width > text.length) {
      return 0;
    }
    int second = text[at + 1] & 0xFF;
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < width; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return width;
  }
}
