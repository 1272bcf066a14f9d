package io.stockobserver.backup.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What {@link BackupDesk} answers: a text, or a stretch of a file. */
public sealed interface Answered {
  /** The HTTP status. */
  int status();

  Map<String, String> headers();

  /** How many bytes follow. */
  long length();

  /** A text, whole. */
  record Text(int status, Map<String, String> headers, byte[] body) implements Answered {
    public Text {
      headers = Map.copyOf(headers);
    }

    @Override
    public long length() {
      return body.length;
    }
  }

  /** A stretch of a file, to be sent as it is. */
  record Part(int status, Map<String, String> headers, Path file, long from, long length)
      implements Answered {
    public Part {
      headers = Map.copyOf(headers);
    }
  }

  /** One line for a person, with more headers in pairs. */
  static Answered line(int status, String line, String... headers) {
    Map<String, String> all = new TreeMap<>();
    all.put("Content-Type", "text/plain; charset=utf-8");
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new Text(status, all, (line + "\n").getBytes(UTF_8));
  }

  /** JSON. */
  static Answered json(int status, byte[] body) {
    return new Text(status, Map.of("Content-Type", "application/json"), body);
  }
}
