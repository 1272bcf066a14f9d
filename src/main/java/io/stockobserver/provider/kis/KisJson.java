package io.stockobserver.provider.kis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockobserver.market.Digits;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * KIS's way with JSON: numbers are strings, perhaps padded, perhaps empty (KIS sheet trap 9); a
 * missing key, null and an empty string mean the same.
 */
final class KisJson {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private static final int SAMPLE = 256;

  private KisJson() {}

  /** The object that {@code body} is, or null if it is anything else. */
  static @Nullable JsonNode object(byte[] body) {
    try {
      JsonNode node = READER.readValue(body);
      return node != null && node.isObject() ? node : null;
    } catch (IOException | IllegalArgumentException e) {
      // Unchecked for a number of absurd length or exponent.
      return null;
    }
  }

  /**
   * Whether a body looks like a good answer: an object that is closed, whose own {@code rt_cd} is
   * "0". No further than that is read: whoever uses the rows reads them all.
   */
  static boolean saysDone(byte[] body) {
    int end = body.length;
    while (end > 0 && body[end - 1] <= ' ') {
      end--;
    }
    if (end == 0 || body[end - 1] != '}') {
      return false;
    }
    try (JsonParser parser = READER.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean verdict = parser.currentName().equals("rt_cd");
        parser.nextToken();
        if (verdict) {
          return "0".equals(parser.getValueAsString("").strip());
        }
        parser.skipChildren();
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** A field's text without padding; empty where there is none or it is no plain value. */
  static String text(JsonNode node, String key) {
    JsonNode value = node.get(key);
    return value == null || value.isNull() || value.isContainerNode() ? "" : value.asText().strip();
  }

  /**
   * A field's number; null where it is empty.
   *
   * @throws NumberFormatException naming the field
   */
  static @Nullable BigDecimal number(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isContainerNode()) {
      throw new NumberFormatException(key + " is no plain value");
    }
    try {
      return Digits.decimal(value.asText());
    } catch (NumberFormatException e) {
      NumberFormatException named = new NumberFormatException(key + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  /** As {@link #number}, but zero is no value either: before the first trade (KIS sheet 8). */
  static @Nullable BigDecimal price(JsonNode node, String key) {
    return unlessZero(number(node, key));
  }

  static @Nullable BigDecimal unlessZero(@Nullable BigDecimal number) {
    return number == null || number.signum() == 0 ? null : number;
  }

  /** The rows of {@code output}, which is an array, or one object for one row (KIS sheet 4.3). */
  static List<JsonNode> rows(JsonNode root) {
    JsonNode output = root.get("output");
    List<JsonNode> rows = new ArrayList<>();
    if (output != null && output.isArray()) {
      output.forEach(rows::add);
    } else if (output != null && output.isObject() && !output.isEmpty()) {
      rows.add(output);
    }
    return rows;
  }

  /** The beginning of a message, for an eye that looks at what was set aside. */
  static String sample(byte[] body, int from, int to) {
    return new String(body, from, Math.min(to - from, SAMPLE), StandardCharsets.UTF_8);
  }

  static String sample(byte[] body) {
    return sample(body, 0, body.length);
  }

  static String sample(JsonNode row) {
    String text = row.toString();
    return text.length() <= SAMPLE ? text : text.substring(0, SAMPLE);
  }
}
