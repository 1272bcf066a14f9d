package io.stockobserver.provider.upbit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is rare enough for a tree: control messages, errors, our own requests. */
final class UpbitJson {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Digits as sent: 100.50 keeps its scale.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private UpbitJson() {}

  /** The object or array that {@code body} is, or null if it is anything else. */
  static @Nullable JsonNode tree(byte[] body) {
    try {
      JsonNode node = READER.readValue(body);
      return node != null && node.isContainerNode() ? node : null;
    } catch (IOException | IllegalArgumentException e) {
      // Unchecked for a number of absurd length or exponent.
      return null;
    }
  }

  /** What stands between the quotes of a string with escapes; as it is where they are none. */
  static String unescaped(String text) {
    try {
      return READER.readTree('"' + text + '"').asText();
    } catch (IOException e) {
      return text;
    }
  }

  /** A field's plain text; empty where there is none. */
  static String text(JsonNode node, String key) {
    JsonNode value = node.get(key);
    return value == null || value.isNull() || value.isContainerNode() ? "" : value.asText();
  }
}
