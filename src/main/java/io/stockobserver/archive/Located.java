package io.stockobserver.archive;

import io.stockobserver.archive.Verification.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Says where in a file its damage is, when its lines or its frames show it. */
final class Located {
  private Located() {}

  /**
   * A problem with the place of the damage.
   *
   * @param path what the problem is to name
   * @param file what lies there
   * @param lines how many it should have
   * @param what in words
   */
  static Problem problem(String path, Path file, long lines, String what) {
    if (!path.endsWith(".jsonl")) {
      return Problem.of(path, "differs", what);
    }
    long number = 0;
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        number = line.get().number();
        if (!LineFacts.of(line.get().bytes()).valid()) {
          return new Problem(path, "differs", number, line.get().offset(), what);
        }
      }
      Optional<SegmentReader.Damage> damage = reader.damage();
      if (damage.isEmpty()) {
        return Problem.of(path, "differs", what);
      }
      SegmentReader.Damage at = damage.get();
      String told =
          "%s: %s (%d bytes at %d of the file cannot be read); %d of %d lines still can"
              .formatted(
                  what, at.what(), at.bytes(), at.at(), number + linesBehindDamage(reader), lines);
      return new Problem(path, "differs", at.line(), at.offset(), told);
    } catch (IOException | RuntimeException unreadable) {
      return Problem.of(path, "differs", what + ": " + unreadable.getMessage());
    }
  }

  static long linesBehindDamage(SegmentReader reader) {
    long lines = 0;
    while (reader.skipDamage()) {
      while (reader.next().isPresent()) {
        lines++;
      }
    }
    return lines;
  }
}
