package io.stockobserver.backup.pulling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts line ends, eight bytes at a time. */
final class Newlines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ENDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;

  private Newlines() {}

  /** How many of the first {@code size} bytes end a line. */
  static int in(byte[] bytes, int size) {
    int count = 0;
    int i = 0;
    for (; i + Long.BYTES <= size; i += Long.BYTES) {
      long x = (long) LONG.get(bytes, i) ^ ENDS;
      // The high bit of every byte that is 0 now, and of no other.
      count += Long.bitCount(~(((x & LOW) + LOW) | x | LOW));
    }
    for (; i < size; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    return count;
  }
}
