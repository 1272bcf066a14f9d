package io.stockobserver.archive;

import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider's manifests: which files are sealed, and the chain (docs/archive-format.md §4). The
 * newest day's manifest is rewritten as the day goes on; every other is final. Thread-safe; a write
 * touches the disk under its lock.
 */
final class Ledger {
  /** How many days back damage is looked for at start; {@code verify} looks at all. */
  private static final int RECENT = 12;

  private static final Pattern NAME = Pattern.compile("(\\d{8})(?:\\.(\\d+))?\\.json");

  private final Disk disk;
  private final Path root;
  private final String provider;
  private final NavigableMap<LocalDate, NavigableMap<Integer, String>> versions = new TreeMap<>();
  private final Map<String, Manifest> read = new HashMap<>();
  private final Map<String, String> sha256 = new HashMap<>();
  private final Map<LocalDate, Map<String, ManifestEntry>> entries = new HashMap<>();
  private final List<Manifest.Link> unnamed = new ArrayList<>();
  private final List<Finding> findings;
  private final Set<LocalDate> damagedDays = new HashSet<>();

  private Ledger(Disk disk, Path root, String provider, List<Finding> findings) {
    this.disk = disk;
    this.root = root;
    this.provider = provider;
    this.findings = findings;
  }

  /** Reads what is there; sets damaged manifests of recent days aside and says so. */
  static Ledger open(Disk disk, Path root, String provider, List<Finding> findings)
      throws IOException {
    Ledger ledger = new Ledger(disk, root, provider, findings);
    ledger.list();
    List<LocalDate> days = new ArrayList<>(ledger.versions.keySet());
    for (LocalDate day : days.subList(Math.max(0, days.size() - RECENT), days.size())) {
      ledger.entriesOf(day);
    }
    ledger.findUnnamed();
    return ledger;
  }

  private void list() throws IOException {
    for (Path file : disk.list(root.resolve("manifest/" + provider))) {
      String name = file.getFileName().toString();
      Matcher match = NAME.matcher(name);
      if (match.matches()) {
        LocalDate day = LocalDate.parse(match.group(1), PackageId.DAY);
        int version = match.group(2) == null ? 1 : Integer.parseInt(match.group(2));
        versionsOf(day).put(version, "manifest/" + provider + "/" + name);
      } else if (name.endsWith(".tmp")) {
        disk.delete(file); // never named anything; what it would have listed is still there
      }
    }
  }

  private NavigableMap<Integer, String> versionsOf(LocalDate day) {
    return versions.computeIfAbsent(day, unseen -> new TreeMap<>());
  }

  /** What is listed of a day, over all versions of its manifest; a later version wins. */
  private Map<String, ManifestEntry> entriesOf(LocalDate day) throws IOException {
    Map<String, ManifestEntry> known = entries.get(day);
    if (known != null) {
      return known;
    }
    Map<String, ManifestEntry> found = new LinkedHashMap<>();
    NavigableMap<Integer, String> listed = versions.getOrDefault(day, new TreeMap<>());
    for (Map.Entry<Integer, String> version : new TreeMap<>(listed).entrySet()) {
      byte[] bytes = bytes(version.getValue());
      try {
        Manifest manifest = ManifestJson.parse(bytes);
        read.put(version.getValue(), manifest);
        sha256.put(version.getValue(), Sha256.of(bytes));
        manifest.files().forEach(entry -> found.put(entry.path(), entry));
      } catch (IOException damaged) {
        setAside(version.getValue(), damaged);
        damagedDays.add(day);
        listed.remove(version.getKey());
      }
    }
    if (listed.isEmpty()) {
      versions.remove(day);
    }
    entries.put(day, found);
    return found;
  }

  private byte[] bytes(String path) throws IOException {
    Path file = root.resolve(path);
    return disk.read(file, 0, (int) disk.size(file));
  }

