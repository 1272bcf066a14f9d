package io.stockobserver.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a start does with the files that it finds (docs/archive-format.md §6). Damage becomes a
 * finding; only a disk that cannot be written stops it.
 */
final class Recoverer {
  private final Disk disk;
  private final Path root;
  private final Places places;
  private final Ledger ledger;
  private final TailCut cutter;
  private final Sealer sealer;
  private final Instant now;
  private final List<Finding> findings;

  /** Files to go on with, or to seal. */
  final List<WritingFile> files = new ArrayList<>();

  /** Files that are whole and durable, and that no manifest lists yet. */
  final List<ManifestEntry> unlisted = new ArrayList<>();

  final List<TailCut.Cut> cuts = new ArrayList<>();
  private boolean touched;
  private Optional<LocalDate> lastDay;

  Recoverer(
      Disk disk, Path root, Places places, Ledger ledger, Instant now, List<Finding> findings) {
    this.disk = disk;
    this.root = root;
    this.places = places;
    this.ledger = ledger;
    this.cutter = new TailCut(disk, root, places);
    this.sealer = new Sealer(disk, root);
    this.now = now;
    this.findings = findings;
    this.lastDay = ledger.newestDay();
  }

  Recovery recover(String provider, String market) throws IOException {
    for (Lane lane : Lane.values()) {
      visit(lane, root.resolve(places.folder(lane)));
    }
    visitWhole(root.resolve("universe/" + provider + "/" + market), ".json");
    visitWhole(root.resolve(places.folder(Lane.SET_ASIDE)), ".bin");
    findMissing();
    files.sort(
        Comparator.comparing((WritingFile file) -> file.place.day())
            .thenComparing(file -> file.place.lane() != Lane.TAPE)
            .thenComparing(WritingFile::path));
    return summary();
  }

  private void visit(Lane lane, Path folder) throws IOException {
    TreeMap<String, boolean[]> found = new TreeMap<>();
    for (Path file : filesBelow(folder)) {
      String path = relative(file);
      if (path.endsWith(".tmp")) {
        disk.delete(file); // a copy that was not finished; what it was made from is still there
        touched = true;
      } else if (path.endsWith(".zst")) {
        found.computeIfAbsent(path.substring(0, path.length() - 4), k -> new boolean[2])[1] = true;
      } else {
        found.computeIfAbsent(path, k -> new boolean[2])[0] = true;
      }
    }
    for (var name : found.entrySet()) {
      Optional<Places.Place> place = places.parse(lane, name.getKey());
      if (place.isPresent()) {
        LocalDate day = place.get().day();
        lastDay = lastDay.filter(last -> !last.isBefore(day)).or(() -> Optional.of(day));
        look(place.get(), name.getValue()[0], name.getValue()[1]);
      }
    }
  }

