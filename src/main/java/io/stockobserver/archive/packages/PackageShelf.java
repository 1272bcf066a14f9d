package io.stockobserver.archive.packages;

import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The packages and receipts below one root, an archive's or a backup's. Reads only; a package
 * without {@code SUCCESS.marker} is not there. Thread-safe: it holds nothing.
 */
public final class PackageShelf {
  /** The last file of a package to be written. */
  public static final String MARKER = "SUCCESS.marker";

  private final Path root;

  public PackageShelf(Path root) {
    this.root = root;
  }

  /** Every whole package, in order. */
  public NavigableSet<PackageId> all() throws IOException {
    NavigableSet<PackageId> found = new TreeSet<>();
    for (String provider : names("package")) {
      for (String day : names("package/" + provider)) {
        for (String version : names("package/" + provider + "/" + day)) {
          try {
            PackageId id = PackageId.parse(provider + "/" + day + "/" + version);
            if (Files.isRegularFile(root.resolve(id.folder()).resolve(MARKER))) {
              found.add(id);
            }
          } catch (IllegalArgumentException noPackage) {
            // Whatever else lies there is none.
          }
        }
      }
    }
    return found;
  }

  /**
   * A package's table of contents.
   *
   * @throws IOException when it is missing or damaged
   */
  public PackageManifest manifest(PackageId id) throws IOException {
    return PackageManifest.read(root.resolve(id.manifest()));
  }

  /** SHA-256 of a package's table of contents, which receipts name. */
  public String sha256(PackageId id) throws IOException {
    return Sha256.of(Files.readAllBytes(root.resolve(id.manifest())));
  }

  /**
   * Whether any file of a package lies in its folder: of a day that was forgotten only its table of
   * contents is left. In a backup the files lie in the tree, never here.
   */
  public boolean holdsFiles(PackageId id) throws IOException {
    return !PackageSeal.FILES.containsAll(names(id.folder()));
  }

  /** The receipts for a package that are whole; a damaged one counts for nothing. */
  public List<Receipt> receipts(PackageId id) throws IOException {
    List<Receipt> found = new ArrayList<>();
    for (String name : names(id.receipts())) {
      receipt(id, name).ifPresent(found::add);
    }
    return found;
  }

  /**
   * Whether a day is safe elsewhere: the last version of its package holds all of it, is signed and
   * whole, and somebody has fetched it and read every byte back. What is damaged proves nothing.
   */
  public boolean isProven(String provider, LocalDate day) throws IOException {
    Optional<PackageId> last =
        all().stream()
            .filter(id -> id.provider().equals(provider) && id.date().equals(day))
            .reduce((before, after) -> after);
    if (last.isEmpty()) {
      return false;
    }
    try {
      if (!PackageSeal.read(root.resolve(last.get().folder())).complete()) {
        return false;
      }
    } catch (IOException damaged) {
      return false;
    }
    String sha256 = sha256(last.get());
    List<Receipt> own =
        receipts(last.get()).stream().filter(r -> r.packageSha256().equals(sha256)).toList();
    return Receipt.proving(own).isPresent();
  }

  private Optional<Receipt> receipt(PackageId id, String name) throws IOException {
    if (!name.endsWith(".json")) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(root.resolve(id.receipts()).resolve(name));
    try {
      Receipt receipt = Receipt.parse(bytes);
      return Optional.of(receipt).filter(r -> r.id().equals(id) && r.path().endsWith("/" + name));
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(folder))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException nothing) {
      return List.of();
    }
  }
}
