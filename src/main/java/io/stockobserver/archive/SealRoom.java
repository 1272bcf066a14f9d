package io.stockobserver.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals day by day, oldest first, so that a day's manifest is begun only when the day before it is
 * complete. One sealing at a time; the archive's lock is held only to look.
 */
final class SealRoom {
  private static final Logger LOG = LoggerFactory.getLogger(SealRoom.class);

  /** How many files are sealed before the manifest is written. */
  private static final int AT_ONCE = 8;

  private final Disk disk;
  private final Path root;
  private final Ledger ledger;
  private final Rotation rotation;
  private final Sealer sealer;
  private final Object lock;
  private final Object sealing = new Object();
  private final List<Kept> kept = new ArrayList<>();
  private String trouble = "";

  SealRoom(Disk disk, Path root, Ledger ledger, Rotation rotation, Object lock) {
    this.disk = disk;
    this.root = root;
    this.ledger = ledger;
    this.rotation = rotation;
    this.sealer = new Sealer(disk, root);
    this.lock = lock;
  }

  private record Kept(LocalDate day, ManifestEntry entry) {}

  /** What one day has to list. */
  private record Day(List<WritingFile> ready, List<Kept> kept) {
    /** A few files at a time, so that a process that dies often still gets on. */
    List<Day> inParts() {
      List<Day> parts = new ArrayList<>();
      for (int from = 0; from < ready.size() || from == 0; from += AT_ONCE) {
        int to = Math.min(ready.size(), from + AT_ONCE);
        parts.add(new Day(ready.subList(from, to), from == 0 ? kept : List.of()));
      }
      return parts;
    }
  }

  /** A whole file that is durable already, to be listed if it is not. */
  void keep(LocalDate day, ManifestEntry entry) throws IOException {
    boolean listed = ledger.entry(day, entry.path()).isPresent();
    synchronized (lock) {
      if (!listed && kept.stream().noneMatch(next -> next.entry().path().equals(entry.path()))) {
        kept.add(new Kept(day, entry));
      }
    }
  }

  Optional<String> trouble() {
    synchronized (lock) {
      return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }
  }

  List<Sealed> seal() {
    synchronized (sealing) {
      List<Sealed> sealed = new ArrayList<>();
      say("");
      for (var day : work().entrySet()) {
        boolean all = true;
        for (Day some : day.getValue().inParts()) {
          all &= sealDay(day.getKey(), some, sealed);
        }
        if (!all) {
          break; // a later day's manifest would make this one's final
        }
      }
      return sealed;
    }
  }

  private void say(String what) {
    if (!what.isEmpty()) {
      LOG.warn("seal: {}", what);
    }
    synchronized (lock) {
      trouble = what;
    }
  }

  private NavigableMap<LocalDate, Day> work() {
    NavigableMap<LocalDate, Day> days = new TreeMap<>();
    synchronized (lock) {
      Optional<LocalDate> waiting = Optional.empty();
      for (WritingFile file : rotation.files()) {
        LocalDate day = file.place.day();
        if (file.closed && file.drained()) {
          day(days, day).ready().add(file);
        } else if (waiting.isEmpty() || day.isBefore(waiting.get())) {
          waiting = Optional.of(day);
        }
      }
      kept.forEach(next -> day(days, next.day()).kept().add(next));
      // Days behind one that still has files to seal wait for it.
      waiting.ifPresent(day -> days.tailMap(day, false).clear());
    }
    return days;
  }

  private static Day day(NavigableMap<LocalDate, Day> days, LocalDate day) {
    return days.computeIfAbsent(day, unseen -> new Day(new ArrayList<>(), new ArrayList<>()));
  }

  private boolean sealDay(LocalDate day, Day work, List<Sealed> sealed) {
    List<ManifestEntry> entries = new ArrayList<>();
    List<WritingFile> done = new ArrayList<>();
    List<Sealed> results = new ArrayList<>();
    boolean all = true;
    for (WritingFile file : work.ready()) {
      try {
        if (file.bytes == 0) {
          dropEmpty(file);
          continue;
        }
        Sealer.Proof proof = sealer.seal(file);
        if (!proof.damage().isEmpty()) {
          say(file.path() + " is damaged: " + proof.damage());
        }
        entries.add(proof.entry());
        done.add(file);
        results.add(sealed(file, proof));
      } catch (IOException why) {
        say(file.path() + ": " + why);
        all = false;
      }
    }
    work.kept().forEach(next -> entries.add(next.entry()));
    if (entries.isEmpty()) {
      return all;
    }
    try {
      if (!ledger.isFinal(day)) {
        entries.addAll(openPrefixes(day));
      }
      ledger.list(day, entries, Optional.empty());
    } catch (IOException why) {
      say(Manifest.path("*", day, 1) + ": " + why);
      return false;
    }
    synchronized (lock) {
      done.forEach(rotation::forget);
      kept.removeAll(work.kept());
    }
    sealed.addAll(results);
    return unlink(done, entries) && all;
  }

