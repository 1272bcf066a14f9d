package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.observe.Specifics;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The rest of one JSON row, in the venue's order.
 *
 * @param mapped the names that the observation says in its own words
 */
record KisRowSpecifics(JsonNode row, Set<String> mapped) implements Specifics {
  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      String text = KisJson.text(row, field.getKey());
      if (!text.isEmpty() && !mapped.contains(field.getKey())) {
        visitor.accept(field.getKey(), text);
      }
    }
  }
}