  private List<Path> filesBelow(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path child : disk.list(folder)) {
      if (Files.isDirectory(child)) {
        files.addAll(disk.list(child));
      } else {
        files.add(child);
      }
    }
    return files;
  }

  private String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private void look(Places.Place place, boolean plain, boolean zst) throws IOException {
    if (place.lane().naming() == Lane.Naming.DAY
        && ledger.hasManifest(place.day())
        && !ledger.isRecent(place.day())) {
      return;
    }
    @Nullable ManifestEntry entry = ledger.entry(place.day(), place.path()).orElse(null);
    if (entry != null && entry.isSealed()) {
      if (plain && entry.stored().isPresent()) {
        finishUnlink(place, entry.stored().get(), zst);
      }
      return;
    }
    touched |= place.lane().naming() == Lane.Naming.SECOND || entry == null;
    if (plain && zst) {
      dropCopy(place);
    }
    if (plain) {
      resume(place, entry);
    } else {
      adopt(place);
    }
  }

  /** A seal was cut short after the manifest was written: only the unlink is missing. */
  private void finishUnlink(Places.Place place, ManifestEntry.Stored stored, boolean zst)
      throws IOException {
    Path compressed = root.resolve(stored.path());
    if (zst && Sha256.of(disk.read(compressed)).equals(stored.sha256())) {
      Path plain = root.resolve(place.path());
      disk.delete(plain);
      disk.forceDirectory(plain.getParent());
      findings.add(Finding.of("interrupted_seal", place.path(), "finished: plain file unlinked"));
    } else {
      findings.add(
          Finding.of("missing_file", stored.path(), "missing or damaged; plain file kept"));
    }
  }

  /** A seal was cut short before the manifest was written: it is done again from the plain file. */
  private void dropCopy(Places.Place place) throws IOException {
    Path copy = root.resolve(place.path() + ".zst");
    if (holdsTheSame(place, copy)) {
      disk.delete(copy);
      findings.add(Finding.of("interrupted_seal", place.path(), "to be done again"));
      return;
    }
    int n = 1;
    while (disk.exists(copy.resolveSibling(copy.getFileName() + ".damaged-" + n))) {
      n++;
    }
    disk.rename(copy, copy.resolveSibling(copy.getFileName() + ".damaged-" + n));
    disk.forceDirectory(copy.getParent());
    findings.add(
        Finding.of(
            "interrupted_seal",
            place.path(),
            "to be done again; the copy differs and is kept as .zst.damaged-" + n));
  }

  private boolean holdsTheSame(Places.Place place, Path copy) throws IOException {
    String plain = Sha256.of(disk.read(root.resolve(place.path())));
    try {
      return sealer.sha256Of(copy).equals(plain);
    } catch (IOException damaged) {
      return false;
    }
  }

  private void resume(Places.Place place, @Nullable ManifestEntry entry) throws IOException {
    TailScan.Found found;
    try {
      found = TailScan.scan(disk, root.resolve(place.path()), entry == null ? 0 : entry.bytes());
    } catch (IOException unreadable) {
      touched = true;
      findings.add(Finding.of("unreadable", place.path(), String.valueOf(unreadable.getMessage())));
      return;
    }
    if (entry != null && !entry.sha256().equals(found.prefixSha256()) && entry.bytes() > 0) {
      findings.add(
          Finding.of(
              "prefix_differs",
              place.path(),
              "the first %d bytes are not what the manifest says".formatted(entry.bytes())));
    }
    touched |= entry == null || entry.bytes() != found.bytes() + found.tornBytes();
    boolean segment = place.lane().naming() == Lane.Naming.SECOND;
    String aside = found.tornBytes() > 0 ? cut(place, found) : "";
    if (segment || !aside.isEmpty()) {
      findings.add(
          new Finding(
              segment ? "segment_recovered" : "torn_tail",
              place.path(),
              found.lines(),
              found.bytes(),
              found.tornBytes(),
              aside,
              "left unsealed by an earlier process"));
    }
    if (found.damagedLines() > 0) {
      findings.add(
          Finding.of(
              "damaged_lines",
              place.path(),
              "%d lines are no JSON, the first is line %d; left as they are"
                  .formatted(found.damagedLines(), found.firstDamaged())));
    }
    WritingFile file = WritingFile.found(place, found);
    file.closed = segment || (ledger.isDamaged(place.day()) && !now.isBefore(place.end()));
    files.add(file);
  }

  private String cut(Places.Place place, TailScan.Found found) throws IOException {
    TailCut.Cut cut = cutter.cut(place, found.bytes(), found.lines());
    cuts.add(cut);
    unlisted.add(cut.entry(now));
    return cut.keptIn();
  }

  /** Only the compressed file is there and no manifest names it: the manifest was lost. */
  private void adopt(Places.Place place) throws IOException {
    Path file = root.resolve(place.path() + ".zst");
    long lines = 0;
    long bytes = 0;
    LineFacts first = LineFacts.NONE;
    byte[] last = new byte[0];
    try (SegmentReader reader = SegmentReader.of(disk.read(file), true)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        last = line.get().bytes();
        first = lines == 0 ? LineFacts.of(last) : first;
        lines++;
        bytes = line.get().offset() + last.length + 1;
      }
      if (reader.damage().isPresent()) {
        findings.add(
            Finding.of("unlisted_file", place.path(), "damaged: " + reader.damage().get()));
        return;
      }
    }
    LineFacts end = LineFacts.of(last);
    unlisted.add(
        new ManifestEntry(
            place.path(),
            ManifestEntry.State.SEALED,
            bytes,
            lines,
            sealer.sha256Of(file),
            first.at().orElse(place.start()),
            end.at().orElse(place.start()),
            first.seq(),
            end.seq(),
            true,
            0,
            Optional.of(
                new ManifestEntry.Stored(
                    place.path() + ".zst", disk.size(file), Sha256.of(disk.read(file))))));
    findings.add(Finding.of("unlisted_file", place.path(), "listed anew"));
  }

  /** Files that are written as a whole; the newest may have come after the last manifest. */
  private void visitWhole(Path folder, String suffix) throws IOException {
    for (Path file : filesBelow(folder)) {
      String path = relative(file);
      Optional<LocalDate> day = Places.dayIn(path);
      if (path.endsWith(".tmp")) {
        disk.delete(file);
        continue;
      }
      boolean old = day.filter(d -> ledger.hasManifest(d) && !ledger.isRecent(d)).isPresent();
      if (!path.endsWith(suffix)
          || day.isEmpty()
          || old
          || ledger.entry(day.get(), path).isPresent()
          || unlisted.stream().anyMatch(entry -> entry.path().equals(path))) {
        continue;
      }
      touched = true;
      byte[] content = disk.read(file, 0, (int) disk.size(file));
      unlisted.add(ManifestEntry.whole(path, content, now));
      findings.add(Finding.of("unlisted_file", path, "listed anew"));
    }
  }

  private void findMissing() {
    for (ManifestEntry entry : ledger.recent()) {
      if (!entry.isSealed()
          && !disk.exists(root.resolve(entry.path()))
          && belongsHere(entry.path())) {
        findings.add(Finding.of("missing_file", entry.path(), "open in the manifest, not there"));
      }
    }
  }

  private boolean belongsHere(String path) {
    for (Lane lane : Lane.values()) {
      if (places.parse(lane, path).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private Recovery summary() throws IOException {
    long lastSeq = 0;
    @Nullable Instant lastHeardAt = null;
    @Nullable Instant lastSampleAt = null;
    String scalp = places.folder(Lane.SCALP) + "/";
    List<ManifestEntry> known = new ArrayList<>(ledger.recent());
    known.addAll(unlisted);
    for (WritingFile file : files) {
      known.add(file.entry(ManifestEntry.State.OPEN));
    }
    for (ManifestEntry entry : known) {
      if (entry.lastSeq() > lastSeq) {
        lastSeq = entry.lastSeq();
        lastHeardAt = entry.last();
      }
      if (entry.path().startsWith(scalp)
          && entry.lines() > 0
          && (lastSampleAt == null || entry.last().isAfter(lastSampleAt))) {
        lastSampleAt = entry.last();
      }
    }
    boolean endedWell = ledger.newest().map(newest -> newest.ended().isPresent()).orElse(!touched);
    return new Recovery(
        findings,
        endedWell && !touched && findings.isEmpty(),
        lastSession(),
        Optional.ofNullable(lastHeardAt),
        Optional.ofNullable(lastSampleAt),
        lastSeq,
        lastDay);
  }

  private Optional<String> lastSession() throws IOException {
    List<Path> events = new ArrayList<>(disk.list(root.resolve(places.folder(Lane.EVENTS))));
    for (int i = events.size() - 1; i >= 0; i--) {
      Optional<String> session = TailScan.last(disk, events.get(i)).session();
      if (session.isPresent()) {
        return session;
      }
    }
    return Optional.empty();
  }
}
