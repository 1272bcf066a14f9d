package io.stockobserver.backup.drilling;

import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageSeal;
import io.stockobserver.archive.packages.PackageShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a day is brought back from: a backup's tree, an archive that has packages, or a package's
 * folder alone. Reads only.
 */
public final class RestoreSource {
  private final Path root;
  private final Path folder;
  private final PackageManifest table;

  private RestoreSource(Path root, Path folder, PackageManifest table) {
    this.root = root;
    this.folder = folder;
    this.table = table;
  }

  /**
   * The newest package of a day, of each provider.
   *
   * @param from a tree, an archive or a package's folder
   * @throws IOException where a table of contents or its signature does not hold
   */
  public static List<RestoreSource> of(Path from, LocalDate day) throws IOException {
    List<RestoreSource> found = new ArrayList<>();
    if (Files.isRegularFile(from.resolve("package.json"))) {
      PackageManifest table = PackageSeal.read(from);
      if (table.id().date().equals(day)) {
        found.add(new RestoreSource(from, from, table));
      }
      return found;
    }
    Map<String, PackageId> newest = new TreeMap<>();
    for (PackageId id : new PackageShelf(from).all()) {
      if (id.date().equals(day)) {
        newest.put(id.provider(), id);
      }
    }
    for (PackageId id : newest.values()) {
      Path folder = from.resolve(id.folder());
      try {
        found.add(new RestoreSource(from, folder, PackageSeal.read(folder)));
      } catch (IOException damaged) {
        throw new IOException(folder + ": " + damaged.getMessage(), damaged);
      }
    }
    return found;
  }

  /** What the day had. */
  public PackageManifest table() {
    return table;
  }

  /** Where a file may lie as it is stored: in the tree, or in the package's own folder. */
  Optional<Path> stored(PackageFile file) {
    for (Path base : List.of(root, folder)) {
      Path there = base.resolve(file.stored());
      if (Files.isRegularFile(there)) {
        return Optional.of(there);
      }
    }
    return Optional.empty();
  }

  /** The package's own three files, and the receipts for it that lie here. */
  Map<String, Path> papers() throws IOException {
    Map<String, Path> papers = new TreeMap<>();
    for (String name : PackageSeal.FILES) {
      papers.put(table.id().folder() + "/" + name, folder.resolve(name));
    }
    for (var receipt : new PackageShelf(root).receipts(table.id())) {
      papers.put(receipt.path(), root.resolve(receipt.path()));
    }
    return papers;
  }
}
