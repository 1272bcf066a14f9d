package io.stockobserver.archive;

import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks every file that a provider's manifests list, and looks for files that they do not. Where a
 * manifest names a plain file, a compressed one with its content is as good.
 */
final class SealCheck {
  private final Disk disk = new LocalDisk();
  private final Path root;
  private final ChainCheck chain;
  private final Forgotten forgotten;
  private final Findings findings;

  /** Folders and files below which everything is of one day. */
  private final NavigableMap<LocalDate, List<Path>> there = new TreeMap<>();

  private final List<Path> ofNoDay = new ArrayList<>();

  SealCheck(Path root, String provider, ChainCheck chain, Forgotten forgotten, Findings findings) {
    this.root = root;
    this.chain = chain;
    this.forgotten = forgotten;
    this.findings = findings;
    for (Lane lane : Lane.values()) {
      look(root.resolve(lane.folder()).resolve(provider));
    }
    look(root.resolve("universe").resolve(provider));
  }

  private void look(Path folder) {
    try {
      for (Path child : disk.list(folder)) {
        Optional<LocalDate> day = Places.dayIn(child.getFileName().toString());
        if (day.isPresent()) {
          there.computeIfAbsent(day.get(), unseen -> new ArrayList<>()).add(child);
        } else if (Files.isDirectory(child)) {
          look(child);
        } else {
          ofNoDay.add(child);
        }
      }
    } catch (IOException unreadable) {
      findings.problem(Problem.of(path(folder), "unreadable", String.valueOf(unreadable)));
    }
  }

  private String path(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** The days of which there is a file. */
  NavigableSet<LocalDate> days() {
    return there.navigableKeySet();
  }

  /** Checks one day's files. */
  void check(LocalDate day, Proofs proofs, Crew crew) {
    Map<String, ManifestEntry> listed = new LinkedHashMap<>();
    for (Manifest manifest : chain.of(day)) {
      manifest.files().forEach(entry -> listed.put(entry.path(), entry));
    }
    List<Consumer<Findings>> checks = new ArrayList<>();
    for (ManifestEntry entry : listed.values()) {
      if (findings.concerns(entry.path())) {
        checks.add(into -> new EntryCheck(root, entry, forgotten, proofs, into).check());
      }
    }
    crew.all(checks, findings);
    TreeSet<String> names = new TreeSet<>();
    there.getOrDefault(day, List.of()).forEach(place -> names.addAll(below(place)));
    for (String name : names) {
      String path = name.endsWith(".zst") ? Verification.strip(name) : name;
      if (!findings.concerns(path)) {
        continue;
      }
      ManifestEntry entry = listed.get(path);
      if (entry == null) {
        unlisted(name, path, day);
      } else if (names.contains(path) && name.endsWith(".zst")) {
        twice(entry, name);
      }
    }
  }

  /** Looks at files whose names tell no day. */
  void checkTheRest() {
    for (Path file : ofNoDay) {
      String name = path(file);
      if (findings.concerns(name)) {
        findings.note(Problem.of(name, "unlisted", "no file of an archive has such a name"));
      }
    }
  }

  private List<String> below(Path place) {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).map(this::path).toList();
    } catch (IOException | RuntimeException unreadable) {
      findings.problem(Problem.of(path(place), "unreadable", String.valueOf(unreadable)));
      return List.of();
    }
  }

  /** Both forms of one file: an interrupted seal leaves that, and the next start ends it. */
  private void twice(ManifestEntry entry, String compressed) {
    boolean tape = entry.stored().isPresent();
    findings.note(
        Problem.of(
            tape ? entry.path() : compressed,
            "unlisted",
            tape
                ? "lies beside its compressed copy; the next start takes it away"
                : "lies beside the plain file, which is what was checked"));
  }

  private void unlisted(String name, String path, LocalDate day) {
    boolean ours = path.endsWith(".jsonl") || path.endsWith(".bin") || path.endsWith(".json");
    if (ours && chain.isFinal(day)) {
      findings.problem(
          Problem.of(name, "unlisted", "no manifest lists it, and that of its day is final"));
      return;
    }
    findings.note(Problem.of(name, ours ? "not_sealed" : "unlisted", "no manifest lists it yet"));
    if (name.endsWith(".jsonl")) {
      try {
        EntryCheck.noteOpen(name, TailScan.scan(disk, root.resolve(name), 0), findings);
      } catch (IOException | RuntimeException unreadable) {
        findings.problem(Problem.of(name, "unreadable", String.valueOf(unreadable)));
      }
    }
  }
}
