package io.stockobserver.backup.packing;

import io.stockobserver.archive.Digested;
import io.stockobserver.archive.LineFrames;
import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * What a compressed file holds, and what it is itself: from one reading, first byte to last.
 *
 * @param bytes of content
 * @param lines of content; 0 where they were not asked for
 * @param sha256 of the content
 */
record Held(long bytes, long lines, String sha256, long storedBytes, String storedSha256) {
  /**
   * Reads the stream to its end and closes it.
   *
   * @throws IOException also where a frame is damaged or cut short
   */
  static Held of(InputStream stored, boolean countLines) throws IOException {
    MessageDigest inner = Sha256.start();
    Digested outer = new Digested(stored);
    long bytes = 0;
    long lines = 0;
    try (InputStream content = LineFrames.content(outer)) {
      byte[] chunk = new byte[1 << 17];
      for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
        inner.update(chunk, 0, n);
        bytes += n;
        for (int i = 0; countLines && i < n; i++) {
          lines += chunk[i] == '\n' ? 1 : 0;
        }
      }
    }
    return new Held(bytes, lines, Sha256.of(inner), outer.bytes(), outer.sha256());
  }
}
