package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Means;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageMarker;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.PackageSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A provider's packages below a root, or the one package whose folder the root is: which there are,
 * whether marker, table of contents and signature hold, and whether the files are with them.
 * Remembers of each a line, not its files.
 */
final class PackageBook {
  /** What a package's folder has besides the files that it lists. */
  static final List<String> OWN =
      List.of("package.json", PackageSignature.FILE, PackageShelf.MARKER);

  private final Path root;
  private final Means means;
  private final Findings findings;
  private final List<Known> all = new ArrayList<>();
  private boolean here;
  private boolean behind;
  private int unpinned;

  private PackageBook(Path root, Means means, Findings findings) {
    this.root = root;
    this.means = means;
    this.findings = findings;
  }

  /**
   * A package whose marker is there.
   *
   * @param folder below the root; empty when the root is the folder
   * @param sha256 of its table of contents
   * @param lean whether none of its files is in its folder: so on a backup, and once forgotten
   * @param sound whether marker, table of contents and signature hold
   */
  record Known(
      PackageId id,
      String folder,
      String sha256,
      Optional<Manifest.Link> previous,
      Instant createdAt,
      boolean complete,
      String key,
      boolean lean,
      boolean sound) {
    /** A file of the folder, below the root. */
    String path(String name) {
      return folder.isEmpty() ? name : folder + "/" + name;
    }
  }

  static PackageBook read(Path root, String provider, Means means, Findings findings) {
    PackageBook book = new PackageBook(root, means, findings);
    if (Files.isRegularFile(root.resolve("package.json"))) {
      book.here = true;
      book.read(Optional.empty(), "");
    } else {
      book.readAll("package/" + provider);
      PackageLinks.check(root, provider, book, findings);
    }
    if (book.unpinned > 0) {
      String where = book.here ? "package.json" : "package/" + provider;
      findings.note(
          Problem.of(
              where,
              "signature",
              "holds by the key that "
                  + (book.unpinned == 1
                      ? "the package names itself"
                      : "the packages name themselves")
                  + "; whose that is only the server's own can tell: --key package.key.pub"));
    }
    return book;
  }

  /** Every package, in the order of days and versions. */
  List<Known> all() {
    return all;
  }

  List<Known> of(LocalDate day) {
    return all.stream().filter(known -> known.id().date().equals(day)).toList();
  }

  Optional<Known> find(PackageId id) {
    return all.stream().filter(known -> known.id().equals(id)).findFirst();
  }

  NavigableSet<LocalDate> days() {
    NavigableSet<LocalDate> days = new TreeSet<>();
    all.forEach(known -> days.add(known.id().date()));
    return days;
  }

  /** Whether the root is the folder of a package. */
  boolean isOne() {
    return here;
  }

  /** Whether a server has told of a package that is not here yet. */
  boolean isBehind() {
    return behind;
  }

  void behind() {
    behind = true;
  }

  /** A package's table of contents. */
  PackageManifest manifest(Known known) throws IOException {
    return PackageManifest.read(root.resolve(known.path("package.json")));
  }

  /** Who vouches for a manifest whose predecessor is elsewhere, in words; empty for nobody. */
  Optional<String> voucher(LocalDate day, String path, String sha256, Forgotten forgotten) {
    for (Known known : of(day)) {
      try {
        boolean elsewhere = here || (known.lean() && !forgotten.isForgotten(known.id()));
        if (known.sound()
            && elsewhere
            && manifest(known).files().stream()
                .anyMatch(file -> file.path().equals(path) && file.sha256().equals(sha256))) {
          return Optional.of("as package " + known.id() + " vouches");
        }
      } catch (IOException told) {
        // It was whole a moment ago; then nobody vouches.
      }
    }
    return Optional.empty();
  }

  private void readAll(String base) {
    Disk disk = new LocalDisk();
    try {
      for (Path day : disk.list(root.resolve(base))) {
        String name = base + "/" + day.getFileName();
        if (Files.isDirectory(day)) {
          for (Path version : disk.list(day)) {
            readOne(name + "/" + version.getFileName(), version);
          }
        } else if (!name.endsWith("/head.json")) {
          findings.note(Problem.of(name, "unlisted", "belongs to no package"));
        }
      }
    } catch (IOException unreadable) {
      findings.problem(Problem.of(base, "unreadable", String.valueOf(unreadable)));
    }
  }

