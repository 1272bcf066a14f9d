package io.stockobserver.bench;

import io.stockobserver.archive.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads what a bench has left on the tape. */
final class TapeFiles {
  private TapeFiles() {}

  /** Every line of the tape below this root. */
  static void lines(Path root, Consumer<byte[]> each) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("tape"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try (SegmentReader reader = SegmentReader.open(file)) {
          for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            each.accept(line.get().bytes());
          }
        }
      }
    }
  }

  static boolean contains(byte[] line, byte[] part) {
    return find(line, part) >= 0;
  }

  /** Where the part begins; -1 for nowhere. */
  static int find(byte[] line, byte[] part) {
    for (int at = 0; at <= line.length - part.length; at++) {
      int i = 0;
      while (i < part.length && line[at + i] == part[i]) {
        i++;
      }
      if (i == part.length) {
        return at;
      }
    }
    return -1;
  }
}
