package io.stockobserver.cli;

import io.stockobserver.audit.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** A bar for an audit, which tells of every line: of so many that the bar hears some only. */
final class AuditProgress implements AutoCloseable {
  private static final int WORTH_TELLING = 4096;

  private final Bar bar;
  private long untold;

  AuditProgress(Path root, List<Shelf> shelves, LocalDate day, boolean json) throws IOException {
    bar = new Bar("reading", json);
    long sum = 0;
    for (Shelf shelf : shelves) {
      for (String lane : List.of("scalp", "swing")) {
        sum +=
            size(
                root.resolve(lane)
                    .resolve(shelf.provider())
                    .resolve(shelf.market())
                    .resolve(DateTimeFormatter.BASIC_ISO_DATE.format(day)));
      }
    }
    bar.all(sum);
  }

  private static long size(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long sum = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  /** So many bytes more were read. */
  void read(long bytes) {
    untold += bytes;
    if (untold >= WORTH_TELLING) {
      bar.done(untold);
      untold = 0;
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
