package io.stockobserver.retention;

import com.github.luben.zstd.ZstdInputStream;
import io.stockobserver.archive.Disk;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.evidence.Event;
import io.stockobserver.retention.RawFiles.Raw;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the raw files of one day: first reads every one of them and compares it with the proven
 * package, then tells it in an event, and only then unlinks. Whatever a crash leaves is gone on
 * with by the next call. Never touches manifests, events, universe, overflow, receipts and the
 * signed table of contents of each package.
 */
final class Forgetting {
  private final Path root;
  private final Disk disk;

  Forgetting(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
  }

  /** The first file that is not, byte for byte, what the package holds. */
  Optional<Obstacle> difference(List<Raw> files, PackageManifest proof) {
    Map<String, PackageFile> packaged = new HashMap<>();
    proof.files().forEach(file -> packaged.put(file.path(), file));
    for (Raw raw : files) {
      @Nullable PackageFile as = packaged.get(raw.path());
      try {
        if (as == null || (!raw.packaged() && !isThe(raw, as))) {
          return Optional.of(
              new Obstacle(
                  "changed",
                  raw.file().getFileName() + " does not hold what " + proof.id() + " does"));
        }
      } catch (IOException unreadable) {
        return Optional.of(new Obstacle("unreadable", raw.path() + ": " + unreadable));
      }
    }
    return Optional.empty();
  }

  private boolean isThe(Raw raw, PackageFile as) throws IOException {
    if (!raw.compressed()) {
      return Sha256.of(disk.read(raw.file())).equals(as.sha256());
    }
    return (as.compressed() && Sha256.of(disk.read(raw.file())).equals(as.storedSha256()))
        || Sha256.of(new ZstdInputStream(disk.read(raw.file()))).equals(as.sha256());
  }

  /** What is told before anything is unlinked. */
  static Event event(DayFacts facts, String sha256, Instant at) {
    return Event.of("retention_deleted", at)
        .with("day", facts.day().format(PackageId.DAY))
        .with("package", facts.proof().orElseThrow())
        .with("package_sha256", sha256)
        .with("receipt", facts.proving().orElseThrow().path())
        .with("files", facts.files())
        .with("bytes", facts.bytes());
  }

  /** Unlinks them, and the folders that are empty then. */
  void unlink(List<Raw> files) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (Raw raw : files) {
      disk.delete(raw.file());
      folders.add(raw.file().getParent());
    }
    for (Path folder : folders) {
      prune(folder);
    }
  }

  /** Takes a folder away that has become empty, and those above it, but no lane's and no day's. */
  private void prune(Path folder) throws IOException {
    disk.forceDirectory(folder);
    Path at = folder;
    while (root.relativize(at).getNameCount() > 3 && disk.list(at).isEmpty()) {
      disk.delete(at);
      at = at.getParent();
      disk.forceDirectory(at);
    }
  }
}
