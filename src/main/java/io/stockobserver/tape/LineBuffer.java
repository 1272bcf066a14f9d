package io.stockobserver.tape;

import java.util.Arrays;

/**
 * Bytes of lines, growing as needed, to be used again after {@link #clear()}. Not thread-safe. Does
 * not know what a line is.
 */
public final class LineBuffer {
  private byte[] bytes;
  private int length;

  /** An empty buffer with room for {@code capacity} bytes. */
  public LineBuffer(int capacity) {
    bytes = new byte[Math.max(64, capacity)];
  }

  /** How many bytes are in it. */
  public int length() {
    return length;
  }

  /** Empties it; what it had room for it keeps. */
  public void clear() {
    length = 0;
  }

  /** Puts these bytes at the end. */
  public void put(byte[] source) {
    put(source, 0, source.length);
  }

  /** Puts {@code count} bytes of the source at the end. */
  public void put(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /** Puts one byte at the end. */
  public void put(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  /** A copy of what is in it. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Puts a number in decimal digits at the end. */
  void putNumber(long value) {
    if (value == Long.MIN_VALUE) {
      for (char c : Long.toString(value).toCharArray()) {
        put(c);
      }
      return;
    }
    room(20);
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }
    int end = length + digits(rest);
    int at = end;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    length = end;
  }

  /** Forgets everything from {@code to} on: for a message that turns out to be no text. */
  void rewind(int to) {
    length = to;
  }

  /** The array itself, valid until the next put: for those who write many bytes after a room(). */
  byte[] array() {
    return bytes;
  }

  void advance(int count) {
    length += count;
  }

  /** Makes room for {@code count} more bytes. */
  void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, grown(count)));
    }
  }

  private long grown(int count) {
    return Math.max(bytes.length * 2L, (long) length + count);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
