package io.stockobserver.cli;

import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A bar on a terminal for a tape whose reading takes longer than two seconds; file by file. */
final class TapeProgress implements Consumer<Entry>, AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final int WIDTH = 30;

  private final PrintStream out = System.err;
  private final boolean shown;
  private final Map<String, Long> sizes = new HashMap<>();
  private final long all;
  private final long begin = System.nanoTime() + QUIET_NANOS;
  private String file = "";
  private long read;
  private boolean drawn;

  /** Of the files in these folders of the archive. */
  TapeProgress(Path root, Iterable<Path> folders, boolean json) throws IOException {
    shown = Boolean.getBoolean("observer.terminal") && !json;
    for (Path folder : folders) {
      if (shown && Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path path : files.toList()) {
            String name = root.relativize(path).toString().replace('\\', '/');
            sizes.merge(name.replaceFirst("\\.zst$", ""), Files.size(path), Long::max);
          }
        }
      }
    }
    all = sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void accept(Entry entry) {
    if (shown && !entry.path().equals(file)) {
      read += sizes.getOrDefault(file, 0L);
      file = entry.path();
      if (all > 0 && System.nanoTime() >= begin) {
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
      drawn = false;
    }
  }
}
