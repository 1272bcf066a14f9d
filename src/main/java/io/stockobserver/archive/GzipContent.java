package io.stockobserver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What one gzip member holds (RFC 1952). Stricter than {@code gzip}: whatever stands behind the
 * member is damage, another member too. Its one checksum stands at its end: until then nothing
 * proves what was read.
 */
final class GzipContent implements Content {
  private static final int CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final StoredBytes stored;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] chunk = new byte[1 << 16];
  private boolean begun;
  private boolean ended;

  GzipContent(InputStream source) {
    this.stored = new StoredBytes(source);
  }

  @Override
  public long at() {
    return stored.at();
  }

  @Override
  public Optional<Piece> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    if (!begun) {
      begun = true;
      Optional<String> wrong = header();
      if (wrong.isPresent()) {
        return Optional.of(broken(0, wrong.get()));
      }
    }
    try {
      int n = stored.inflate(inflater, chunk);
      if (n > 0) {
        crc.update(chunk, 0, n);
        return Optional.of(new Piece(chunk, n, null));
      }
      return n == -2
          ? Optional.of(broken(stored.at(), "the file ends within its gzip member"))
          : trailer();
    } catch (DataFormatException damaged) {
      return Optional.of(broken(0, "its gzip member cannot be read on: " + damaged.getMessage()));
    }
  }

  private Optional<String> header() throws IOException {
    if (!stored.hold(10)) {
      return Optional.of("the file ends within its gzip header");
    }
    if (stored.u16(0) != 0x8B1F || stored.u8(2) != 8 || (stored.u8(3) & 0xE0) != 0) {
      return Optional.of("no gzip member begins here");
    }
    int flags = stored.u8(3);
    stored.take(10);
    if ((flags & EXTRA) != 0 && (!stored.hold(2) || !skipExtra())) {
      return Optional.of("the file ends within its gzip header");
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0 && !skipText()) {
        return Optional.of("the file ends within its gzip header");
      }
    }
    if ((flags & CRC) != 0 && stored.skip(2) < 2) {
      return Optional.of("the file ends within its gzip header");
    }
    return Optional.empty();
  }

  private boolean skipExtra() throws IOException {
    int length = stored.u16(0);
    return stored.skip(2L + length) == 2 + length;
  }

  private boolean skipText() throws IOException {
    while (stored.hold(1)) {
      int letter = stored.u8(0);
      stored.take(1);
      if (letter == 0) {
        return true;
      }
    }
    return false;
  }

  private Optional<Piece> trailer() throws IOException {
    if (!stored.hold(8)) {
      stored.skip(8);
      return Optional.of(broken(stored.at(), "the file ends within its gzip member's checksum"));
    }
    if (stored.u32(0) != crc.getValue()
        || stored.u32(4) != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      stored.take(8);
      return Optional.of(broken(0, "its gzip member's checksum does not hold"));
    }
    stored.take(8);
    ended = true;
    long end = stored.at();
    if (!stored.hold(1)) {
      return Optional.empty();
    }
    boolean another = stored.hold(2) && stored.u16(0) == 0x8B1F;
    return Optional.of(
        broken(end, another ? "another gzip member stands behind" : "bytes stand behind its end"));
  }

  private Piece broken(long from, String what) throws IOException {
    ended = true;
    long end = stored.at();
    end += stored.skip(Long.MAX_VALUE);
    return new Piece(chunk, 0, new Broken(from, end - from, true, what));
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    stored.close();
  }
}
