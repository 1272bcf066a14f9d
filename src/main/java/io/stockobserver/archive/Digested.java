package io.stockobserver.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and digests what is read through it. Not thread-safe. */
public final class Digested extends FilterInputStream {
  private final MessageDigest digest = Sha256.start();
  private final Along along;
  private long bytes;

  /** Who sees what was read, too. */
  @FunctionalInterface
  public interface Along {
    void read(byte[] chunk, int from, int count) throws IOException;
  }

  /** Nobody sees it. */
  public Digested(InputStream in) {
    this(in, (chunk, from, count) -> {});
  }

  /**
   * Of this stream.
   *
   * @param along is given everything once, in order
   */
  public Digested(InputStream in, Along along) {
    super(in);
    this.along = along;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    int n = in.read(into, from, count);
    if (n > 0) {
      digest.update(into, from, n);
      bytes += n;
      along.read(into, from, n);
    }
    return n;
  }

  /** How many bytes were read. */
  public long bytes() {
    return bytes;
  }

  /** The SHA-256 of what was read, in hex; to be asked once. */
  public String sha256() {
    return Sha256.of(digest);
  }
}
