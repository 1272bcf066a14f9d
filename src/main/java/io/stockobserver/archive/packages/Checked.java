package io.stockobserver.archive.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** JSON whose last line is the checksum of all lines before it, as in the archive's manifests. */
final class Checked {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Checked() {}

  static String instant(Instant at) {
    return MILLIS.format(at);
  }

  /**
   * Adds the last line.
   *
   * @param body an object without its last brace; ends with a comma and a newline
   */
  static byte[] close(String body) {
    byte[] lines = body.getBytes(UTF_8);
    byte[] check = check(lines);
    byte[] whole = Arrays.copyOf(lines, lines.length + check.length);
    System.arraycopy(check, 0, whole, lines.length, check.length);
    return whole;
  }

  /**
   * Gives the bytes back.
   *
   * @throws IOException when any of them is not as it was written
   */
  static byte[] open(byte[] bytes) throws IOException {
    int last = bytes.length - 1;
    while (last > 0 && bytes[last - 1] != '\n') {
      last--;
    }
    byte[] lines = Arrays.copyOf(bytes, Math.max(0, last));
    if (!Arrays.equals(bytes, lines.length, bytes.length, check(lines), 0, check(lines).length)) {
      throw new IOException("its own checksum does not hold");
    }
    return bytes;
  }

  private static byte[] check(byte[] lines) {
    return ("\"check\":\"" + Sha256.of(lines) + "\"}\n").getBytes(UTF_8);
  }
}
