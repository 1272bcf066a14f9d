package io.stockobserver.playback;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP call of a client. */
record Asked(String method, String path, String query, MultiMap headers, String body) {
  /** A header, or empty. */
  String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  /** As it was asked. */
  String line() {
    return method + ' ' + path + (query.isEmpty() ? "" : '?' + query);
  }

  /** What it asks for, by {@link #question(String)}. */
  String question() {
    return question(line());
  }

  /**
   * The same for two requests that ask the same, however they order and encode their parameters.
   *
   * @param request {@code GET /path?query}; what is on further lines is not looked at
   */
  static String question(String request) {
    String line = request.lines().findFirst().orElse("").strip();
    int mark = line.indexOf('?');
    if (mark < 0) {
      return line;
    }
    Map<String, String> parameters = new TreeMap<>();
    for (String part : line.substring(mark + 1).split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (!name.isEmpty()) {
        parameters.put(
            decoded(name).toLowerCase(Locale.ROOT),
            equals < 0 ? "" : decoded(part.substring(equals + 1)).strip());
      }
    }
    return line.substring(0, mark) + parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }
}
