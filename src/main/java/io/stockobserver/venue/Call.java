package io.stockobserver.venue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a venue, as a value. Its text for the tape carries no secret; {@link #toString}
 * shows only that text.
 *
 * @param feed the conversation it belongs to, such as {@code swing} or {@code universe}
 * @param method {@code GET} or {@code POST}
 * @param path begins with a slash; the host comes from the configuration
 * @param query raw, URL-encoded, without the question mark; empty for none
 * @param headers in the order of the venue's documents; may hold secrets
 * @param body null for none; may hold secrets
 * @param tapeText {@code GET /path?query}, or {@code POST /path} and on the next line the body with
 *     every secret as {@code [secret]}
 * @param symbols the instruments asked for, in the order asked; empty where it asks for none
 */
public record Call(
    String feed,
    String method,
    String path,
    String query,
    Map<String, String> headers,
    @Nullable String body,
    String tapeText,
    List<String> symbols) {
  public Call {
    if (feed.isBlank()) {
      throw new IllegalArgumentException("a call belongs to a feed");
    }
    if (!method.equals("GET") && !method.equals("POST")) {
      throw new IllegalArgumentException("neither GET nor POST: " + method);
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with a slash: " + path);
    }
    if (!tapeText.startsWith(method + ' ' + path)) {
      throw new IllegalArgumentException("the tape's text names another request than " + path);
    }
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    symbols = List.copyOf(symbols);
  }

  /** A GET; its text on the tape is path and query, which therefore must hold no secret. */
  public static Call get(
      String feed, String path, String query, Map<String, String> headers, List<String> symbols) {
    String tapeText = "GET " + path + (query.isEmpty() ? "" : '?' + query);
    return new Call(feed, "GET", path, query, headers, null, tapeText, symbols);
  }

  /** A POST whose body on the tape is {@code tapeBody}. */
  public static Call post(
      String feed, String path, Map<String, String> headers, String body, String tapeBody) {
    String tapeText = "POST " + path + '\n' + tapeBody;
    return new Call(feed, "POST", path, "", headers, body, tapeText, List.of());
  }

  /** The same request, filed under another conversation. */
  public Call onFeed(String other) {
    return new Call(other, method, path, query, headers, body, tapeText, symbols);
  }

  @Override
  public String toString() {
    return "Call[" + feed + ": " + tapeText + ']';
  }
}
