package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as the archive tells it. Times are milliseconds of the epoch.
 *
 * @param ref where it stands, {@code path:line}
 */
record Told(
    String type,
    long at,
    String provider,
    String market,
    String session,
    JsonNode line,
    String ref) {

  boolean is(String eventType) {
    return type.equals(eventType);
  }

  String text(String key) {
    return line.path(key).asText();
  }

  /** The instant of a field; null when it has none. */
  @Nullable Long millis(String key) {
    return millis(line.path(key));
  }

  static @Nullable Long millis(JsonNode value) {
    try {
      return value.isTextual() ? Instant.parse(value.asText()).toEpochMilli() : null;
    } catch (DateTimeException noInstant) {
      return null;
    }
  }
}
