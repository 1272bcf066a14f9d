package io.stockobserver.archive;

import io.stockobserver.archive.Content.Broken;
import io.stockobserver.archive.Content.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads any lane's file, plain or zstd, line by line. Damage stops the reading and is told by
 * {@link #damage()}, it is never thrown; every whole line before it has been given out. {@link
 * #skipDamage()} goes on behind it: nobody reads over a hole without asking to. Not thread-safe.
 */
public final class SegmentReader implements AutoCloseable {
  private final Content content;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private byte[] chunk = new byte[0];
  private int from;
  private int to;

  /** What cannot be read behind the chunk. */
  private @Nullable Broken broken;

  private long offset;
  private long lines;
  private @Nullable Damage damage;

  /** Whether damage was skipped: lines cannot be counted any more. */
  private boolean skipped;

  /** Whether what comes next may be the end of a line that began in the damage. */
  private boolean seam;

  /**
   * One line.
   *
   * @param number from 1; 0 behind damage, where nobody can count (a tape's line has its seq)
   * @param offset where it begins in the uncompressed content; -1 behind damage
   * @param bytes without the newline
   */
  @SuppressWarnings("ArrayRecordComponent") // a line is read, never compared
  public record Line(long number, long offset, byte[] bytes) {}

  /**
   * Where reading stopped before the end. A line that begins or ends in the damage is lost with it.
   *
   * @param line the number, from 1, of the first line that is not whole; 0 behind other damage
   * @param offset where that line begins in the uncompressed content; -1 behind other damage
   * @param at where in the file as it is stored the unreadable bytes begin
   * @param bytes how many there are; 0 when the file only ends too early
   * @param what in words
   */
  public record Damage(long line, long offset, long at, long bytes, String what) {}

  private SegmentReader(Content content) {
    this.content = content;
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

  /**
   * Opens a file that may come from anywhere, by what it begins with and not by its name: plain,
   * zstd, gzip or zip. Of the last two a checksum proves what was read only at their end.
   */
  public static SegmentReader openAny(Path file) throws IOException {
    return of(Packing.of(file).open(Files.newInputStream(file)));
  }

  static SegmentReader of(Content content) {
    return new SegmentReader(content);
  }

  static SegmentReader of(InputStream source, boolean compressed) {
    return new SegmentReader(compressed ? new ZstdContent(source) : new PlainContent(source));
  }

  /** The next whole line; empty at the end, and at damage. */
  public Optional<Line> next() {
    for (byte[] line = whole(); line != null; line = whole()) {
      if (isLine(line)) {
        return Optional.of(line(line));
      }
    }
    return Optional.empty();
  }

  /** What the reading stopped at; empty while there is more, and after a clean end. */
  public Optional<Damage> damage() {
    return Optional.ofNullable(damage);
  }

  /**
   * Leaves the damage behind, so that {@link #next()} goes on with the next frame that is intact.
   * False when there is no damage, and when nothing behind it can be read.
   */
  public boolean skipDamage() {
    if (damage == null || broken == null || broken.last()) {
      return false;
    }
    damage = null;
    broken = null;
    skipped = true;
    seam = true;
    return true;
  }

  /** The bytes up to the next newline. */
  private byte @Nullable [] whole() {
    while (damage == null) {
      for (int i = from; i < to; i++) {
        if (chunk[i] == '\n') {
          byte[] line = upTo(i);
          from = i + 1;
          return line;
        }
      }
      begun.write(chunk, from, to - from);
      if (!fill()) {
        break;
      }
    }
    return null;
  }

  private byte[] upTo(int newline) {
    if (begun.size() == 0) {
      return Arrays.copyOfRange(chunk, from, newline);
    }
    begun.write(chunk, from, newline - from);
    byte[] line = begun.toByteArray();
    begun.reset();
    return line;
  }

  /**
   * Where nothing else proves it, only a JSON object is taken for a line: no end of a tape's line
   * is one, because every quote in its strings has a backslash before it.
   */
  private boolean isLine(byte[] line) {
    boolean first = seam;
    seam = false;
    if ((!first && broken == null) || LineFacts.of(line).valid()) {
      return true;
    }
    if (!first) {
      stop(broken);
    }
    return false;
  }

  private Line line(byte[] bytes) {
    if (skipped) {
      return new Line(0, -1, bytes);
    }
    Line line = new Line(++lines, offset, bytes);
    offset += bytes.length + 1;
    return line;
  }

  private boolean fill() {
    from = 0;
    to = 0;
    if (broken != null) {
      stop(broken);
      return false;
    }
    try {
      Optional<Piece> piece = content.next();
      if (piece.isPresent()) {
        chunk = piece.get().bytes();
        to = piece.get().size();
        broken = piece.get().broken();
        return true;
      }
      if (begun.size() > 0) {
        stop(new Broken(content.at(), 0, true, "torn: no newline at the end"));
      }
    } catch (IOException | RuntimeException unreadable) {
      stop(new Broken(content.at(), 0, true, String.valueOf(unreadable.getMessage())));
    }
    return false;
  }

  private void stop(Broken here) {
    broken = here;
    from = 0;
    to = 0;
    begun.reset();
    damage =
        new Damage(
            skipped ? 0 : lines + 1, skipped ? -1 : offset, here.at(), here.bytes(), here.what());
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
