package io.stockobserver.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The bytes of a file from front to back, some of them in view; knows how far it is. */
final class StoredBytes implements Closeable {
  private final InputStream source;
  private final byte[] held = new byte[1 << 17];
  private int from;
  private int to;
  private long heldAt;

  StoredBytes(InputStream source) {
    this.source = source;
  }

  /** How many bytes were taken. */
  long at() {
    return heldAt + from;
  }

  /** Whether there are that many more; they are in view then. At most 64 KiB. */
  boolean hold(int count) throws IOException {
    if (to - from < count) {
      System.arraycopy(held, from, held, 0, to - from);
      heldAt += from;
      to -= from;
      from = 0;
    }
    while (to - from < count) {
      int n = source.read(held, to, held.length - to);
      if (n < 0) {
        return false;
      }
      to += n;
    }
    return true;
  }

  /** Takes bytes that are in view. */
  void take(int count) {
    from += count;
  }

  /** Takes as many bytes as there are, up to this many; says how many. */
  long skip(long count) throws IOException {
    long left = count;
    while (left > 0 && hold(1)) {
      int n = (int) Math.min(left, to - from);
      from += n;
      left -= n;
    }
    return count - left;
  }

  /** Takes some of the bytes that are to come. */
  int read(byte[] into, int most) throws IOException {
    if (!hold(1)) {
      return -1;
    }
    int n = Math.min(Math.min(most, into.length), to - from);
    System.arraycopy(held, from, into, 0, n);
    from += n;
    return n;
  }

  int u8(int index) {
    return held[from + index] & 0xFF;
  }

  int u16(int index) {
    return u8(index) | u8(index + 1) << 8;
  }

  long u32(int index) {
    return u16(index) | (long) u16(index + 2) << 16;
  }

  /** Feeds an inflater and takes what it has used; -1 when it is finished, -2 at the file's end. */
  int inflate(Inflater inflater, byte[] into) throws IOException, DataFormatException {
    while (true) {
      if (inflater.finished()) {
        return -1;
      }
      if (inflater.needsInput()) {
        if (!hold(1)) {
          return -2;
        }
        inflater.setInput(held, from, to - from);
      }
      int n;
      try {
        n = inflater.inflate(into);
      } finally {
        from = to - inflater.getRemaining();
      }
      if (inflater.needsDictionary()) {
        throw new DataFormatException("it wants a dictionary");
      }
      if (n > 0) {
        return n;
      }
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
