package io.stockobserver.backup.drilling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Counts lines as they come by, and parses each: it has to be one JSON object. One use. */
final class LineCheck {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(64 << 20).build())
          .build();

  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long lines;
  private long bad;
  private long firstBad;

  void take(byte[] chunk, int count) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        if (begun.size() == 0) {
          line(chunk, from, i - from);
        } else {
          begun.write(chunk, from, i - from);
          line(begun.toByteArray(), 0, begun.size());
          begun.reset();
        }
        from = i + 1;
      }
    }
    begun.write(chunk, from, count - from);
  }

  private void line(byte[] bytes, int from, int length) {
    lines++;
    if (!isObject(bytes, from, length)) {
      bad++;
      firstBad = firstBad == 0 ? lines : firstBad;
    }
  }

  static boolean isObject(byte[] bytes, int from, int length) {
    try (JsonParser json = JSON.createParser(bytes, from, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (IOException broken) {
      return false;
    }
  }

  long lines() {
    return lines;
  }

  /** How many are no JSON object. */
  long bad() {
    return bad;
  }

  /** The first of them, from 1; 0 when there is none. */
  long firstBad() {
    return firstBad;
  }

  /** Whether something stands behind the last newline. */
  boolean isTorn() {
    return begun.size() > 0;
  }
}
