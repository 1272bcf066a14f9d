package io.stockobserver.retention;

import io.stockobserver.archive.Lane;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageSeal;
import io.stockobserver.archive.packages.PackageShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What retention may take away of a provider: the raw files of each day, and what its packages
 * hold. Whatever else lies in those folders, a damaged file that was kept aside for one, is not
 * seen, and stays. A picture of one moment.
 */
final class RawFiles {
  private static final List<Lane> LANES =
      List.of(Lane.SWING, Lane.SCALP, Lane.TAPE, Lane.SET_ASIDE);
  private static final Pattern CONTENT = Pattern.compile("(.+\\.jsonl)(?:\\.zst)?|.+\\.bin");
  private static final Pattern NAMED_BY_DAY = Pattern.compile("(\\d{8})(?:\\..*)?");

  private final Path root;
  private final String provider;
  private final NavigableMap<LocalDate, List<Raw>> days = new TreeMap<>();

  private RawFiles(Path root, String provider) {
    this.root = root;
    this.provider = provider;
  }

  /**
   * A file.
   *
   * @param path below the archive's root, uncompressed name
   * @param file where it lies
   * @param packaged whether it is a package's own copy
   */
  record Raw(String path, Path file, boolean packaged) {
    boolean compressed() {
      return file.toString().endsWith(".zst");
    }
  }

  static RawFiles of(Path root, String provider) throws IOException {
    RawFiles found = new RawFiles(root, provider);
    for (Lane lane : LANES) {
      for (Path market : children(root.resolve(lane.folder()).resolve(provider))) {
        for (Path child : children(market)) {
          found.look(child);
        }
      }
    }
    for (PackageId id : new PackageShelf(root).all()) {
      if (id.provider().equals(provider)) {
        found.lookInto(id);
      }
    }
    return found;
  }

  private void look(Path child) throws IOException {
    Optional<LocalDate> day = day(child.getFileName().toString());
    if (day.isPresent()) {
      for (Path file : Files.isDirectory(child) ? children(child) : List.of(child)) {
        Matcher content = CONTENT.matcher(relative(root, file));
        if (content.matches()) {
          String plain = content.group(1);
          add(day.get(), new Raw(plain != null ? plain : content.group(), file, false));
        }
      }
    }
  }

  private void lookInto(PackageId id) throws IOException {
    Path folder = root.resolve(id.folder());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = relative(folder, file);
        if (!PackageSeal.FILES.contains(path)) {
          String plain = path.endsWith(".zst") ? path.substring(0, path.length() - 4) : path;
          add(id.date(), new Raw(plain, file, true));
        }
      }
    }
  }

  private void add(LocalDate day, Raw raw) {
    days.computeIfAbsent(day, unseen -> new ArrayList<>()).add(raw);
  }

  /** The days of which anything is left, and what. */
  NavigableMap<LocalDate, List<Raw>> days() {
    return days;
  }

  List<Raw> of(LocalDate day) {
    return days.getOrDefault(day, List.of());
  }

  /** What they take on the disk; a file with two names counts once. */
  static long bytes(List<Raw> files) throws IOException {
    Set<Object> seen = new HashSet<>();
    long sum = 0;
    for (Raw raw : files) {
      BasicFileAttributes file = Files.readAttributes(raw.file(), BasicFileAttributes.class);
      Object key = file.fileKey() != null ? file.fileKey() : raw.file();
      sum += seen.add(key) ? file.size() : 0;
    }
    return sum;
  }

  String provider() {
    return provider;
  }

  private static Optional<LocalDate> day(String name) {
    Matcher match = NAMED_BY_DAY.matcher(name);
    try {
      return match.matches()
          ? Optional.of(LocalDate.parse(match.group(1), PackageId.DAY))
          : Optional.empty();
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }

  private static String relative(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException nothing) {
      return List.of();
    }
  }
}
