package io.stockobserver.archive;

import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether one lane of a day says the same in two archives, line by line and byte by byte,
 * compressed or not. What an archive wrote of its own torn ends is no function of a tape and is
 * passed over.
 *
 * @param files that either has
 * @param lines that are alike, up to the first difference
 * @param difference the first, with its place and in words; empty where there is none
 */
public record Likeness(Lane lane, int files, long lines, String difference) {
  private static final int SHOWN = 200;

  /** Compares the lane in one archive with that in another; stops at the first difference. */
  public static Likeness of(
      Lane lane, String provider, String market, LocalDate day, Path one, Path other)
      throws IOException {
    String folder = lane.folder() + "/" + provider + (lane.byMarket() ? "/" + market : "");
    String date = day.format(PackageId.DAY);
    NavigableSet<String> files = new TreeSet<>(files(one, folder, date));
    files.addAll(files(other, folder, date));
    long lines = 0;
    for (String path : files) {
      try (Side a = new Side(one, path);
          Side b = new Side(other, path)) {
        String x = a.next();
        String y = b.next();
        while (x != null && x.equals(y)) {
          lines++;
          x = a.next();
          y = b.next();
        }
        if (x != null || y != null) {
          return new Likeness(lane, files.size(), lines, a.where(x) + " <> " + b.where(y));
        }
      }
    }
    return new Likeness(lane, files.size(), lines, "");
  }

  /** Uncompressed names of a day's files: a folder of them, or files named by the day. */
  private static NavigableSet<String> files(Path root, String folder, String date)
      throws IOException {
    NavigableSet<String> files = new TreeSet<>();
    for (String name : TapeDays.names(root.resolve(folder))) {
      if (name.equals(date)) {
        for (String below : TapeDays.names(root.resolve(folder).resolve(name))) {
          files.add(folder + "/" + name + "/" + below.replace(".zst", ""));
        }
      } else if (name.startsWith(date)) {
        files.add(folder + "/" + name.replace(".zst", ""));
      }
    }
    files.removeIf(path -> !path.endsWith(".jsonl"));
    return files;
  }

  /** One of the two files; one that is not there has no lines. */
  private static final class Side implements AutoCloseable {
    private final String path;
    private final @Nullable SegmentReader reader;
    private long number;

    Side(Path root, String path) throws IOException {
      this.path = path;
      boolean there = Files.exists(root.resolve(path)) || Files.exists(root.resolve(path + ".zst"));
      this.reader = there ? SegmentReader.open(root, path) : null;
    }

    @Nullable String next() throws IOException {
      if (reader == null) {
        return null;
      }
      for (Optional<SegmentReader.Line> l = reader.next(); l.isPresent(); l = reader.next()) {
        number = l.get().number();
        String text = new String(l.get().bytes(), StandardCharsets.ISO_8859_1);
        if (!ofTornEnd(text)) {
          return text;
        }
      }
      if (reader.damage().isPresent()) {
        throw new IOException(path + " is damaged: " + reader.damage().get().what());
      }
      return null;
    }

    String where(@Nullable String text) {
      if (text == null) {
        return reader == null ? path + " is not there" : path + " ends after line " + number;
      }
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      String shown =
          new String(Arrays.copyOf(bytes, Math.min(SHOWN, bytes.length)), StandardCharsets.UTF_8);
      return path + ":" + number + " " + shown;
    }

    private static boolean ofTornEnd(String line) {
      return line.contains("\"stage\":\"recover\"") || line.contains("\"stage\":\"append\"");
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
      }
    }
  }
}
