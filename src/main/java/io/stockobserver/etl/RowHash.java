package io.stockobserver.etl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's {@code hash_record_extended(row, 0)}, reckoned from what a line says and not from
 * what was sent, so that a figure that was sent wrongly is another hash. Bob Jenkins' lookup3, of
 * little-endian servers. It finds accidents; against forgers there are the seals. Not thread-safe.
 */
final class RowHash {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int START = 0x9e3779b9 + 3_923_095;
  private static final int BLOCK = 12;
  private static final long DAYS_1970_TO_2000 = 10_957;
  private static final long MILLIS_1970_TO_2000 = DAYS_1970_TO_2000 * 86_400_000L;

  /** Decimals of a digit of NUMERIC. */
  private static final int FOUR = 4;

  /** What is hashed, and zeros behind it up to a whole block. */
  private byte[] bytes = new byte[1 << 8];

  private long hash;

  /** Forgets the row before. */
  RowHash row() {
    hash = 0;
    return this;
  }

  long end() {
    return hash;
  }

  private void field(long element) {
    hash = hash * 31 + element;
  }

  RowHash text(String text) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > 127) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        room(all.length);
        System.arraycopy(all, 0, bytes, 0, all.length);
        field(ofBytes(all.length));
        return this;
      }
      bytes[i] = (byte) c;
    }
    field(ofBytes(length));
    return this;
  }

  RowHash number(int value) {
    field(ofInt(value));
    return this;
  }

  RowHash date(long epochDay) {
    return number((int) (epochDay - DAYS_1970_TO_2000));
  }

  /** TIMESTAMPTZ: microseconds since 2000, both halves of which are folded into one. */
  RowHash instant(long epochMillis) {
    long micros = (epochMillis - MILLIS_1970_TO_2000) * 1000;
    int high = (int) (micros >> 32);
    field(ofInt((int) micros ^ (micros >= 0 ? high : ~high)));
    return this;
  }

  /**
   * NUMERIC: its digits to the base of 10,000 without zeros at either end, and where the point is.
   * The sign is no part of it.
   *
   * @param plain as {@link Numeral} gives it; null for no value
   */
  RowHash figure(@Nullable String plain) {
    field(plain == null ? 0 : ofFigure(plain));
    return this;
  }

  /** Whether a figure is below zero, which its own hash does not tell. */
  RowHash sign(@Nullable String plain) {
    field(plain == null ? 0 : ofInt(plain.charAt(0) == '-' ? 1 : 0));
    return this;
  }

  private long ofFigure(String plain) {
    int first = plain.charAt(0) == '-' ? 1 : 0;
    int dot = plain.indexOf('.');
    int point = dot < 0 ? plain.length() : dot;
    int whole = (point - first + FOUR - 1) / FOUR;
    room(2 * (whole + plain.length()));
    int weight = 0;
    int size = 0;
    int last = 0;
    for (int digit = 0; ; digit++) {
      int from = point + (digit - whole) * FOUR + (digit < whole ? 0 : 1);
      if (from >= plain.length()) {
        return last == 0 ? -1 : ofBytes(last) ^ weight;
      }
      int value = fourDecimals(plain, Math.max(from, first), from + FOUR);
      if (size == 0 && value == 0) {
        continue;
      }
      if (size == 0) {
        weight = whole - 1 - digit;
      }
      bytes[size++] = (byte) value;
      bytes[size++] = (byte) (value >> 8);
      last = value == 0 ? last : size;
    }
  }

  private static int fourDecimals(String plain, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + (i < plain.length() ? plain.charAt(i) - '0' : 0);
    }
    return value;
  }

  private void room(int length) {
    if (length + BLOCK > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (length + BLOCK));
    }
  }

  /** hash_bytes_extended with a seed of 0. */
  private long ofBytes(int length) {
    Arrays.fill(bytes, length, length + BLOCK, (byte) 0);
    int a = START + length;
    int b = a;
    int c = a;
    int at = 0;
    for (; length - at >= BLOCK; at += BLOCK) {
      a += word(at);
      b += word(at + 4);
      c += word(at + 8);
      a -= c;
      a ^= Integer.rotateLeft(c, 4);
      c += b;
      b -= a;
      b ^= Integer.rotateLeft(a, 6);
      a += c;
      c -= b;
      c ^= Integer.rotateLeft(b, 8);
      b += a;
      a -= c;
      a ^= Integer.rotateLeft(c, 16);
      c += b;
      b -= a;
      b ^= Integer.rotateLeft(a, 19);
      a += c;
      c -= b;
      c ^= Integer.rotateLeft(b, 4);
      b += a;
    }
    // The lowest byte of c is the length's.
    return last(a + word(at), b + word(at + 4), c + (word(at + 8) << 8));
  }

  private int word(int at) {
    return (int) INT.get(bytes, at);
  }

  /** hash_bytes_uint32_extended with a seed of 0. */
  private static long ofInt(int value) {
    int start = START + 4;
    return last(start + value, start, start);
  }

  private static long last(int first, int second, int third) {
    int a = first;
    int b = second;
    int c = third;
    c ^= b;
    c -= Integer.rotateLeft(b, 14);
    a ^= c;
    a -= Integer.rotateLeft(c, 11);
    b ^= a;
    b -= Integer.rotateLeft(a, 25);
    c ^= b;
    c -= Integer.rotateLeft(b, 16);
    a ^= c;
    a -= Integer.rotateLeft(c, 4);
    b ^= a;
    b -= Integer.rotateLeft(a, 14);
    c ^= b;
    c -= Integer.rotateLeft(b, 24);
    return (long) b << 32 | c & 0xffff_ffffL;
  }
}
