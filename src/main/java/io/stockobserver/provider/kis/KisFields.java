package io.stockobserver.provider.kis;

import io.stockobserver.market.Digits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the fields of one record after another, from left to right and once: what nobody asks
 * for is passed over eight bytes at a step, and a number is read so, in place of a loop over its
 * digits whose end no processor can foresee. Knows where fields end and nothing of what they mean.
 * Not thread-safe.
 */
final class KisFields {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long CARETS = 0x0101010101010101L * '^';
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  private static final long ZEROES = 0x0101010101010101L * '0';
  private static final long SIXES = 0x0101010101010101L * 6;
  private static final long HIGH_HALVES = 0xF0F0F0F0F0F0F0F0L;
  private static final long LOW_HALVES = 0x0F0F0F0F0F0F0F0FL;

  /** Two words of eight digits are what a long surely holds; a figure rarely needs the second. */
  private static final int MOST_WORDS = 2;

  private static final long[] TENS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private final byte[] b;

  /** Where the field {@link #index} begins; one behind the bytes when there is none left. */
  private int at;

  private int index;

  /** The field that was asked for last. */
  private int from;

  private int to;

  /** From the first record on, which begins at {@code from}. */
  KisFields(byte[] b, int from) {
    this.b = b;
    this.at = from;
  }

  /** How many fields there are in {@code [from, b.length)}. */
  static int count(byte[] b, int from) {
    int carets = 0;
    int i = from;
    for (; i <= b.length - Long.BYTES; i += Long.BYTES) {
      carets += Long.bitCount(carets((long) WORD.get(b, i)));
    }
    for (; i < b.length; i++) {
      carets += b[i] == '^' ? 1 : 0;
    }
    return carets + 1;
  }

  /** Where the record begins, or the next one after {@link #endRecord}. */
  int at() {
    return at;
  }

  /** Goes to a field of this record that has not been passed yet, and over it. */
  KisFields field(int wanted) {
    goTo(wanted);
    from = at;
    goTo(wanted + 1);
    to = at - 1;
    return this;
  }

  /** Where the field that was asked for last begins. */
  int from() {
    return from;
  }

  /** Where it ends. */
  int to() {
    return to;
  }

  String text() {
    return new String(b, from, to - from, StandardCharsets.UTF_8);
  }

  boolean is(char letter) {
    return to - from == 1 && b[from] == letter;
  }

  /**
   * The number in a field that has not been passed yet; null where it is empty.
   *
   * @throws NumberFormatException if there is anything else
   */
  @Nullable BigDecimal number(int wanted) {
    goTo(wanted);
    int begin = at;
    boolean negative = at < b.length && b[at] == '-';
    int first = negative ? at + 1 : at;
    at = first;
    long value = 0;
    for (int words = 0; words < MOST_WORDS && at <= b.length - Long.BYTES; words++) {
      long word = (long) WORD.get(b, at);
      long end = carets(word);
      // Eight where the field goes on behind this word.
      int here = Long.numberOfTrailingZeros(end) >>> 3;
      // In two steps each: a shift by a whole word would be none.
      int half = 4 * here;
      int rest = 32 - half;
      long digits = word << rest << rest | ZEROES >>> half >>> half;
      if (!areDigits(digits)) {
        break;
      }
      value = value * TENS[here] + value(digits);
      at += here;
      if (end != 0) {
        if (at == first && negative) {
          break;
        }
        at++;
        index++;
        return at == first + 1 ? null : BigDecimal.valueOf(negative ? -value : value);
      }
    }
    at = begin;
    return slowNumber(wanted);
  }

  /** A point, the last bytes of a frame: what is rare, and what is no number at all. */
  private @Nullable BigDecimal slowNumber(int wanted) {
    field(wanted);
    return Digits.decimal(b, from, to);
  }

  private static boolean areDigits(long word) {
    return (word & HIGH_HALVES) == ZEROES && (word + SIXES & HIGH_HALVES) == ZEROES;
  }

  /** Of eight digits, the first in the lowest byte: pairs, then fours, then all at once. */
  private static long value(long digits) {
    long pairs = (digits & LOW_HALVES) * (10 << 8 | 1) >>> 8;
    long fours = (pairs & 0x00FF00FF00FF00FFL) * (100 << 16 | 1) >>> 16;
    return (fours & 0x0000FFFF0000FFFFL) * (10_000L << 32 | 1) >>> 32;
  }

  /** Leaves a record of {@code width} fields; the next one begins here. */
  void endRecord(int width) {
    goTo(width);
    index = 0;
  }

  private void goTo(int wanted) {
    at = behind(wanted - index);
    index = wanted;
  }

  /** Where the field after so many separators begins. */
  private int behind(int separators) {
    int left = separators;
    int i = at;
    if (left == 0) {
      return i;
    }
    for (; i <= b.length - Long.BYTES; i += Long.BYTES) {
      long carets = carets((long) WORD.get(b, i));
      int here = Long.bitCount(carets);
      if (here >= left) {
        while (--left > 0) {
          carets &= carets - 1; // takes the lowest away
        }
        return i + (Long.numberOfTrailingZeros(carets) >>> 3) + 1;
      }
      left -= here;
    }
    for (; i < b.length; i++) {
      if (b[i] == '^' && --left == 0) {
        return i + 1;
      }
    }
    return b.length + 1;
  }

  /** The highest bit of every byte of the word that is a separator, and no other. */
  private static long carets(long word) {
    long zeroes = word ^ CARETS;
    return ~(((zeroes & LOW_BITS) + LOW_BITS) | zeroes | LOW_BITS);
  }
}
