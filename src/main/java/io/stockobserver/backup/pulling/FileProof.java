package io.stockobserver.backup.pulling;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.stockobserver.archive.Digested;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Compares a file with what its package says of it while it streams by: length and checksum of what
 * is stored. The signed table of contents vouches for it, and the first drill reads the content;
 * only where the content must begin with what lies here already is it looked at now: length,
 * checksum, lines, beginning. Holds a buffer, never the file. One use.
 */
final class FileProof {
  private static final int CHUNK = 1 << 17;

  private final PackageFile wanted;
  private final @Nullable PackageFile before;
  private final MessageDigest content = Sha256.start();
  private long bytes;
  private long lines;
  private String beginning = "";

  /**
   * Of this file.
   *
   * @param before what lies there now, a beginning of it; null for nothing
   */
  FileProof(PackageFile wanted, @Nullable PackageFile before) {
    this.wanted = wanted;
    this.before = before;
  }

  /**
   * Reads the stream to its end.
   *
   * @throws PullException with {@code DAMAGED} or {@code NOT_GROWN}, or what the stream throws
   */
  void read(InputStream stored) throws PullException {
    Digested sum = new Digested(stored);
    boolean looks = before != null || !wanted.compressed();
    try {
      if (!looks) {
        pass(sum);
      } else if (wanted.compressed()) {
        try (ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(sum)) {
          drain(in);
        }
      } else {
        drain(sum);
      }
    } catch (PullException known) {
      throw known;
    } catch (IOException broken) {
      throw damaged("cannot be decompressed: " + broken.getMessage());
    }
    compare("stored bytes", wanted.storedBytes(), sum.bytes());
    compare("stored sha256", wanted.storedSha256(), sum.sha256());
    if (!looks) {
      return;
    }
    compare("bytes", wanted.bytes(), bytes);
    compare("sha256", wanted.sha256(), Sha256.of(content));
    if (wanted.compressed()) { // what is not, is no lines
      compare("lines", wanted.lines(), lines);
    }
    if (before != null && !beginning.equals(before.sha256())) {
      throw new PullException(
          Trouble.NOT_GROWN,
          wanted.stored() + " does not begin with what lies here; both are kept");
    }
  }

  private static void pass(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    while (in.read(chunk) >= 0) {
      // Whoever reads knows the checksum.
    }
  }

  private void drain(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    begin();
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      take(chunk, n);
      if (bytes > wanted.bytes()) {
        throw damaged("has more content than " + wanted.bytes() + " bytes");
      }
    }
  }

  private void begin() {
    if (before != null && before.bytes() == 0) {
      beginning = soFar();
    }
  }

  private void take(byte[] chunk, int n) {
    int first = 0;
    if (before != null && bytes < before.bytes() && bytes + n >= before.bytes()) {
      first = (int) (before.bytes() - bytes);
      content.update(chunk, 0, first);
      beginning = soFar();
    }
    content.update(chunk, first, n - first);
    bytes += n;
    lines += Newlines.in(chunk, n);
  }

  private String soFar() {
    try {
      return Sha256.of((MessageDigest) content.clone());
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible); // the platform's SHA-256 can be cloned
    }
  }

  private void compare(String what, Object listed, Object read) throws PullException {
    if (!listed.equals(read)) {
      throw damaged("has " + what + " " + read + ", its package says " + listed);
    }
  }

  private PullException damaged(String how) {
    return new PullException(Trouble.DAMAGED, wanted.stored() + " " + how);
  }
}
