package io.stockobserver.archive;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
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
  private static final int LEVEL = 3;

  /** Compressed in frames of about this many bytes: damage costs one frame and not the file. */
  private static final int FRAME = 4 << 20;

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
    try (InputStream in = disk.read(plain);
        ZstdOutputStream out = new ZstdOutputStream(disk.write(beside), LEVEL)) {
      out.setChecksum(true);
      out.setCloseFrameOnFlush(true);
      byte[] chunk = new byte[(int) Math.min(FRAME, disk.size(plain))];
      int begun = 0;
      for (int n = in.readNBytes(chunk, 0, chunk.length);
          n > 0;
          n = in.readNBytes(chunk, 0, chunk.length)) {
        int end = afterLastNewline(chunk, n);
        if (end == 0 && begun + n > ZstdContent.LARGEST - FRAME) {
          end = n; // no line of ours is that long: it is damaged, and the frame has to be read
        }
        if (end > 0) {
          out.write(chunk, 0, end);
          out.flush(); // ends the frame, so that none begins within a line
          begun = 0;
        }
        if (end < n) {
          out.write(chunk, end, n - end);
          begun += n - end;
        }
      }
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
        InputStream found = new ZstdInputStream(disk.read(compressed))) {
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

  private static int afterLastNewline(byte[] chunk, int count) {
    int end = count;
    while (end > 0 && chunk[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** Checksum of what a compressed file holds. */
  String sha256Of(Path compressed) throws IOException {
    return Sha256.of(new ZstdInputStream(disk.read(compressed)));
  }
}