  private void setAside(String path, IOException why) throws IOException {
    Path file = root.resolve(path);
    int n = 1;
    while (disk.exists(file.resolveSibling(file.getFileName() + ".damaged-" + n))) {
      n++;
    }
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + n);
    long size = disk.size(file);
    disk.rename(file, aside);
    disk.forceDirectory(file.getParent());
    String where = path + ".damaged-" + n;
    findings.add(
        new Finding("manifest_damaged", path, 0, 0, size, where, String.valueOf(why.getMessage())));
  }

  /** A crash can come between a late manifest and the one that names it. */
  private void findUnnamed() throws IOException {
    for (Map.Entry<LocalDate, NavigableMap<Integer, String>> day : versions.entrySet()) {
      for (Map.Entry<Integer, String> version : day.getValue().entrySet()) {
        String path = version.getValue();
        boolean recent = read.containsKey(path);
        if (version.getKey() > 1 && recent && !isNamed(path)) {
          unnamed.add(new Manifest.Link(path, shaOf(path)));
        }
      }
    }
  }

  private boolean isNamed(String path) {
    return read.values().stream()
        .anyMatch(
            manifest ->
                manifest.late().stream().anyMatch(link -> link.path().equals(path))
                    || manifest.previous().filter(link -> link.path().equals(path)).isPresent());
  }

  private String shaOf(String path) throws IOException {
    String known = sha256.get(path);
    return known != null ? known : Sha256.of(bytes(path));
  }

  /** What the manifests say about a file; empty when they do not list it. */
  synchronized Optional<ManifestEntry> entry(LocalDate day, String path) throws IOException {
    return Optional.ofNullable(entriesOf(day).get(path));
  }

  /** Whether a manifest of this day was lost, so that what it had sealed is not known. */
  synchronized boolean isDamaged(LocalDate day) {
    return damagedDays.contains(day);
  }

  /** Whether this day was read at start; older days are taken to be complete. */
  synchronized boolean isRecent(LocalDate day) {
    return entries.containsKey(day);
  }

  synchronized boolean hasManifest(LocalDate day) {
    return versions.containsKey(day);
  }

  /** Whether a later day has a manifest already, so that this day's is final. */
  synchronized boolean isFinal(LocalDate day) {
    return !versions.isEmpty() && versions.lastKey().isAfter(day);
  }

  synchronized Optional<LocalDate> newestDay() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.lastKey());
  }

  /** The newest day's manifest, when it could be read. */
  synchronized Optional<Manifest> newest() {
    return newestDay().map(day -> read.get(versionsOf(day).lastEntry().getValue()));
  }

  /** All entries of the recent days. */
  synchronized List<ManifestEntry> recent() {
    return entries.values().stream().map(Map::values).flatMap(Collection::stream).toList();
  }

  /** Whether a crash left a manifest of an earlier day that none names yet. */
  synchronized boolean hasUnnamed() {
    return !unnamed.isEmpty();
  }

  /**
   * Lists these files of a day: durable when it returns. When the day's manifest is final, a new
   * version of it is written and named by the newest day's.
   */
  synchronized void list(LocalDate day, List<ManifestEntry> changed, Optional<Instant> ended)
      throws IOException {
    Map<String, ManifestEntry> known = new LinkedHashMap<>(entriesOf(day));
    changed.forEach(entry -> known.put(entry.path(), entry));
    if (!isFinal(day)) {
      writeNewest(day, List.copyOf(known.values()), ended);
    } else {
      writeLate(day, changed);
      LocalDate newest = versions.lastKey();
      writeNewest(newest, List.copyOf(entriesOf(newest).values()), Optional.empty());
    }
    entries.put(day, known);
  }

  private void writeNewest(LocalDate day, List<ManifestEntry> files, Optional<Instant> ended)
      throws IOException {
    NavigableMap<Integer, String> written = versions.getOrDefault(day, new TreeMap<>());
    int version = written.isEmpty() ? 1 : written.lastKey();
    Manifest before = read.get(Manifest.path(provider, day, version));
    Optional<Manifest.Link> previous = before != null ? before.previous() : linkBefore(day);
    List<Manifest.Link> late = new ArrayList<>(before != null ? before.late() : List.of());
    late.addAll(unnamed);
    write(new Manifest(provider, day, version, previous, files, late, ended));
    unnamed.clear();
  }

  private void writeLate(LocalDate day, List<ManifestEntry> changed) throws IOException {
    NavigableMap<Integer, String> written = versions.getOrDefault(day, new TreeMap<>());
    int version = nextVersion(day, written);
    Optional<Manifest.Link> previous =
        written.isEmpty() ? linkBefore(day) : Optional.of(link(written.lastEntry().getValue()));
    Manifest late =
        new Manifest(provider, day, version, previous, changed, List.of(), Optional.empty());
    write(late);
    unnamed.add(link(late.path()));
  }

  /** A version that was set aside as damaged is named by others: its name is not used again. */
  private int nextVersion(LocalDate day, NavigableMap<Integer, String> written) throws IOException {
    int version = written.isEmpty() ? 1 : written.lastKey() + 1;
    while (disk.exists(root.resolve(Manifest.path(provider, day, version) + ".damaged-1"))) {
      version++;
    }
    return version;
  }

  private Optional<Manifest.Link> linkBefore(LocalDate day) throws IOException {
    Map.Entry<LocalDate, NavigableMap<Integer, String>> before = versions.lowerEntry(day);
    return before == null
        ? Optional.empty()
        : Optional.of(link(before.getValue().lastEntry().getValue()));
  }

  private Manifest.Link link(String path) throws IOException {
    return new Manifest.Link(path, shaOf(path));
  }

  private void write(Manifest manifest) throws IOException {
    byte[] bytes = ManifestJson.write(manifest);
    disk.replace(root.resolve(manifest.path()), bytes);
    versionsOf(manifest.date()).put(manifest.version(), manifest.path());
    read.put(manifest.path(), manifest);
    sha256.put(manifest.path(), Sha256.of(bytes));
  }
}
