package io.stockobserver.etl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that grow, and what PostgreSQL's binary COPY wants to find in them: each field with its
 * length before it, numbers with their highest byte first. Not thread-safe.
 */
final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long MILLIS_1970_TO_2000 = 946_684_800_000L;
  private static final int DAYS_1970_TO_2000 = 10_957;
  private static final int FOUR_DIGITS = 4;

  private byte[] all;
  private int size;

  Bytes(int expected) {
    all = new byte[expected];
  }

  byte[] array() {
    return all;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  private void room(int more) {
    if (size + more > all.length) {
      all = Arrays.copyOf(all, Math.max(all.length * 2, size + more));
    }
  }

  // ---- Text
  // --------------------------------------------------------------------------------------

  Bytes text(String text) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > 127) {
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        room(rest.length);
        System.arraycopy(rest, 0, all, size, rest.length);
        size += rest.length;
        return this;
      }
      all[size++] = (byte) c;
    }
    return this;
  }

  // ---- Fields of a row for COPY
  // ------------------------------------------------------------------

  /** What stands before the first row. */
  void head() {
    room(19);
    for (char c : "PGCOPY\n\u00ff\r\n\0".toCharArray()) {
      all[size++] = (byte) c;
    }
    int4(0);
    int4(0);
  }

  /** What stands behind the last row. */
  void tail() {
    int2(-1);
  }

  void row(int fields) {
    int2(fields);
  }

  void textField(String text) {
    int at = size;
    int4(0);
    text(text);
    INT.set(all, at, size - at - 4);
  }

  void intField(int value) {
    int4(4);
    int4(value);
  }

  void dateField(long epochDay) {
    int4(4);
    int4((int) (epochDay - DAYS_1970_TO_2000));
  }

  void instantField(long epochMillis) {
    int4(8);
    room(8);
    LONG.set(all, size, (epochMillis - MILLIS_1970_TO_2000) * 1000);
    size += 8;
  }

  /**
   * A NUMERIC: digits to the base of 10,000, counted from the point to both sides.
   *
   * @param plain as {@link Numeral} gives it: no exponent, no sign but minus
   */
  void figureField(@Nullable String plain) {
    if (plain == null) {
      int4(-1);
      return;
    }
    int begin = plain.charAt(0) == '-' ? 1 : 0;
    int dot = plain.indexOf('.');
    int whole = (dot < 0 ? plain.length() : dot) - begin;
    int behind = dot < 0 ? 0 : plain.length() - dot - 1;
    int groups = (whole + FOUR_DIGITS - 1) / FOUR_DIGITS;
    int count = groups + (behind + FOUR_DIGITS - 1) / FOUR_DIGITS;
    int4(8 + 2 * count);
    int2(count);
    int2(groups - 1);
    int2(begin == 1 ? 0x4000 : 0);
    int2(behind);
    for (int group = 0; group < count; group++) {
      // Places before the point are counted down to it; behind it a short group is filled up.
      int from = (group - groups) * FOUR_DIGITS;
      int value = 0;
      for (int place = from; place < from + FOUR_DIGITS; place++) {
        value = value * 10 + digit(plain, begin, whole, place);
      }
      int2(value);
    }
  }

  /** The digit so many places behind the point, negative before it; 0 where there is none. */
  private static int digit(String plain, int begin, int whole, int place) {
    int at = begin + whole + place + (place < 0 ? 0 : 1);
    return at < begin || at >= plain.length() ? 0 : plain.charAt(at) - '0';
  }

  private void int2(int value) {
    room(2);
    SHORT.set(all, size, (short) value);
    size += 2;
  }

  private void int4(int value) {
    room(4);
    INT.set(all, size, value);
    size += 4;
  }
}
