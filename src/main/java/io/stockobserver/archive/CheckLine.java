package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a file whose last line is the checksum of all lines before it: whether it
 * was cut short, has something behind its end, or was changed.
 */
final class CheckLine {
  private static final Pattern LINE = Pattern.compile("(?m)^\"check\":\"([0-9a-f]{64})\"\\}\n");

  private CheckLine() {}

  /** In words; {@code why} it was refused stands where nothing better can be said. */
  static String trouble(Path file, IOException why) {
    try {
      String text = new String(Files.readAllBytes(file), ISO_8859_1);
      Matcher line = LINE.matcher(text);
      while (line.find()) {
        byte[] before = text.substring(0, line.start()).getBytes(ISO_8859_1);
        if (Sha256.of(before).equals(line.group(1)) && line.end() < text.length()) {
          return "%d bytes stand behind its end, from byte %d on"
              .formatted(text.length() - line.end(), line.end());
        }
      }
      if (text.isEmpty()) {
        return "is empty";
      }
      if (!text.endsWith("\"}\n") || text.lastIndexOf("\n\"check\":") < 0) {
        return "is cut short: its last line, with its checksum, is not there (%d bytes are)"
            .formatted(text.length());
      }
      return String.valueOf(why.getMessage());
    } catch (IOException unreadable) {
      return String.valueOf(unreadable.getMessage());
    }
  }
}
