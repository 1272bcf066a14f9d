package io.stockobserver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A file that is stored as it was written: nothing in it shows damage but its lines. */
final class PlainContent implements Content {
  private final InputStream source;
  private final byte[] chunk = new byte[1 << 16];
  private long at;

  PlainContent(InputStream source) {
    this.source = source;
  }

  @Override
  public Optional<Piece> next() throws IOException {
    int n = source.read(chunk);
    if (n < 0) {
      return Optional.empty();
    }
    at += n;
    return Optional.of(new Piece(chunk, n, null));
  }

  @Override
  public long at() {
    return at;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
