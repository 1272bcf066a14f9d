package io.stockobserver.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Processor time of this process by thread, those of the compiler and the collector included; from
 * Linux's {@code /proc}, empty elsewhere. Threads whose names differ only in a number are one.
 *
 * @param nanos on a processor, by name
 */
record Tasks(Map<String, Long> nanos) {
  static Tasks now() {
    Map<String, Long> nanos = new TreeMap<>();
    Path all = Path.of("/proc/self/task");
    if (!Files.isDirectory(all)) {
      return new Tasks(nanos);
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(all)) {
      for (Path task : tasks) {
        add(task, nanos);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Tasks(nanos);
  }

  private static void add(Path task, Map<String, Long> nanos) throws IOException {
    try {
      String name = Files.readString(task.resolve("comm")).strip().replaceAll("[#-]?\\d+$", "");
      String time = Files.readString(task.resolve("schedstat")).split(" ", -1)[0];
      nanos.merge(name, Long.parseLong(time), Long::sum);
    } catch (NoSuchFileException e) {
      // It has just ended.
    }
  }

  /** What has been used since, microseconds of each thread for one of so many frames. */
  String since(Tasks before, long frames) {
    return nanos.entrySet().stream()
        .map(e -> Map.entry(e.getKey(), e.getValue() - before.nanos.getOrDefault(e.getKey(), 0L)))
        .filter(e -> e.getValue() > frames * 10)
        .sorted(Comparator.comparing(e -> -e.getValue()))
        .map(e -> "%s %.2f".formatted(e.getKey(), e.getValue() / 1e3 / frames))
        .collect(Collectors.joining(", "));
  }
}
