package io.stockobserver.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The few things that the archive reads in a line: its instant, its seq, its session.
 *
 * @param valid whether the line is one JSON object
 * @param seq 0 when it has none
 */
record LineFacts(boolean valid, Optional<Instant> at, long seq, Optional<String> session) {
  static final LineFacts NONE = new LineFacts(false, Optional.empty(), 0, Optional.empty());

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(64 << 20).build())
          .build();

  /** Reads a line without its newline; never fails. */
  static LineFacts of(byte[] line) {
    Optional<Instant> at = Optional.empty();
    int rank = 0;
    long seq = 0;
    Optional<String> session = Optional.empty();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return NONE;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        int timeRank = timeRank(key);
        if (timeRank > rank && json.currentToken() == JsonToken.VALUE_STRING) {
          at = instant(json.getText());
          rank = timeRank;
        } else if (key.equals("seq") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
          seq = json.getLongValue();
        } else if (key.equals("session_id") && json.currentToken() == JsonToken.VALUE_STRING) {
          session = Optional.of(json.getText());
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        return NONE;
      }
      return new LineFacts(true, at, seq, session);
    } catch (IOException damaged) {
      return NONE;
    }
  }

  /** Which key tells a line's instant best; a line's kind need not be known for that. */
  private static int timeRank(String key) {
    return switch (key) {
      case "heard_at", "sample_time" -> 3;
      case "receive_time", "timestamp", "at" -> 2;
      default -> 0;
    };
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException wrong) {
      return Optional.empty();
    }
  }
}
