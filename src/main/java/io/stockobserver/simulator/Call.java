package io.stockobserver.simulator;

import io.vertx.core.MultiMap;
import java.util.Locale;

/**
 * One HTTP call on the shared port, for the venue that answers it.
 *
 * @param query parameters; asked for through {@link #parameter}
 * @param rawQuery as it was sent, still encoded; empty without one
 */
public record Call(
    String method, String path, MultiMap query, String rawQuery, MultiMap headers, String body) {

  /** A header, or empty; names are case-insensitive. */
  public String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  /** A query parameter by its name in either case, or empty. */
  public String parameter(String name) {
    String value = query.get(name);
    if (value == null) {
      value = query.get(name.toLowerCase(Locale.ROOT));
    }
    return value == null ? "" : value.trim();
  }
}
