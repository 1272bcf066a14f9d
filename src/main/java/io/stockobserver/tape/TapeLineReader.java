package io.stockobserver.tape;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads one line of the tape; keys that it does not know it passes over. */
final class TapeLineReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(8 * TapeLines.LONGEST_BODY) // Base64, or escapes, of the longest
                  .build())
          .build();

  private long seq;
  private @Nullable Instant heardAt;
  private long monoNanos;
  private @Nullable String feed;
  private @Nullable Direction direction;
  private long re;
  private int status;
  private byte @Nullable [] body;
  private byte @Nullable [] head;
  private long length;
  private String sha256 = "";

  private TapeLineReader() {}

  static Entry read(byte[] line, String path, long number) {
    try (JsonParser json = JSON.createParser(line)) {
      return new TapeLineReader().read(json, path, number);
    } catch (IOException | DateTimeParseException | IllegalArgumentException damaged) {
      throw new IllegalArgumentException(
          "no line of the tape: " + path + ":" + number + ": " + firstLine(damaged), damaged);
    }
  }

  private Entry read(JsonParser json, String path, long number) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not an object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      take(key, json);
    }
    if (json.nextToken() != null) {
      throw new IllegalArgumentException("something after the object");
    }
    byte[] bytes = body != null ? body : head;
    if (seq < 1 || heardAt == null || feed == null || direction == null || bytes == null) {
      throw new IllegalArgumentException("seq, heard_at, feed, dir and a body must be there");
    }
    Draft draft = new Draft(heardAt, monoNanos, feed, direction, re, status, bytes);
    return body != null
        ? new Entry(seq, draft, path, number)
        : Entry.ofHead(seq, draft, length, sha256, path, number);
  }

  private void take(String key, JsonParser json) throws IOException {
    switch (key) {
      case "seq" -> seq = json.getLongValue();
      case "heard_at" -> heardAt = Instant.parse(json.getText());
      case "mono_ns" -> monoNanos = json.getLongValue();
      case "feed" -> feed = json.getText();
      case "dir" -> direction = Direction.of(json.getText());
      case "re" -> re = json.getLongValue();
      case "status" -> status = json.getIntValue();
      case "body" -> body = json.getText().getBytes(UTF_8);
      case "body_b64" -> body = Base64.getDecoder().decode(json.getText());
      case "length" -> length = json.getLongValue();
      case "sha256" -> sha256 = json.getText();
      case "head_b64" -> head = Base64.getDecoder().decode(json.getText());
      default -> json.skipChildren();
    }
  }

  private static String firstLine(Exception damaged) {
    String message = String.valueOf(damaged.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
