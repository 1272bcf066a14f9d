package io.stockobserver.backup.serving;

import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packages of an archive as they are handed out: what each is, and which of its files may be
 * read. A package's table of contents is read once as long as it does not change. Thread-safe.
 */
final class PackageRack {
  private static final int KEPT = 4;

  private final Path root;
  private final PackageShelf shelf;
  private final Map<PackageId, Summary> summaries = new LinkedHashMap<>();
  private final Map<PackageId, Contents> contents =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PackageId, Contents> eldest) {
          return size() > KEPT;
        }
      };

  /** What the list tells of a package; {@code damage} is empty for a good one. */
  record Summary(
      String sha256, boolean complete, int files, long storedBytes, String key, String damage) {}

  /** What lies in a package, by its name there. */
  private record Contents(FileTime at, Map<String, PackageFile> files) {}

  /** A file that may be read, and its checksum. */
  record Held(Path file, long size, String sha256) {}

  PackageRack(Path root) {
    this.root = root;
    this.shelf = new PackageShelf(root);
  }

  PackageShelf shelf() {
    return shelf;
  }

  /** What a package is. */
  synchronized Summary summary(PackageId id) throws IOException {
    @Nullable Summary known = summaries.get(id);
    String sha256 = shelf.sha256(id);
    if (known == null || !known.sha256().equals(sha256)) {
      known = summarize(id, sha256);
      summaries.put(id, known);
    }
    return known;
  }

  private Summary summarize(PackageId id, String sha256) {
    try {
      PackageManifest all = shelf.manifest(id);
      return new Summary(
          sha256, all.complete(), all.files().size(), all.storedBytes(), all.key(), "");
    } catch (IOException damaged) {
      return new Summary(sha256, false, 0, 0, "", String.valueOf(damaged.getMessage()));
    }
  }

  /** Whether there is such a package, whole. */
  boolean has(PackageId id) {
    return Files.isRegularFile(root.resolve(id.folder()).resolve(PackageShelf.MARKER));
  }

  /**
   * A file of a package; empty when the package does not list it.
   *
   * @throws IOException when it is not what it should be, or leads out of the package
   */
  Optional<Held> file(PackageId id, String name) throws IOException {
    Path folder = root.resolve(id.folder());
    if (!has(id)) {
      return Optional.empty();
    }
    if (name.equals("package.json")
        || name.equals("package.sig")
        || name.equals(PackageShelf.MARKER)) {
      Path file = inside(folder, name);
      byte[] bytes = Files.readAllBytes(file);
      return Optional.of(new Held(file, bytes.length, Sha256.of(bytes)));
    }
    PackageFile listed = files(id).get(name);
    if (listed == null) {
      return Optional.empty();
    }
    Path file = inside(folder, name);
    if (Files.size(file) != listed.storedBytes()) {
      throw new IOException(id + "/" + name + " has another length than its package says");
    }
    return Optional.of(new Held(file, listed.storedBytes(), listed.storedSha256()));
  }

  private synchronized Map<String, PackageFile> files(PackageId id) throws IOException {
    FileTime at = Files.getLastModifiedTime(root.resolve(id.manifest()));
    Contents known = contents.get(id);
    if (known == null || !known.at().equals(at)) {
      Map<String, PackageFile> all = new LinkedHashMap<>();
      shelf.manifest(id).files().forEach(file -> all.put(file.stored(), file));
      known = new Contents(at, all);
      contents.put(id, known);
    }
    return known.files();
  }

  /** A link may lead anywhere: only what really lies in the package is given out. */
  private static Path inside(Path folder, String name) throws IOException {
    Path real = folder.resolve(name).toRealPath();
    if (!real.startsWith(folder.toRealPath()) || !Files.isRegularFile(real)) {
      throw new IOException(name + " leads out of its package");
    }
    return real;
  }
}
