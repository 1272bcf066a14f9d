package io.stockobserver.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads any lane's file, plain or zstd, line by line. Damage ends the reading and is told by {@link
 * #damage()}, it is never thrown; every whole line before it has been given out. Not thread-safe.
 */
public final class SegmentReader implements AutoCloseable {
  private final InputStream source;
  private final byte[] chunk = new byte[1 << 16];
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int from;
  private int to;
  private long offset;
  private long lines;
  private @Nullable Damage damage;

  /**
   * One line.
   *
   * @param number from 1
   * @param offset where it begins in the uncompressed content
   * @param bytes without the newline
   */
  @SuppressWarnings("ArrayRecordComponent") // a line is read, never compared
  public record Line(long number, long offset, byte[] bytes) {}

  /**
   * Where reading ended before the end.
   *
   * @param line the number, from 1, of the line that is not whole
   * @param offset where that line begins in the uncompressed content
   * @param bytes how many bytes of it are there
   * @param what in words
   */
  public record Damage(long line, long offset, long bytes, String what) {}

  private SegmentReader(InputStream source) {
    this.source = source;
  }

  /**
   * Opens a file by its uncompressed name below the root, whether it is compressed by now or not.
   *
   * @throws NoSuchFileException when it is there in neither form
   */
  public static SegmentReader open(Path root, String path) throws IOException {
    Path plain = root.resolve(path);
    return open(Files.exists(plain) ? plain : root.resolve(path + ".zst"));
  }

  /** Opens this very file; one that ends in {@code .zst} is decompressed. */
  public static SegmentReader open(Path file) throws IOException {
    return of(Files.newInputStream(file), file.toString().endsWith(".zst"));
  }

  static SegmentReader of(InputStream source, boolean compressed) throws IOException {
    return new SegmentReader(compressed ? new ZstdInputStream(source) : source);
  }

  /** The next whole line; empty at the end, or where damage begins. */
  public Optional<Line> next() {
    while (damage == null) {
      for (int i = from; i < to; i++) {
        if (chunk[i] == '\n') {
          begun.write(chunk, from, i - from);
          from = i + 1;
          return Optional.of(line());
        }
      }
      begun.write(chunk, from, to - from);
      if (!fill()) {
        break;
      }
    }
    return Optional.empty();
  }

  /** What ended the reading early; empty while there is more, and after a clean end. */
  public Optional<Damage> damage() {
    return Optional.ofNullable(damage);
  }

  private Line line() {
    Line line = new Line(++lines, offset, begun.toByteArray());
    offset += begun.size() + 1;
    begun.reset();
    return line;
  }

  private boolean fill() {
    from = 0;
    to = 0;
    try {
      int n = source.read(chunk);
      if (n >= 0) {
        to = n;
        return true;
      }
      if (begun.size() > 0) {
        damage = new Damage(lines + 1, offset, begun.size(), "torn: no newline at the end");
      }
    } catch (IOException | RuntimeException broken) {
      damage = new Damage(lines + 1, offset, begun.size(), String.valueOf(broken.getMessage()));
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
