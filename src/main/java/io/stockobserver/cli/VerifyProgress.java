package io.stockobserver.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A bar on a terminal for a verification that takes longer than two seconds. Thread-safe. */
final class VerifyProgress implements AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long EVERY_NANOS = 200_000_000L;
  private static final int WIDTH = 30;

  private final PrintStream out = System.err;
  private final boolean shown;
  private final long all;
  private long read;
  private long next = System.nanoTime() + QUIET_NANOS;
  private boolean drawn;

  VerifyProgress(Path what, boolean json) throws IOException {
    shown = Boolean.getBoolean("observer.terminal") && !json;
    all = shown ? size(what) : 0;
  }

  private static long size(Path what) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        what,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
            sum[0] += of.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  /** So many stored bytes more were read. */
  synchronized void read(long bytes) {
    read += bytes;
    if (all > 0) {
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
        "\r  proving ["
            + "#".repeat(full)
            + ".".repeat(WIDTH - full)
            + "] "
            + Words.bytes(read)
            + " of "
            + Words.bytes(Math.max(read, all))
            + "\u001b[K");
    out.flush();
  }

  @Override
  public synchronized void close() {
    if (drawn) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
