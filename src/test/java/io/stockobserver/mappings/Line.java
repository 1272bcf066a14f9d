package io.stockobserver.mappings;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockobserver.observe.Latest;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Quality;
import io.stockobserver.observe.Snapshot;
import io.stockobserver.observe.Validation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an observation leaves in the archive, as text by name: {@code provider_specific.PER} too.
 */
public final class Line {
  /** What stands before the name of a field that only travels. */
  public static final String SPECIFIC = "provider_specific.";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Line() {}

  /** The first line of a symbol that nothing was known of before. */
  public static Map<String, String> of(String provider, String market, Observation o) {
    Latest latest = new Latest();
    latest.take(o, new Validation().judge(o));
    BigDecimal volume = latest.takeVolume();
    JsonNode json =
        json(
            new Snapshot(
                    "swing", provider, market, o, null, "sess", 0, Quality.NORMAL, null, volume)
                .line());
    Map<String, String> line = new TreeMap<>();
    for (String field : MappingTable.IN_THE_LINE) {
      if (json.has(field)) {
        line.put(field, text(json.get(field)));
      }
    }
    line.computeIfPresent("volume", (field, digits) -> digits(digits));
    json.path("provider_specific")
        .properties()
        .forEach(one -> line.put(SPECIFIC + one.getKey(), one.getValue().asText()));
    line.put("halted", String.valueOf(o.halted()));
    if (o.tradeId() != null) {
      line.put("trade_id", o.tradeId());
    }
    return line;
  }

  /** A volume is reckoned: it has the digits of whatever it is made of. */
  static String digits(String number) {
    return number.isEmpty() ? "" : new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  private static String text(JsonNode value) {
    return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
  }

  private static JsonNode json(byte[] line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
