package io.stockobserver.archive;

import io.stockobserver.archive.PackageBook.Known;
import io.stockobserver.archive.Proofs.Proof;
import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.packages.PackageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks that what a package lists is there and is what it says, and that nothing else is: in its
 * folder, or in the tree of a backup, where a later version may have replaced what was open.
 */
final class PackageCheck {
  private final Path root;
  private final PackageBook book;
  private final Forgotten forgotten;
  private final Findings findings;

  PackageCheck(Path root, PackageBook book, Forgotten forgotten, Findings findings) {
    this.root = root;
    this.book = book;
    this.forgotten = forgotten;
    this.findings = findings;
  }

  /** Checks the packages of one day. */
  void check(LocalDate day, Proofs proofs, Crew crew) {
    List<Known> versions = book.of(day);
    for (Known known : versions) {
      boolean last = known.equals(versions.get(versions.size() - 1));
      try {
        check(known, last, proofs, crew);
      } catch (IOException unreadable) {
        findings.problem(
            Problem.of(known.path("package.json"), "unreadable", String.valueOf(unreadable)));
      }
    }
  }

  private void check(Known known, boolean last, Proofs proofs, Crew crew) throws IOException {
    // The archive's manifests name its files, too, and there they are excused one by one.
    boolean gone = !book.isOne() && forgotten.isForgotten(known.id());
    if (known.lean() && gone) {
      return;
    }
    String below = known.lean() ? "" : known.path("");
    List<Consumer<Findings>> checks = new ArrayList<>();
    Set<String> listed = new HashSet<>(PackageBook.OWN);
    for (PackageFile file : book.manifest(known).files()) {
      listed.add(file.stored());
      boolean replaced = known.lean() && !last && file.path().startsWith("manifest/");
      boolean excused = gone && !Files.exists(root.resolve(below + file.stored()));
      if (!replaced && !excused && findings.concerns(below + file.path())) {
        checks.add(into -> check(known, last, below, file, proofs, into));
      }
    }
    crew.all(checks, findings);
    if (!known.lean()) {
      lookForOthers(known, listed);
    }
  }

  private void check(
      Known known, boolean last, String below, PackageFile file, Proofs proofs, Findings into) {
    String path = below + file.path();
    try {
      Path stored = root.resolve(below + file.stored());
      Path plain = root.resolve(path);
      Path there = known.lean() && !Files.exists(stored) ? plain : stored;
      if (!Files.isRegularFile(there)) {
        into.problem(
            Problem.of(
                path, "missing", file.stored() + " is not there; " + known.id() + " lists it"));
        return;
      }
      boolean asStored = there.equals(stored);
      boolean grows = known.lean() && file.open();
      Proof proof = grows ? proofs.of(there, file.bytes()) : proofs.of(there);
      into.read(proof.bytes());
      boolean otherwise =
          asStored
              && (proof.storedBytes() != file.storedBytes()
                  || !proof.storedSha256().equals(file.storedSha256()));
      if (grows && proof.bytes() > file.bytes()) {
        if (!proof.prefix().equals(file.sha256())) {
          into.problem(
              located(path, there, file, "does not begin with what " + known.id() + " had"));
        }
      } else if (otherwise && !grows) {
        into.problem(located(path, there, file, length(proof, file, known)));
      } else if (!proof.sha256().equals(file.sha256()) || proof.bytes() != file.bytes()) {
        into.problem(located(path, there, file, "does not hold what " + known.id() + " lists"));
      } else if (otherwise && last) {
        storedOtherwise(path, known, into);
      }
    } catch (IOException | RuntimeException unreadable) {
      into.problem(Problem.of(path, "unreadable", String.valueOf(unreadable)));
    }
  }

  /** Its content holds. A later version's file may lie here, of a pull that was broken off. */
  private void storedOtherwise(String path, Known known, Findings into) {
    String what = "holds what " + known.id() + " lists, and is stored in other bytes; pull again";
    Problem problem = Problem.of(path, "differs", what);
    if (book.isBehind()) {
      into.note(problem);
    } else {
      into.problem(problem);
    }
  }

  private static String length(Proof proof, PackageFile file, Known known) {
    return proof.storedBytes() == file.storedBytes()
        ? "is not what " + known.id() + " lists"
        : "%d bytes, %s lists it with %d"
            .formatted(proof.storedBytes(), known.id(), file.storedBytes());
  }

  private static Problem located(String path, Path there, PackageFile file, String what) {
    return Located.problem(path, there, file.lines(), what);
  }

  private void lookForOthers(Known known, Set<String> listed) {
    Path folder = root.resolve(known.folder());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!listed.contains(name)) {
          findings.problem(
              Problem.of(
                  known.path(name), "unlisted", "is in the package's folder and not in its list"));
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      findings.problem(Problem.of(known.folder(), "unreadable", String.valueOf(unreadable)));
    }
  }
}
