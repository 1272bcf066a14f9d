package io.stockobserver.backup.drilling;

import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageSeal;
import io.stockobserver.archive.packages.PackageShelf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongConsumer;

/**
 * Reads a package of a backup back from the disk that it lies on, all of it or a share. It looks;
 * what follows from it (receipts, events) is {@link DrillRound}'. Not thread-safe.
 */
public final class Drill {
  private final Path root;
  private final LongConsumer progress;

  /**
   * Of a backup.
   *
   * @param progress is told the stored bytes that were read
   */
  public Drill(Path root, LongConsumer progress) {
    this.root = root;
    this.progress = progress;
  }

  /** Reads everything. */
  public Drilled all(PackageId id) throws IOException {
    return read(id, 1, 0);
  }

  /**
   * Reads a share of the files, one at least. The same seed means the same files.
   *
   * @param share of the files, above 0 and up to 1
   */
  public Drilled share(PackageId id, double share, long seed) throws IOException {
    return read(id, share, seed);
  }

  private Drilled read(PackageId id, double share, long seed) throws IOException {
    PackageShelf shelf = new PackageShelf(root);
    String sha256 = shelf.sha256(id);
    PackageManifest table;
    try {
      table = PackageSeal.read(root.resolve(id.folder()));
      if (!table.id().equals(id)) {
        throw new IOException("package.json is of " + table.id());
      }
    } catch (IOException damaged) {
      Damage what =
          new Damage(id.manifest(), "package", 0, -1, String.valueOf(damaged.getMessage()));
      return new Drilled(id, "", sha256, 0, seed, List.of(), 0, 0, false, List.of(what));
    }
    FromDisk disk = new FromDisk();
    FileDrill drill = new FileDrill(root, disk, progress);
    Map<String, Long> badLines = badLines(table);
    List<String> read = new ArrayList<>();
    List<Damage> damage = new ArrayList<>();
    long bytes = 0;
    long lines = 0;
    for (PackageFile file : chosen(table, share, seed)) {
      read.add(file.stored());
      Optional<Damage> found = drill.read(file, badLines.getOrDefault(file.path(), 0L));
      found.ifPresent(damage::add);
      bytes += found.isPresent() ? 0 : file.bytes();
      lines += found.isPresent() ? 0 : file.lines();
    }
    return new Drilled(
        id,
        table.market(),
        sha256,
        table.files().size(),
        seed,
        read,
        bytes,
        lines,
        disk.isDirect(),
        damage);
  }

  /** Which files a share is: those that come first when all are shuffled by the seed. */
  static List<PackageFile> chosen(PackageManifest table, double share, long seed) {
    List<PackageFile> all = new ArrayList<>(table.files());
    all.sort(Comparator.comparing(PackageFile::path));
    if (share >= 1) {
      return all;
    }
    Collections.shuffle(all, new Random(seed));
    int count = (int) Math.max(1, Math.ceil(share * all.size()));
    return all.subList(0, Math.min(count, all.size()));
  }

  /** Lines that were no JSON when they were sealed: the manifests know of them. */
  private Map<String, Long> badLines(PackageManifest table) {
    Map<String, Long> known = new HashMap<>();
    for (PackageFile file : table.files()) {
      if (file.path().startsWith("manifest/")) {
        try {
          Manifest.read(root.resolve(file.stored()))
              .files()
              .forEach(entry -> known.put(entry.path(), entry.damagedLines()));
        } catch (IOException damaged) {
          // Reading it back tells that.
        }
      }
    }
    return known;
  }
}
