package io.stockobserver.archive;

import io.stockobserver.archive.Content.Broken;
import io.stockobserver.archive.Content.Piece;
import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Means;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.Verification.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says of a file that lies in no archive what it tells itself: whether it is packed as it is
 * called, whole to its last byte, and made of lines or of JSON. That nothing of it is missing at a
 * seam only a manifest can tell.
 */
final class LooseFile {
  private final Path file;
  private final String path;
  private final Means means;
  private final Findings findings = new Findings(any -> true);
  private long size;

  private LooseFile(Path file, Means means) {
    this.file = file;
    this.path = file.toString();
    this.means = means;
  }

  static Report check(Path file, Means means) {
    LooseFile loose = new LooseFile(file, means);
    try {
      loose.check();
    } catch (IOException | RuntimeException unreadable) {
      loose.findings.problem(
          Problem.of(loose.path, "unreadable", String.valueOf(unreadable.getMessage())));
    }
    return loose.findings.report();
  }

  private void check() throws IOException {
    size = Files.size(file);
    if (size == 0) {
      findings.problem(new Problem(path, "damaged", 0, 0, "is empty"));
      return;
    }
    Packing packing = Packing.of(file);
    Optional<Packing> named = Packing.named(file);
    if (named.isPresent() && named.get() != packing) {
      findings.problem(
          Problem.of(
              path,
              "wrong_name",
              "is called as if it held %s and begins like %s"
                  .formatted(named.get().word, packing.word)));
    }
    String inside = packing.inside(file);
    if (inside.endsWith(".jsonl")) {
      lines(packing);
    } else if (packing != Packing.PLAIN) {
      bytes(packing);
    } else if (inside.endsWith(".json") || LooseJson.isOurs(inside)) {
      findings.read(size);
      LooseJson.check(file, path, means, findings);
    } else {
      findings.read(size);
      findings.note(Problem.of(path, "unproven", "nothing in it tells whether it is whole"));
    }
  }

  private Joined open(Packing packing) throws IOException {
    InputStream source = Files.newInputStream(file);
    return new Joined(
        packing.open(
            new java.io.FilterInputStream(source) {
              @Override
              public int read(byte[] into, int from, int count) throws IOException {
                int n = in.read(into, from, count);
                means.read().accept(Math.max(0, n));
                return n;
              }
            }),
        packing == Packing.ZSTD);
  }

  private void lines(Packing packing) throws IOException {
    long lines = 0;
    long bytes = 0;
    long seq = 0;
    Joined content = open(packing);
    try (SegmentReader reader = SegmentReader.of(content)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        SegmentReader.Line line = next.get();
        LineFacts facts = LineFacts.of(line.bytes());
        if (!facts.valid()) {
          tell(line, "is no JSON object");
        } else if (facts.seq() > 0 && seq > 0 && facts.seq() != seq + 1) {
          tell(
              line,
              "has seq %d behind %d: lines are missing, or of another file"
                  .formatted(facts.seq(), seq));
        }
        seq = facts.seq();
        lines = line.number();
        bytes = line.offset() + line.bytes().length + 1;
      }
      findings.read(bytes);
      reader.damage().ifPresent(damage -> damaged(reader, damage));
    }
    joint(content);
    findings.note(
        Problem.of(
            path,
            "unproven",
            "%d lines can be read; only a manifest tells whether these are all".formatted(lines)));
  }

  private void joint(Joined content) {
    if (content.joint() >= 0) {
      findings.problem(
          Problem.of(
              path, "trailing", "%s, at byte %d".formatted(content.what(), content.joint())));
    }
  }

  private void tell(SegmentReader.Line line, String what) {
    findings.problem(new Problem(path, "damaged", line.number(), line.offset(), "line " + what));
  }

  private void damaged(SegmentReader reader, SegmentReader.Damage damage) {
    long later = Located.linesBehindDamage(reader);
    String what =
        damage.bytes() == 0
            ? "ends at byte %d of the file: %s".formatted(damage.at(), damage.what())
            : "%d bytes at %d of the file cannot be read: %s"
                .formatted(damage.bytes(), damage.at(), damage.what());
    findings.problem(
        new Problem(
            path,
            "damaged",
            damage.line(),
            damage.offset(),
            what + (later > 0 ? "; %d lines behind it can be read".formatted(later) : "")));
  }

  /** What holds no lines, or none that we know. */
  private void bytes(Packing packing) throws IOException {
    long bytes = 0;
    try (Joined content = open(packing)) {
      for (var next = content.next(); next.isPresent(); next = content.next()) {
        Piece piece = next.get();
        bytes += piece.size();
        Broken broken = piece.broken();
        if (broken != null) {
          findings.problem(
              new Problem(
                  path,
                  "damaged",
                  0,
                  bytes,
                  "%d bytes at %d of the file cannot be read: %s"
                      .formatted(broken.bytes(), broken.at(), broken.what())));
          break;
        }
      }
    }
    findings.read(bytes);
    findings.note(Problem.of(path, "unproven", "holds %d bytes that can be read".formatted(bytes)));
  }
}
