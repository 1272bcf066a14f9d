package io.stockobserver.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A bar on a terminal for a verification that takes longer than two seconds. Thread-safe. */
final class VerifyProgress implements AutoCloseable {
  private final Bar bar;

  VerifyProgress(Path what, boolean json) throws IOException {
    bar = new Bar("proving", json);
    bar.all(Bar.isShown(json) ? size(what) : 0);
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
  void read(long bytes) {
    bar.done(bytes);
  }

  @Override
  public void close() {
    bar.close();
  }
}