  private void readOne(String folder, Path version) {
    Optional<PackageId> id = Optional.empty();
    try {
      id = Optional.of(PackageId.parse(folder.substring("package/".length())));
    } catch (IllegalArgumentException none) {
      findings.note(Problem.of(folder, "unlisted", "belongs to no package"));
    }
    if (id.isPresent() && Files.isDirectory(version)) {
      if (Files.exists(version.resolve(PackageShelf.MARKER))) {
        read(id, folder);
      } else {
        findings.note(
            Problem.of(
                folder,
                "package",
                "has no SUCCESS.marker: an attempt that was broken off; the next one clears it away"));
      }
    }
  }

  /** Reads a package; tells what is wrong with its own three files. */
  private void read(Optional<PackageId> expected, String folder) {
    String before = folder.isEmpty() ? "" : folder + "/";
    byte[] bytes;
    PackageManifest manifest;
    try {
      bytes = Files.readAllBytes(root.resolve(before + "package.json"));
      manifest = PackageManifest.parse(bytes);
    } catch (NoSuchFileException missing) {
      findings.problem(
          Problem.of(before + "package.json", "missing", "the package has a SUCCESS.marker"));
      return;
    } catch (IOException damaged) {
      findings.problem(
          Problem.of(
              before + "package.json",
              "package",
              CheckLine.trouble(root.resolve(before + "package.json"), damaged)));
      return;
    }
    if (findings.concerns(before + "package.json")) {
      findings.read(bytes.length);
    }
    if (expected.isPresent() && !manifest.id().equals(expected.get())) {
      findings.problem(
          Problem.of(before + "package.json", "package", "says that it is " + manifest.id()));
      return;
    }
    String sha256 = Sha256.of(bytes);
    boolean marked = marker(before, manifest, sha256);
    boolean signed = signature(before, bytes, manifest.key());
    all.add(
        new Known(
            manifest.id(),
            folder,
            sha256,
            manifest.previous(),
            manifest.createdAt(),
            manifest.complete(),
            manifest.key(),
            !here && isLean(root.resolve(folder)),
            marked && signed));
  }

  private static boolean isLean(Path folder) {
    try {
      return new LocalDisk().list(folder).stream().noneMatch(Files::isDirectory);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private boolean marker(String before, PackageManifest manifest, String sha256) {
    String path = before + PackageShelf.MARKER;
    byte[] due =
        new PackageMarker(manifest.id(), sha256, manifest.files().size(), manifest.storedBytes())
            .write();
    try {
      byte[] there = Files.readAllBytes(root.resolve(path));
      if (Arrays.equals(there, due)) {
        return true;
      }
      int at = Arrays.mismatch(there, due);
      findings.problem(
          new Problem(path, "differs", 0, at, "does not say what package.json beside it says"));
    } catch (NoSuchFileException missing) {
      findings.problem(Problem.of(path, "missing", "the package was never finished"));
    } catch (IOException unreadable) {
      findings.problem(Problem.of(path, "unreadable", String.valueOf(unreadable)));
    }
    return false;
  }

  private boolean signature(String before, byte[] signed, String named) {
    String path = before + PackageSignature.FILE;
    try {
      String text = new String(Files.readAllBytes(root.resolve(path)), US_ASCII);
      boolean line = text.endsWith("\n") && isCanonical(text.substring(0, text.length() - 1));
      if (!line) {
        findings.problem(Problem.of(path, "signature", "is no Base64 on one line"));
      } else if (!PackageSignature.holds(signed, text, named)) {
        findings.problem(
            Problem.of(
                path, "signature", "does not hold for package.json and the key named there"));
      } else if (means.only() && !isKnown(named)) {
        findings.problem(
            Problem.of(path, "signature", "holds, but by another key than this server's"));
      } else {
        unpinned += isKnown(named) ? 0 : 1;
        return true;
      }
    } catch (NoSuchFileException missing) {
      findings.problem(Problem.of(path, "missing", "the package is not signed"));
    } catch (IOException unreadable) {
      findings.problem(Problem.of(path, "unreadable", String.valueOf(unreadable)));
    }
    return false;
  }

  private boolean isKnown(String named) {
    return means.key().filter(named::equals).isPresent();
  }

  /** Base64 has several ways to write the same bytes; only one of them is ours. */
  static boolean isCanonical(String text) {
    try {
      return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)).equals(text);
    } catch (IllegalArgumentException none) {
      return false;
    }
  }
}
