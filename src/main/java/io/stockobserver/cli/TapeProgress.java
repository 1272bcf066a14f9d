package io.stockobserver.cli;

import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A bar for the reading of a tape, as the files are stored; it moves from file to file. */
final class TapeProgress implements Consumer<Entry>, AutoCloseable {
  private final Bar bar;
  private final Map<String, Long> sizes = new HashMap<>();
  private String file = "";

  /** Of the files in these folders of the archive. */
  TapeProgress(Path root, Iterable<Path> folders, boolean json) throws IOException {
    bar = new Bar("reading", json);
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path path : files.toList()) {
            String name = root.relativize(path).toString().replace('\\', '/');
            sizes.merge(name.replaceFirst("\\.zst$", ""), Files.size(path), Long::max);
          }
        }
      }
    }
    bar.all(sizes.values().stream().mapToLong(Long::longValue).sum());
  }

  @Override
  public void accept(Entry entry) {
    if (!entry.path().equals(file)) {
      bar.done(sizes.getOrDefault(file, 0L));
      file = entry.path();
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
