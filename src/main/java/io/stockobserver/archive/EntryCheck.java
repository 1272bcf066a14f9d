package io.stockobserver.archive;

import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks one file against the line that a manifest has of it. */
final class EntryCheck {
  private final Disk disk = new LocalDisk();
  private final Path root;
  private final ManifestEntry entry;
  private final Forgotten forgotten;
  private final Proofs proofs;
  private final Findings findings;

  EntryCheck(
      Path root, ManifestEntry entry, Forgotten forgotten, Proofs proofs, Findings findings) {
    this.root = root;
    this.entry = entry;
    this.forgotten = forgotten;
    this.proofs = proofs;
    this.findings = findings;
  }

  void check() {
    try {
      Path file = file();
      if (!Files.isRegularFile(file)) {
        if (!forgotten.excuses(entry)) {
          findings.problem(Problem.of(entry.path(), "missing", name(file) + " is not there"));
        }
        return;
      }
      if (entry.damagedLines() > 0) {
        findings.note(
            Problem.of(
                entry.path(), "damaged_lines", entry.damagedLines() + " lines that are no JSON"));
      }
      if (entry.isSealed()) {
        checkSealed(file);
      } else if (file.toString().endsWith(".zst")) {
        checkPrefix(file);
      } else {
        checkOpen(file);
      }
    } catch (IOException | RuntimeException unreadable) {
      findings.problem(Problem.of(entry.path(), "unreadable", String.valueOf(unreadable)));
    }
  }

  /** What should lie there; a plain file may be compressed by now, in a package or a backup. */
  private Path file() {
    if (entry.stored().isPresent()) {
      return root.resolve(entry.stored().get().path());
    }
    Path plain = root.resolve(entry.path());
    Path compressed = root.resolve(entry.path() + ".zst");
    return !Files.exists(plain) && Files.isRegularFile(compressed) ? compressed : plain;
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private void checkSealed(Path file) throws IOException {
    Proofs.Proof proof = proofs.of(file);
    findings.read(proof.bytes());
    if (entry.stored().isPresent()) {
      ManifestEntry.Stored stored = entry.stored().get();
      if (proof.storedBytes() != stored.bytes() || !proof.storedSha256().equals(stored.sha256())) {
        findings.problem(located(file, "the compressed file was changed"));
        return;
      }
      if (!proof.sha256().equals(entry.sha256())) {
        findings.problem(located(file, "the content is not what was written"));
      }
      return;
    }
    if (proof.bytes() != entry.bytes()) {
      findings.problem(
          located(file, "%d bytes, sealed with %d".formatted(proof.bytes(), entry.bytes())));
    } else if (!proof.sha256().equals(entry.sha256()) || !proof.trouble().isEmpty()) {
      findings.problem(located(file, "the content is not what was sealed"));
    }
  }

  /** Of a package, lines may have been open; what is compressed is not written on. */
  private void checkPrefix(Path file) throws IOException {
    Proofs.Proof proof = proofs.of(file, entry.bytes());
    findings.read(proof.bytes());
    if (!proof.trouble().isEmpty()) {
      findings.problem(located(file, "the compressed file was changed"));
    } else if (proof.bytes() < entry.bytes()) {
      findings.problem(located(file, tooShort(proof.bytes())));
    } else if (entry.bytes() > 0 && !proof.prefix().equals(entry.sha256())) {
      findings.problem(located(file, "its beginning is not what the manifest says"));
    } else {
      findings.note(Problem.of(entry.path(), "not_sealed", "it was open when this was made"));
    }
  }

  private void checkOpen(Path file) throws IOException {
    TailScan.Found found = TailScan.scan(disk, file, entry.bytes());
    findings.read(found.bytes());
    if (found.bytes() < entry.bytes()) {
      findings.problem(located(file, tooShort(found.bytes())));
    } else if (entry.bytes() > 0 && !found.prefixSha256().equals(entry.sha256())) {
      findings.problem(located(file, "its beginning is not what the manifest says"));
    }
    noteOpen(entry.path(), found, findings);
  }

  private String tooShort(long bytes) {
    return "%d whole bytes, the manifest vouches for %d".formatted(bytes, entry.bytes());
  }

  static void noteOpen(String path, TailScan.Found found, Findings findings) {
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

  private Problem located(Path file, String what) {
    return Located.problem(entry.path(), file, entry.lines(), what);
  }
}