  private boolean unlink(List<WritingFile> done, List<ManifestEntry> entries) {
    boolean all = true;
    for (int i = 0; i < done.size(); i++) {
      try {
        done.get(i).release();
        if (entries.get(i).stored().isPresent()) {
          Path plain = root.resolve(done.get(i).path());
          disk.delete(plain);
          disk.forceDirectory(plain.getParent());
        }
      } catch (IOException why) {
        say(done.get(i).path() + ": " + why); // the next start unlinks it
        all = false;
      }
    }
    return all;
  }

  private static Sealed sealed(WritingFile file, Sealer.Proof proof) {
    ManifestEntry entry = proof.entry();
    return new Sealed(
        file.place.lane(),
        entry.path(),
        entry.bytes(),
        entry.lines(),
        entry.sha256(),
        entry.first(),
        entry.last(),
        entry.recovered(),
        proof.damage());
  }

  /** A file whose only batch never got in, or of which a crash left no whole line. */
  private void dropEmpty(WritingFile file) throws IOException {
    file.release();
    if (file.created) {
      Path plain = root.resolve(file.path());
      disk.delete(plain);
      disk.forceDirectory(plain.getParent());
    }
    synchronized (lock) {
      rotation.forget(file);
    }
  }

  /** How far the open files of a day go, as forced. */
  private List<ManifestEntry> openPrefixes(LocalDate day) throws IOException {
    List<WritingFile> files = new ArrayList<>();
    List<ManifestEntry> prefixes = new ArrayList<>();
    synchronized (lock) {
      for (WritingFile file : rotation.files()) {
        if (file.place.day().equals(day)
            && file.place.lane().naming() != Lane.Naming.SECOND
            && !file.closed
            && file.bytes > 0) {
          files.add(file);
          prefixes.add(file.entry(ManifestEntry.State.OPEN));
        }
      }
    }
    for (WritingFile file : files) {
      file.force();
    }
    return prefixes;
  }

  /**
   * Seals what it can and records the open files. A segment of a later day than one that is still
   * open (a clock that stepped back) is left to the next start, and the end is not called clean.
   * What is open of a day whose manifest is final already (a clock that was ahead for a while)
   * cannot be recorded there as open, and is sealed.
   *
   * @param clean whether an end without anything left is called clean
   */
  void close(Instant now, boolean clean) {
    synchronized (sealing) {
      synchronized (lock) {
        rotation.closeDays(ledger::isFinal);
      }
      seal();
      String left = left();
      try {
        recordOpen(clean && left.isEmpty() && !isBehind() ? Optional.of(now) : Optional.empty());
        for (WritingFile file : rotation.files()) {
          file.release();
        }
      } catch (IOException why) {
        throw new ArchiveException("the archive did not end cleanly: " + why.getMessage(), why);
      }
      if (!left.isEmpty()) {
        throw new ArchiveException("the archive did not end cleanly: " + left);
      }
    }
  }

  /** Begins a day's manifest, unless files of an earlier day still have to be sealed. */
  void begin(LocalDate day) throws IOException {
    synchronized (sealing) {
      synchronized (lock) {
        boolean waiting =
            rotation.files().stream().anyMatch(file -> file.place.day().isBefore(day))
                || kept.stream().anyMatch(next -> next.day().isBefore(day));
        if (waiting) {
          return;
        }
      }
      if (ledger.newestDay().filter(day::isAfter).isPresent()) {
        ledger.list(day, List.of(), Optional.empty());
      }
    }
  }

  private String left() {
    synchronized (lock) {
      for (WritingFile file : rotation.files()) {
        if (!file.drained()) {
          return "%d lines for %s were never written".formatted(file.waitingLines(), file.path());
        }
      }
      return trouble;
    }
  }

  private boolean isBehind() {
    synchronized (lock) {
      return !kept.isEmpty() || rotation.files().stream().anyMatch(file -> file.closed);
    }
  }

  private void recordOpen(Optional<Instant> ended) throws IOException {
    NavigableSet<LocalDate> days = new TreeSet<>();
    Set<LocalDate> unsealed = new HashSet<>();
    synchronized (lock) {
      rotation.files().forEach(file -> unsealed.add(file.place.day()));
    }
    days.addAll(unsealed);
    Optional<LocalDate> newest = ledger.newestDay();
    newest.ifPresent(days::add);
    for (LocalDate day : days) {
      List<ManifestEntry> prefixes = openPrefixes(day);
      boolean listed = newest.filter(day::equals).isPresent();
      if (!ledger.isFinal(day)) {
        if (listed || !prefixes.isEmpty()) {
          ledger.list(day, prefixes, day.equals(days.last()) ? ended : Optional.empty());
        }
        if (unsealed.contains(day)) {
          return; // a later day's manifest would make this one's final
        }
      }
    }
  }
}
