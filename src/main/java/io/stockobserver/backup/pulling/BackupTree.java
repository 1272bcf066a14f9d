package io.stockobserver.backup.pulling;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageShelf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of a backup, with the tree of an archive (docs/archive-format.md §10). Nothing in it is
 * ever deleted: a file is replaced by one that begins with all of it, a damaged one and a manifest
 * that has a successor are moved aside. Thread-safe, as long as two never put the same file.
 */
public final class BackupTree {
  private static final String MANIFESTS = "manifest/";

  private final Path root;
  private final Disk disk;
  private final PackageShelf shelf;

  public BackupTree(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
    this.shelf = new PackageShelf(root);
  }

  /** What lies where a file belongs. */
  enum State {
    NOTHING,
    /** The very file. */
    GOOD,
    /** An earlier version's, whole: if the new one begins with it, it may be replaced. */
    EARLIER,
    /** What no package that is here knows. */
    DAMAGED
  }

  /**
   * What lies there.
   *
   * @param listing of the earlier version
   * @param version that it is of
   */
  record Found(State state, Optional<PackageFile> listing, Optional<PackageId> version) {
    static Found of(State state) {
      return new Found(state, Optional.empty(), Optional.empty());
    }

    /** An archive's manifest is no prefix of its successor: it is kept beside, and replaced. */
    boolean grows() {
      return state == State.EARLIER && !isManifest(listing.orElseThrow());
    }
  }

  private static boolean isManifest(PackageFile file) {
    return file.path().startsWith(MANIFESTS);
  }

  Path root() {
    return root;
  }

  Disk disk() {
    return disk;
  }

  public PackageShelf shelf() {
    return shelf;
  }

  public Path at(String path) {
    return root.resolve(path);
  }

  Path part(PackageFile file) {
    return root.resolve(file.stored() + ".part");
  }

  /** Looks, and reads what lies there to its end. */
  Found look(PackageId id, PackageFile wanted) throws PullException {
    Path there = at(wanted.stored());
    try {
      if (!disk.exists(there)) {
        return Found.of(State.NOTHING);
      }
      String sha256 = Sha256.of(disk.read(there));
      if (sha256.equals(wanted.storedSha256())) {
        return Found.of(State.GOOD);
      }
      for (PackageId version : shelf.all().descendingSet()) {
        if (version.provider().equals(id.provider()) && version.date().equals(id.date())) {
          Optional<PackageFile> listing =
              listed(version, wanted.stored()).filter(f -> f.storedSha256().equals(sha256));
          if (listing.isPresent()) {
            return new Found(State.EARLIER, listing, Optional.of(version));
          }
        }
      }
      return Found.of(State.DAMAGED);
    } catch (IOException unreadable) {
      throw PullException.target(there, unreadable);
    }
  }

  private Optional<PackageFile> listed(PackageId version, String stored) {
    try {
      return shelf.manifest(version).files().stream()
          .filter(file -> file.stored().equals(stored))
          .findFirst();
    } catch (IOException damaged) {
      return Optional.empty(); // it vouches for nothing
    }
  }

  /**
   * Puts a proven file in its place, durable once {@link #settle} was called.
   *
   * @param found what {@link #look} has found there
   */
  void put(PackageFile file, Found found, Folders folders) throws PullException {
    Path there = at(file.stored());
    try {
      if (found.state() == State.EARLIER && !found.grows()) {
        Path kept = at(found.version().orElseThrow().folder()).resolve(file.stored());
        disk.createDirectories(kept.getParent());
        disk.rename(there, kept);
        folders.add(kept.getParent());
      }
      disk.force(part(file));
      disk.rename(part(file), there);
      folders.add(there.getParent());
    } catch (IOException refused) {
      throw PullException.target(there, refused);
    }
  }

  /** Directories whose names are not durable yet. Thread-safe. */
  static final class Folders {
    private final Set<Path> all = ConcurrentHashMap.newKeySet();

    void add(Path folder) {
      all.add(folder);
    }
  }

  /** Makes the names in them durable. */
  void settle(Folders folders) throws PullException {
    for (Path folder : folders.all) {
      try {
        disk.forceDirectory(folder);
      } catch (IOException refused) {
        throw PullException.target(folder, refused);
      }
    }
  }

  /** Moves a file to {@code damaged/}, under a name that nothing has; gives that name. */
  public synchronized String aside(Path file) throws PullException {
    String path = root.relativize(file).toString().replace('\\', '/');
    try {
      int n = 1;
      while (disk.exists(at("damaged/" + path + "." + n))) {
        n++;
      }
      String kept = "damaged/" + path + "." + n;
      disk.createDirectories(at(kept).getParent());
      disk.rename(file, at(kept));
      disk.forceDirectory(at(kept).getParent());
      disk.forceDirectory(file.getParent());
      return kept;
    } catch (IOException refused) {
      throw PullException.target(file, refused);
    }
  }

  /** Empties what was on its way here and is rubbish. */
  void forget(Path part) throws PullException {
    try {
      disk.truncate(part, 0);
    } catch (IOException refused) {
      throw PullException.target(part, refused);
    }
  }

  /** Writes a small file, whole or not at all. */
  public void write(String path, byte[] content) throws PullException {
    try {
      disk.replace(at(path), content);
    } catch (IOException refused) {
      throw PullException.target(at(path), refused);
    }
  }

  /** A small file; empty when there is none. */
  Optional<byte[]> read(String path) throws PullException {
    Path file = at(path);
    if (!disk.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = disk.read(file)) {
      return Optional.of(in.readAllBytes());
    } catch (IOException unreadable) {
      throw PullException.target(file, unreadable);
    }
  }

  /** Whether each file of a package lies here with its length. */
  boolean hasAll(PackageManifest manifest) {
    for (PackageFile file : manifest.files()) {
      Path there = at(file.stored());
      try {
        if (!disk.exists(there) || disk.size(there) != file.storedBytes()) {
          return false;
        }
      } catch (IOException unreadable) {
        return false;
      }
    }
    return true;
  }
}
