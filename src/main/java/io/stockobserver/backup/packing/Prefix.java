package io.stockobserver.backup.packing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** The first bytes of a stream; each piece is told as it is read. */
public final class Prefix extends FilterInputStream {
  private final LongConsumer progress;
  private long left;

  public Prefix(InputStream in, long bytes, LongConsumer progress) {
    super(in);
    this.left = bytes;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = in.read(into, from, (int) Math.min(count, left));
    if (n > 0) {
      left -= n;
      progress.accept(n);
    }
    return n;
  }
}
