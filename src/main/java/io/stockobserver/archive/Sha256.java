package io.stockobserver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hex, of bytes, of streams, and of what a running digest has seen so far. */
public final class Sha256 {
  /** Stands where no content can be vouched for: no file has it. */
  static final String OF_NOTHING_KNOWN = "0".repeat(64);

  private Sha256() {}

  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has SHA-256
    }
  }

  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(start().digest(bytes));
  }

  /** What this digest has seen; it begins anew. */
  public static String of(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Reads the stream to its end and closes it. */
  public static String of(InputStream source) throws IOException {
    try (source) {
      MessageDigest digest = start();
      byte[] chunk = new byte[1 << 16];
      for (int n = source.read(chunk); n >= 0; n = source.read(chunk)) {
        digest.update(chunk, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** Of everything so far; the digest runs on. */
  static String soFar(MessageDigest digest) {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible); // the platform's SHA-256 can be cloned
    }
  }
}
