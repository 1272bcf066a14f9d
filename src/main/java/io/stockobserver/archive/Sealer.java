package io.stockobserver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Seals one closed file: forces it, proves from the disk that it holds what was written, compresses
 * a tape. Holds no lock: appends to other files go on meanwhile. What it replaces is unlinked by
 * its caller, after the manifest is durable.
 */
final class Sealer {
  private final Disk disk;
  private final Path root;

  Sealer(Disk disk, Path root) {
    this.disk = disk;
    this.root = root;
  }

  /**
   * What the manifest is to say, and in words what is wrong with the file.
   *
   * @param damage empty when nothing is
   */
  record Proof(ManifestEntry entry, String damage) {}

  /** Seals a file that is written in full; throws with nothing lost, to be called again. */
  Proof seal(WritingFile file) throws IOException {
    Path plain = root.resolve(file.path());
    ManifestEntry entry = file.entry(ManifestEntry.State.SEALED);
    disk.force(plain);
    if (!file.forceFailure.isEmpty()) {
      writeAnew(plain);
    }
    Imprint.Held held = Imprint.Held.of(disk.read(plain));
    String damage = file.imprint.differenceTo(held, entry.bytes());
    if (!damage.isEmpty()) {
      return new Proof(entry, damage);
    }
    ManifestEntry proven = entry.holding(held.sha256());
    return new Proof(
        file.place.lane() == Lane.TAPE ? proven.storedAs(compress(file.path())) : proven, "");
  }

  /** After a failed force the kernel may believe pages to be clean that never reached the disk. */
  private void writeAnew(Path plain) throws IOException {
    Path beside = plain.resolveSibling(plain.getFileName() + ".tmp");
    try (InputStream in = disk.read(plain);
        OutputStream out = disk.write(beside)) {
      in.transferTo(out);
    }
    disk.force(beside);
    disk.rename(beside, plain);
    disk.forceDirectory(plain.getParent());
  }

  private ManifestEntry.Stored compress(String path) throws IOException {
    Path plain = root.resolve(path);
    Path target = root.resolve(path + ".zst");
    Path beside = root.resolve(path + ".zst.tmp");
    try (InputStream in = disk.read(plain)) {
      LineFrames.compress(in, disk.size(plain), disk.write(beside));
    }
    disk.force(beside);
    if (!readsBackAs(plain, beside)) {
      throw new IOException("the compressed copy reads back differently: " + beside);
    }
    disk.rename(beside, target);
    disk.forceDirectory(target.getParent());
    return new ManifestEntry.Stored(path + ".zst", disk.size(target), Sha256.of(disk.read(target)));
  }

  /** Whether the compressed copy holds, byte for byte, what the plain file does. */
  private boolean readsBackAs(Path plain, Path compressed) throws IOException {
    try (InputStream wanted = disk.read(plain);
        InputStream found = LineFrames.content(disk.read(compressed))) {
      byte[] one = new byte[1 << 16];
      byte[] other = new byte[1 << 16];
      int n;
      do {
        n = wanted.readNBytes(one, 0, one.length);
        int m = found.readNBytes(other, 0, other.length);
        if (!Arrays.equals(one, 0, n, other, 0, m)) {
          return false;
        }
      } while (n > 0);
      return true;
    }
  }

  /** Checksum of what a compressed file holds. */
  String sha256Of(Path compressed) throws IOException {
    return Sha256.of(LineFrames.content(disk.read(compressed)));
  }
}
