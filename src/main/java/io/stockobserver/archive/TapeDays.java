package io.stockobserver.archive;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.tape.Entry;
import io.stockobserver.tape.TapeLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The tape of one provider's market, day by day, sealed or not. Reads only; holds no state. */
public final class TapeDays {
  private final Path root;
  private final String folder;

  public TapeDays(Path root, String provider, String market) {
    this.root = root;
    this.folder = Lane.TAPE.folder() + "/" + provider + "/" + market;
  }

  /** The days of which there is a tape. */
  public NavigableSet<LocalDate> days() throws IOException {
    NavigableSet<LocalDate> days = new TreeSet<>();
    for (String name : names(root.resolve(folder))) {
      try {
        days.add(LocalDate.parse(name, PackageId.DAY));
      } catch (DateTimeException noDay) {
        // Whatever else lies there is no tape.
      }
    }
    return days;
  }

  /** The first entry of a day; empty where there is none. */
  public Optional<Entry> first(LocalDate day) throws IOException {
    for (String path : files(day)) {
      try (SegmentReader reader = SegmentReader.open(root, path)) {
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
          Optional<Entry> entry = entry(line.get(), path);
          if (entry.isPresent()) {
            return entry;
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Hands every entry of a day to {@code reader}, in order.
   *
   * @param leftOut is given the place of each line that is no JSON: a power cut may leave some
   *     where nothing was forced, recovery keeps and lists them, and nobody can restore them
   * @throws IOException naming the file that is damaged, and where
   */
  public void read(LocalDate day, Consumer<Entry> reader, Consumer<String> leftOut)
      throws IOException {
    for (String path : files(day)) {
      try (SegmentReader segment = SegmentReader.open(root, path)) {
        for (var line = segment.next(); line.isPresent(); line = segment.next()) {
          Optional<Entry> entry = entry(line.get(), path);
          if (entry.isPresent()) {
            reader.accept(entry.get());
          } else {
            leftOut.accept(path + ":" + line.get().number());
          }
        }
        if (segment.damage().isPresent()) {
          throw new IOException(
              path + " is damaged: " + segment.damage().get().what() + "; restore it first");
        }
      }
    }
  }

  /** Empty for what is no JSON. */
  private static Optional<Entry> entry(SegmentReader.Line line, String path) throws IOException {
    try {
      return Optional.of(TapeLines.decode(line.bytes(), path, line.number()));
    } catch (IllegalArgumentException e) {
      if (!LineFacts.of(line.bytes()).valid()) {
        return Optional.empty();
      }
      throw new IOException(path + ":" + line.number() + " is no line of a tape", e);
    }
  }

  /** Of a day, by uncompressed names, in the order of time. */
  private List<String> files(LocalDate day) throws IOException {
    String here = folder + "/" + day.format(PackageId.DAY);
    NavigableSet<String> paths = new TreeSet<>();
    for (String name : names(root.resolve(here))) {
      if (name.endsWith(".jsonl") || name.endsWith(".jsonl.zst")) {
        paths.add(here + "/" + name.replace(".zst", ""));
      }
    }
    return List.copyOf(paths);
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException nothing) {
      return List.of();
    }
  }
}
