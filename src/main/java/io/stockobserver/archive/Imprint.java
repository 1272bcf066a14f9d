package io.stockobserver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What was written to a file, condensed while it is written, so that sealing can prove that the
 * disk holds it. A file that manifests describe while it grows keeps a SHA-256 of what it has so
 * far. The others, tape and scalp, are nine tenths of all bytes and need none before they are
 * sealed: they keep a CRC-32C, which processors compute themselves, and get their SHA-256 from the
 * one reading that proves it. Guarded by whoever guards the file.
 */
final class Imprint {
  private final @Nullable MessageDigest sha256;
  private final CRC32C crc = new CRC32C();

  private Imprint(@Nullable MessageDigest sha256) {
    this.sha256 = sha256;
  }

  /** Of a new file. */
  static Imprint of(Lane lane) {
    return new Imprint(lane.naming() == Lane.Naming.SECOND ? null : Sha256.start());
  }

  /** Of a file that holds what {@code seen} has seen. */
  static Imprint of(MessageDigest seen) {
    return new Imprint(seen);
  }

  void update(byte[] bytes) {
    if (sha256 != null) {
      sha256.update(bytes);
    } else {
      crc.update(bytes);
    }
  }

  /** Of everything so far; {@link Sha256#OF_NOTHING_KNOWN} where only sealing computes it. */
  String sha256() {
    return sha256 == null ? Sha256.OF_NOTHING_KNOWN : Sha256.soFar(sha256);
  }

  /** What a file holds: both sums from one reading. */
  record Held(long bytes, String sha256, long crc32c) {
    /** Reads the stream to its end and closes it. */
    static Held of(InputStream source) throws IOException {
      try (source) {
        MessageDigest digest = Sha256.start();
        CRC32C sum = new CRC32C();
        long bytes = 0;
        byte[] chunk = new byte[1 << 16];
        for (int n = source.read(chunk); n >= 0; n = source.read(chunk)) {
          digest.update(chunk, 0, n);
          sum.update(chunk, 0, n);
          bytes += n;
        }
        return new Held(bytes, Sha256.soFar(digest), sum.getValue());
      }
    }
  }

  /** Empty where {@code held} is what was written, {@code written} bytes of it; else in words. */
  String differenceTo(Held held, long written) {
    boolean same =
        held.bytes() == written
            && (sha256 == null
                ? held.crc32c() == crc.getValue()
                : held.sha256().equals(Sha256.soFar(sha256)));
    if (same) {
      return "";
    }
    return sha256 == null
        ? "%d bytes with CRC-32C %08x were written, %d with %08x are there"
            .formatted(written, crc.getValue(), held.bytes(), held.crc32c())
        : "%d bytes with SHA-256 %s were written, %d with %s are there"
            .formatted(written, Sha256.soFar(sha256), held.bytes(), held.sha256());
  }
}
