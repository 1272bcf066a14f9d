package io.stockobserver.archive;

import io.stockobserver.archive.PackageBook.Known;
import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that a provider's packages follow one another without a hole, and that the newest is the
 * one that the head names.
 */
final class PackageLinks {
  private final Path root;
  private final String provider;
  private final String headPath;
  private final PackageBook book;
  private final List<Known> all;
  private final Findings findings;
  private final Map<String, Known> followers = new HashMap<>();

  private PackageLinks(Path root, String provider, PackageBook book, Findings findings) {
    this.root = root;
    this.provider = provider;
    this.headPath = PackageHead.path(provider);
    this.book = book;
    this.all = book.all();
    this.findings = findings;
  }

  static void check(Path root, String provider, PackageBook book, Findings findings) {
    PackageLinks chain = new PackageLinks(root, provider, book, findings);
    book.all().forEach(chain::link);
    chain.checkHead();
  }

  private void link(Known one) {
    String table = one.path("package.json");
    if (one.previous().isEmpty()) {
      if (all.stream().anyMatch(other -> other.createdAt().isBefore(one.createdAt()))) {
        findings.problem(Problem.of(table, "chain", "names no package before it, and there are"));
      }
      return;
    }
    Manifest.Link before = one.previous().get();
    Known other = followers.putIfAbsent(before.path(), one);
    if (other != null) {
      findings.problem(
          Problem.of(table, "chain", "follows " + before.path() + ", and so does " + other.id()));
    }
    Optional<Known> there =
        all.stream().filter(k -> k.path("package.json").equals(before.path())).findFirst();
    if (there.isEmpty()) {
      missing(one, before);
    } else if (!there.get().sha256().equals(before.sha256())) {
      findings.problem(
          Problem.of(before.path(), "chain", "is not what " + one.id() + " says it was"));
    }
  }

  /** A backup begins somewhere; and of a day that is not in its folder only the last version is. */
  private void missing(Known one, Manifest.Link before) {
    if (Files.exists(root.resolve(before.path()))) {
      return; // it is there, and what is wrong with it is told
    }
    boolean replaced = all.stream().anyMatch(k -> k.lean() && isLater(k.id(), before.path()));
    boolean begins =
        one.lean() && all.stream().noneMatch(k -> k.createdAt().isBefore(one.createdAt()));
    if (begins && !replaced) {
      findings.note(
          Problem.of(
              one.path("package.json"),
              "chain",
              "the packages begin here; the one before, " + before.path() + ", is elsewhere"));
    } else if (!replaced) {
      findings.problem(Problem.of(before.path(), "missing", one.id() + " follows it"));
    }
  }

  private static boolean isLater(PackageId one, String table) {
    String folder = "package/%s/".formatted(one).replaceFirst("[0-9]+/$", "");
    String version = table.startsWith(folder) ? table.substring(folder.length()) : "";
    return version.matches("[0-9]{1,6}/package\\.json")
        && Integer.parseInt(version.substring(0, version.indexOf('/'))) < one.version();
  }

  private void checkHead() {
    byte[] bytes;
    PackageHead head;
    try {
      bytes = Files.readAllBytes(root.resolve(headPath));
      head = PackageHead.parse(bytes);
    } catch (NoSuchFileException none) {
      List<SeenHeads.Seen> seen = SeenHeads.read(root, provider, findings);
      seen.forEach(this::check);
      if (seen.isEmpty()) {
        withoutHead();
      }
      return;
    } catch (IOException damaged) {
      findings.problem(Problem.of(headPath, "chain", String.valueOf(damaged.getMessage())));
      return;
    }
    if (findings.concerns(headPath)) {
      findings.read(bytes.length);
    }
    Optional<Known> named = all.stream().filter(k -> k.id().equals(head.id())).findFirst();
    if (!Arrays.equals(bytes, head.write()) || !PackageBook.isCanonical(head.signature())) {
      findings.problem(Problem.of(headPath, "differs", "was changed"));
    } else if (named.isEmpty()) {
      findings.problem(
          Problem.of(
              headPath,
              "chain",
              "names " + head.id() + " as the last package, which is not here or not whole"));
    } else if (!named.get().sha256().equals(head.sha256())) {
      findings.problem(
          Problem.of(
              headPath, "chain", head.id() + " is not the package that it says was made last"));
    } else if (!head.holds(named.get().key())) {
      findings.problem(Problem.of(headPath, "signature", "does not hold by the package's key"));
    } else {
      isLast(named.get(), headPath, "the next package sets it right");
    }
  }

  private void isLast(Known named, String path, String remedy) {
    Known behind = followers.get(named.path("package.json"));
    if (behind != null) {
      String what = "is behind: %s was made after %s; %s";
      findings.note(Problem.of(path, "chain", what.formatted(behind.id(), named.id(), remedy)));
    }
  }

  /** A backup hears of a package before it has it; what it was told is signed in any case. */
  private void check(SeenHeads.Seen seen) {
    PackageHead head = seen.head();
    String path = seen.path();
    Optional<Known> named = all.stream().filter(k -> k.id().equals(head.id())).findFirst();
    boolean holds = PackageBook.isCanonical(head.signature()) && head.holds(seen.key());
    if (!holds) {
      findings.problem(
          Problem.of(path, "signature", "the head of " + provider + " does not hold by its key"));
    } else if (named.isEmpty()) {
      book.behind();
      findings.note(
          Problem.of(path, "chain", head.id() + " is not here yet; the next pull fetches it"));
    } else if (!named.get().sha256().equals(head.sha256())) {
      findings.problem(
          Problem.of(path, "chain", head.id() + " is not the package that the server had made"));
    } else {
      isLast(named.get(), path, "the next pull sets it right");
    }
  }

  private void withoutHead() {
    if (all.isEmpty()) {
      return;
    }
    Problem problem =
        Problem.of(
            headPath,
            "missing",
            "nothing tells which package is the last, so that one could have been taken away");
    if (all.size() == 1 || all.stream().allMatch(Known::lean)) {
      findings.note(problem);
    } else {
      findings.problem(problem);
    }
  }
}
