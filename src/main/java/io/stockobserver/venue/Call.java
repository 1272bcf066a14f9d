package io.stockobserver.venue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a venue. Its text for the tape carries no secret.
 *
 * @param feed the conversation it belongs to, such as {@code swing}
 * @param query raw and URL-encoded; empty for none
 * @param headers may hold secrets; {@link #toString()} hides them
 * @param tapeText what the tape shows: {@code GET /path?query}, or method and path and, on the next
 *     line, the body with a mark for each secret
 * @param symbols whom it asks about
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
    headers = Map.copyOf(headers);
    symbols = List.copyOf(symbols);
  }

  @Override
  public String toString() {
    return feed + ": " + method + " " + path;
  }
}
