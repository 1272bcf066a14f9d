package io.stockobserver.market;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads decimals straight from a venue's bytes. Digits as sent: 100.50 keeps its scale. */
public final class Digits {
  /** Longer than any price or value: what is longer is no number but noise. */
  private static final int LONGEST = 64;

  /** As many digits as a long surely holds. */
  private static final int FAST = 18;

  /** As many digits as the exponent of a figure has. */
  private static final int USUAL_EXPONENT = 2;

  private static final int NO_EXPONENT = 1 << 20;

  private Digits() {}

  /**
   * The number in {@code b[from, to)}. Blanks around it, leading zeros, one sign and an exponent
   * are accepted; an exponent that would need more than 64 places is not.
   *
   * @return null where there is nothing but blanks
   * @throws NumberFormatException if there is anything else
   */
  public static @Nullable BigDecimal decimal(byte[] b, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && b[start] == ' ') {
      start++;
    }
    while (end > start && b[end - 1] == ' ') {
      end--;
    }
    if (start == end) {
      return null;
    }
    boolean negative = b[start] == '-';
    int i = negative || b[start] == '+' ? start + 1 : start;
    if (end - i > FAST) {
      return slow(b, start, end);
    }
    long value = 0;
    int digits = 0;
    int beforePoint = -1;
    for (; i < end; i++) {
      int digit = b[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
      } else if (b[i] == '.' && beforePoint < 0) {
        beforePoint = digits;
      } else {
        break;
      }
    }
    int exponent = i == end ? 0 : exponent(b, i, end);
    int scale = (beforePoint < 0 ? 0 : digits - beforePoint) - exponent;
    if (digits == 0 || Math.abs((long) scale) > LONGEST) {
      return slow(b, start, end);
    }
    return BigDecimal.valueOf(negative ? -value : value, scale);
  }

  /** What {@code E-4} or {@code e12} in {@code b[from, to)} says; other forms are read slowly. */
  private static int exponent(byte[] b, int from, int to) {
    if (b[from] != 'E' && b[from] != 'e') {
      return NO_EXPONENT;
    }
    boolean negative = from + 1 < to && b[from + 1] == '-';
    int first = negative ? from + 2 : from + 1;
    int exponent = 0;
    for (int i = first; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return NO_EXPONENT;
      }
      exponent = exponent * 10 + digit;
    }
    boolean usual = to > first && to - first <= USUAL_EXPONENT;
    return !usual ? NO_EXPONENT : negative ? -exponent : exponent;
  }

  /** The number in {@code text}, by the same rules. */
  public static @Nullable BigDecimal decimal(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return decimal(b, 0, b.length);
  }

  private static BigDecimal slow(byte[] b, int start, int end) {
    int length = Math.min(end - start, LONGEST);
    // Latin-1, because BigDecimal would take the digits of other scripts for digits.
    String text = new String(b, start, length, StandardCharsets.ISO_8859_1);
    if (end - start > LONGEST) {
      throw new NumberFormatException("too long for a number: " + text);
    }
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      NumberFormatException named = new NumberFormatException("not a number: " + text);
      named.initCause(e);
      throw named;
    }
    // 1E999999999 is a number, but writing it out would fill the memory.
    if (Math.abs((long) number.scale()) > LONGEST) {
      throw new NumberFormatException("too many places: " + text);
    }
    return number;
  }
}
