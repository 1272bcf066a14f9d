package io.stockobserver.backup.packing;

import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Trees made by hand from what a server has, as docs/archive-format.md §10 tells. */
final class Copies {
  private static final List<String> OWN = List.of("package.json", "package.sig", "SUCCESS.marker");

  private Copies() {}

  /** All of a folder, every file by itself: links become files. */
  static Path whole(Path from, Path to) throws IOException {
    for (String name : Recorded.below(from)) {
      if (!name.equals("observer.lock")) {
        copy(from.resolve(name), to.resolve(name));
      }
    }
    return to;
  }

  /** What a backup has that fetched every package: the files in the tree, not with the package. */
  static Path backup(Path archive, Path to) throws IOException {
    PackageShelf shelf = new PackageShelf(archive);
    for (PackageId id : shelf.all()) {
      PackageManifest table = shelf.manifest(id);
      for (PackageFile file : table.files()) {
        copy(archive.resolve(id.folder()).resolve(file.stored()), to.resolve(file.stored()));
      }
      for (String own : OWN) {
        copy(archive.resolve(id.folder()).resolve(own), to.resolve(id.folder()).resolve(own));
      }
    }
    return to;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
