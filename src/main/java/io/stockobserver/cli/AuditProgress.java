package io.stockobserver.cli;

import io.stockobserver.audit.Shelf;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** A bar on a terminal for an audit that takes longer than two seconds. */
final class AuditProgress implements AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long EVERY_NANOS = 200_000_000L;
  private static final int WIDTH = 30;

  private final PrintStream out = System.err;
  private final boolean shown;
  private final long all;
  private long read;
  private long next = System.nanoTime() + QUIET_NANOS;
  private boolean drawn;

  AuditProgress(Path root, List<Shelf> shelves, LocalDate day, boolean json) throws IOException {
    shown = Boolean.getBoolean("observer.terminal") && !json;
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
    all = sum;
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
    read += bytes;
    if (shown && all > 0 && (read & 0xFFF) < bytes) {
      long now = System.nanoTime();
      if (now >= next) {
        next = now + EVERY_NANOS;
        draw();
      }
    }
  }

  private void draw() {
    int full = (int) Math.min(WIDTH, read * WIDTH / all);
    drawn = true;
    out.print(
        "\r  reading ["
            + "#".repeat(full)
            + ".".repeat(WIDTH - full)
            + "] "
            + Words.bytes(read)
            + " of "
            + Words.bytes(all)
            + "\u001b[K");
    out.flush();
  }

  @Override
  public void close() {
    if (drawn) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
