package io.stockobserver.backup.drilling;

import io.stockobserver.archive.Digested;
import io.stockobserver.archive.LineFrames;
import io.stockobserver.archive.SegmentReader;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Reads one file of a backup back: decompresses, counts, parses and compares with the package's
 * table of contents. Holds a frame and a line. Not thread-safe.
 */
final class FileDrill {
  private static final int CHUNK = 1 << 17;

  private final Path root;
  private final FromDisk disk;
  private final LongConsumer progress;

  FileDrill(Path root, FromDisk disk, LongConsumer progress) {
    this.root = root;
    this.disk = disk;
    this.progress = progress;
  }

  /**
   * Reads it to its end.
   *
   * @param badLines how many lines of it were no JSON when it was sealed
   * @return what is wrong; empty when nothing is
   */
  Optional<Damage> read(PackageFile file, long badLines) {
    Path stored = root.resolve(file.stored());
    if (!Files.isRegularFile(stored)) {
      return Optional.of(new Damage(file.stored(), "missing", 0, -1, "it is not there"));
    }
    LineCheck lines = new LineCheck();
    MessageDigest content = Sha256.start();
    try (Digested sum = new Digested(disk.open(stored), (chunk, from, n) -> progress.accept(n))) {
      long bytes = drain(file, sum, content, lines);
      String wrong = compare(file, sum, bytes, Sha256.of(content), lines, badLines);
      return wrong.isEmpty() ? Optional.empty() : Optional.of(located(file, stored, lines, wrong));
    } catch (IOException broken) {
      String what = String.valueOf(broken.getMessage());
      return Optional.of(located(file, stored, lines, what));
    }
  }

  private long drain(PackageFile file, Digested sum, MessageDigest content, LineCheck lines)
      throws IOException {
    long bytes = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = file.compressed() ? LineFrames.content(sum) : sum) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        content.update(chunk, 0, n);
        if (isLines(file)) {
          lines.take(chunk, n);
        }
        bytes += n;
      }
    }
    return bytes;
  }

  private static boolean isLines(PackageFile file) {
    return file.path().endsWith(".jsonl");
  }

  private static String compare(
      PackageFile file, Digested sum, long bytes, String sha256, LineCheck lines, long badLines) {
    if (sum.bytes() != file.storedBytes()) {
      return "%d bytes, the package says %d".formatted(sum.bytes(), file.storedBytes());
    }
    if (!sum.sha256().equals(file.storedSha256())) {
      return "the stored file is not what was packaged";
    }
    if (bytes != file.bytes() || !sha256.equals(file.sha256())) {
      return "the content is not what was packaged";
    }
    if (isLines(file) && (lines.lines() != file.lines() || lines.isTorn())) {
      return "%d lines, the package says %d".formatted(lines.lines(), file.lines());
    }
    if (lines.bad() > badLines) {
      return "%d lines are no JSON, the first is line %d".formatted(lines.bad(), lines.firstBad());
    }
    return "";
  }

  /** Says where, as far as frames and lines show it. */
  private Damage located(PackageFile file, Path stored, LineCheck read, String what) {
    if (isLines(file)) {
      try (SegmentReader reader = SegmentReader.open(stored)) {
        long number = 0;
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
          number++;
          byte[] bytes = line.get().bytes();
          if (!LineCheck.isObject(bytes, 0, bytes.length)) {
            return new Damage(file.stored(), "differs", number, -1, what);
          }
        }
        if (reader.damage().isPresent()) {
          SegmentReader.Damage at = reader.damage().get();
          return new Damage(file.stored(), "differs", at.line(), at.at(), what);
        }
      } catch (IOException unreadable) {
        return new Damage(file.stored(), "unreadable", 0, -1, String.valueOf(unreadable));
      }
    }
    return new Damage(file.stored(), "differs", read.firstBad(), -1, what);
  }
}
