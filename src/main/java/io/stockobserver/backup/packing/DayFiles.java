package io.stockobserver.backup.packing;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.Disk;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.ManifestEntry;
import io.stockobserver.archive.OpenFile;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.backup.packing.PackageRefused.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the archive has of a day at one moment, also while it is written: what manifests list, how
 * far the open files go, and whether that is all that will ever come. Read once, then immutable.
 */
final class DayFiles {

  private static final Pattern MANIFEST = Pattern.compile("(\\d{8})(?:\\.(\\d+))?\\.json");

  private final Disk disk;
  private final ArchiveSettings of;
  private final String day;
  private final TreeMap<String, DayFile> files = new TreeMap<>();
  private final List<String> open = new ArrayList<>();

  private DayFiles(Disk disk, ArchiveSettings of, LocalDate day) {
    this.disk = disk;
    this.of = of;
    this.day = PackageId.DAY.format(day);
  }

  /**
   * Looks at a day.
   *
   * @param now of the market
   * @throws PackageRefused where a manifest is damaged
   */
  static DayFiles of(Archive archive, Disk disk, LocalDate day, Instant now)
      throws IOException, PackageRefused {
    DayFiles all = new DayFiles(disk, archive.settings(), day);
    // The open files first: what is sealed meanwhile stands in the manifest that is read then.
    List<OpenFile> writing = archive.open();
    boolean forced = archive.force();
    Map<String, ManifestEntry> listed = all.manifests(now);
    listed.values().forEach(all::listed);
    for (OpenFile file : writing) {
      if (file.day().filter(day::equals).isPresent()) {
        all.writing(file, listed.get(file.path()));
      }
    }
    all.lookForOthers();
    if (!forced) {
      throw new PackageRefused(
          Reason.DISK, "what is open of the archive could not be forced to the disk; see the log");
    }
    return all;
  }

  /** In the order of their paths. */
  Collection<DayFile> files() {
    return files.values();
  }

  /** Why more may come of this day; none when it is over and sealed for good. */
  List<String> open() {
    return List.copyOf(open);
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** Whether a package holds just this; what only grows is the same where it is as long. */
  boolean isIn(PackageManifest other) {
    Map<String, PackageFile> there = new HashMap<>();
    other.files().forEach(file -> there.put(file.path(), file));
    return other.complete() == open.isEmpty()
        && there.keySet().equals(files.keySet())
        && files.values().stream().allMatch(file -> isSame(file, there.get(file.path())));
  }

  static boolean isSame(DayFile file, PackageFile other) {
    return file.bytes() == other.bytes()
        && file.open() == other.open()
        && (file.sha256().isEmpty() || file.sha256().equals(other.sha256()));
  }

  /** Every day that has a manifest, in order. */
  static NavigableSet<LocalDate> days(Disk disk, ArchiveSettings of) throws IOException {
    NavigableSet<LocalDate> days = new TreeSet<>();
    for (Path file : disk.list(of.root().resolve("manifest/" + of.provider()))) {
      Matcher name = MANIFEST.matcher(file.getFileName().toString());
      if (name.matches()) {
        days.add(LocalDate.parse(name.group(1), PackageId.DAY));
      }
    }
    return days;
  }

  /** The manifests of a day, in the order of their versions. */
  static List<String> manifests(Disk disk, ArchiveSettings of, LocalDate day) throws IOException {
    String folder = "manifest/" + of.provider();
    TreeMap<Integer, String> versions = new TreeMap<>();
    for (Path file : disk.list(of.root().resolve(folder))) {
      Matcher name = MANIFEST.matcher(file.getFileName().toString());
      if (name.matches() && name.group(1).equals(PackageId.DAY.format(day))) {
        int version = name.group(2) == null ? 1 : Integer.parseInt(name.group(2));
        versions.put(version, folder + "/" + name.group());
      }
    }
    return List.copyOf(versions.values());
  }

  private Map<String, ManifestEntry> manifests(Instant now) throws IOException, PackageRefused {
    Map<String, ManifestEntry> listed = new TreeMap<>();
    LocalDate date = LocalDate.parse(day, PackageId.DAY);
    boolean isFinal = days(disk, of).higher(date) != null;
    List<String> versions = manifests(disk, of, date);
    for (String path : versions) {
      byte[] bytes = read(path);
      try {
        Manifest.parse(bytes).files().forEach(entry -> listed.put(entry.path(), entry));
      } catch (IOException damaged) {
        throw new PackageRefused(
            Reason.DAMAGED,
            "%s is damaged (%s); restore it from a backup: ./observer restore %s --from DIR"
                .formatted(path, damaged.getMessage(), day));
      }
      boolean last = path.endsWith("/" + day + ".json") && !isFinal;
      files.put(path, manifest(path, last, bytes));
    }
    if (now.isBefore(date.plusDays(1).atStartOfDay(of.zone()).toInstant())) {
      open.add("the day is not over");
    } else if (versions.isEmpty()) {
      open.add("it has no manifest yet");
    } else if (!isFinal) {
      open.add("its manifest is not final: no later day has one yet");
    }
    return listed;
  }

  private static DayFile manifest(String path, boolean open, byte[] bytes) {
    int lines = 0;
    for (byte b : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    return new DayFile(path, open, bytes.length, lines, Sha256.of(bytes), Optional.empty(), bytes);
  }

  private byte[] read(String path) throws IOException {
    Path file = of.root().resolve(path);
    return disk.read(file, 0, (int) disk.size(file));
  }

  private void listed(ManifestEntry entry) {
    if (entry.isSealed()) {
      files.put(entry.path(), DayFile.sealed(entry));
    } else if (entry.bytes() > 0) {
      open.add(entry.path() + " is open");
      files.put(
          entry.path(), DayFile.prefix(entry.path(), entry.bytes(), entry.lines(), entry.sha256()));
    }
  }

  /** How far it goes; it was forced since. */
  private void writing(OpenFile file, @Nullable ManifestEntry entry) {
    if (entry != null && entry.isSealed()) {
      return; // sealed since we looked
    }
    if (entry == null) {
      open.add(file.path() + " is not sealed");
    }
    if (file.bytes() > 0) {
      files.put(file.path(), DayFile.prefix(file.path(), file.bytes(), file.lines(), ""));
    }
  }

  /** A file that was written as a whole a moment ago is listed with the next seal. */
  private void lookForOthers() throws IOException {
    String market = of.provider() + "/" + of.market();
    List<String> folders = new ArrayList<>(List.of("universe/" + market));
    for (Lane lane : Lane.values()) {
      boolean byMarket = lane != Lane.EVENTS && lane != Lane.OVERFLOW;
      folders.add(lane.folder() + "/" + (byMarket ? market : of.provider()));
    }
    TreeSet<String> there = new TreeSet<>();
    for (String folder : folders) {
      for (Path file : disk.list(of.root().resolve(folder))) {
        String name = file.getFileName().toString();
        if (name.equals(day) && Files.isDirectory(file)) {
          for (Path inside : disk.list(file)) {
            there.add(folder + "/" + day + "/" + inside.getFileName());
          }
        } else if (name.matches(day + "(\\D.*)?")) {
          there.add(folder + "/" + name);
        }
      }
    }
    for (String name : there) {
      String path = name.replaceFirst("\\.zst$", "");
      if (path.matches(".*\\.(jsonl|json|bin)") && !files.containsKey(path)) {
        open.add(path + " is in no manifest yet");
      }
    }
  }
}
