package io.stockobserver.archive;

import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks every file that a provider's manifests list, and looks for files that they do not. */
final class SealCheck {
  private final Disk disk = new LocalDisk();
  private final Path root;
  private final String provider;
  private final ChainCheck chain;
  private final Findings findings;
  private final Map<String, ManifestEntry> listed = new LinkedHashMap<>();

  SealCheck(Path root, String provider, ChainCheck chain, Findings findings) {
    this.root = root;
    this.provider = provider;
    this.chain = chain;
    this.findings = findings;
  }

  void check() {
    for (Manifest manifest : chain.manifests()) {
      manifest.files().forEach(entry -> listed.put(entry.path(), entry));
    }
    for (ManifestEntry entry : listed.values()) {
      if (findings.concerns(entry.path())) {
        try {
          check(entry);
        } catch (IOException | RuntimeException unreadable) {
          findings.problem(Problem.of(entry.path(), "unreadable", String.valueOf(unreadable)));
        }
      }
    }
    checkUnlisted();
  }

  private void check(ManifestEntry entry) throws IOException {
    String name = entry.stored().map(ManifestEntry.Stored::path).orElse(entry.path());
    Path file = root.resolve(name);
    if (!Files.isRegularFile(file)) {
      findings.problem(Problem.of(entry.path(), "missing", name + " is not there"));
      return;
    }
    if (entry.damagedLines() > 0) {
      findings.note(
          Problem.of(
              entry.path(), "damaged_lines", entry.damagedLines() + " lines that are no JSON"));
    }
    if (entry.isSealed()) {
      checkSealed(entry, file);
    } else {
      checkOpen(entry, file);
    }
  }

  private void checkSealed(ManifestEntry entry, Path file) throws IOException {
    findings.read(entry.bytes());
    if (entry.stored().isPresent()) {
      ManifestEntry.Stored stored = entry.stored().get();
      if (disk.size(file) != stored.bytes()
          || !Sha256.of(disk.read(file)).equals(stored.sha256())) {
        findings.problem(located(entry, file, "the compressed file was changed"));
        return;
      }
      if (!new Sealer(disk, root).sha256Of(file).equals(entry.sha256())) {
        findings.problem(located(entry, file, "the content is not what was written"));
      }
      return;
    }
    long size = disk.size(file);
    if (size != entry.bytes()) {
      findings.problem(
          located(entry, file, "%d bytes, sealed with %d".formatted(size, entry.bytes())));
    } else if (!Sha256.of(disk.read(file)).equals(entry.sha256())) {
      findings.problem(located(entry, file, "the content is not what was sealed"));
    }
  }

  private void checkOpen(ManifestEntry entry, Path file) throws IOException {
    TailScan.Found found = TailScan.scan(disk, file, entry.bytes());
    findings.read(found.bytes());
    if (found.bytes() < entry.bytes()) {
      findings.problem(
          located(
              entry,
              file,
              "%d whole bytes, the manifest vouches for %d"
                  .formatted(found.bytes(), entry.bytes())));
    } else if (entry.bytes() > 0 && !found.prefixSha256().equals(entry.sha256())) {
      findings.problem(located(entry, file, "its beginning is not what the manifest says"));
    }
    noteOpen(entry.path(), found);
  }

  private void noteOpen(String path, TailScan.Found found) {
    findings.note(Problem.of(path, "not_sealed", found.lines() + " lines, open"));
    if (found.tornBytes() > 0) {
      findings.note(
          new Problem(
              path,
              "torn",
              found.lines() + 1,
              found.bytes(),
              found.tornBytes() + " bytes behind the last whole line"));
    }
    if (found.damagedLines() > 0) {
      findings.note(
          new Problem(
              path, "damaged_lines", found.firstDamaged(), -1, found.damagedLines() + " lines"));
    }
  }

  /** Says where the damage is, when the lines show it. */
  private static Problem located(ManifestEntry entry, Path file, String what) {
    String path = entry.path();
    if (!path.endsWith(".jsonl")) {
      return Problem.of(path, "differs", what);
    }
    long number = 0;
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        number = line.get().number();
        if (!LineFacts.of(line.get().bytes()).valid()) {
          return new Problem(path, "differs", number, line.get().offset(), what);
        }
      }
      Optional<SegmentReader.Damage> damage = reader.damage();
      if (damage.isEmpty()) {
        return Problem.of(path, "differs", what);
      }
      SegmentReader.Damage at = damage.get();
      String told =
          "%s: %s (%d bytes at %d of the file cannot be read); %d of %d lines still can"
              .formatted(
                  what,
                  at.what(),
                  at.bytes(),
                  at.at(),
                  number + linesBehindDamage(reader),
                  entry.lines());
      return new Problem(path, "differs", at.line(), at.offset(), told);
    } catch (IOException | RuntimeException unreadable) {
      return Problem.of(path, "differs", what + ": " + unreadable.getMessage());
    }
  }

  private static long linesBehindDamage(SegmentReader reader) {
    long lines = 0;
    while (reader.skipDamage()) {
      while (reader.next().isPresent()) {
        lines++;
      }
    }
    return lines;
  }

  private void checkUnlisted() {
    TreeSet<String> there = new TreeSet<>();
    for (Lane lane : Lane.values()) {
      there.addAll(below(lane.folder() + "/" + provider));
    }
    there.addAll(below("universe/" + provider));
    for (String name : there) {
      String path = name.endsWith(".zst") ? Verification.strip(name) : name;
      if (!listed.containsKey(path) && findings.concerns(path)) {
        unlisted(name, path);
      }
    }
  }

  private List<String> below(String folder) {
    if (!Files.isDirectory(root.resolve(folder))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .toList();
    } catch (IOException | RuntimeException unreadable) {
      findings.problem(Problem.of(folder, "unreadable", String.valueOf(unreadable)));
      return List.of();
    }
  }

  private void unlisted(String name, String path) {
    Optional<LocalDate> day = Places.dayIn(path);
    boolean ours = path.endsWith(".jsonl") || path.endsWith(".bin") || path.endsWith(".json");
    boolean over =
        day.isPresent()
            && chain.newestDay().filter(newest -> day.get().isBefore(newest)).isPresent();
    if (ours && over) {
      findings.problem(
          Problem.of(name, "unlisted", "no manifest lists it, and that of its day is final"));
      return;
    }
    findings.note(Problem.of(name, ours ? "not_sealed" : "unlisted", "no manifest lists it yet"));
    if (name.endsWith(".jsonl")) {
      try {
        noteOpen(name, TailScan.scan(disk, root.resolve(name), 0));
      } catch (IOException | RuntimeException unreadable) {
        findings.problem(Problem.of(name, "unreadable", String.valueOf(unreadable)));
      }
    }
  }
}
