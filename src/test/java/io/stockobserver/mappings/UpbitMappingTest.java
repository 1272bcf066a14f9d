package io.stockobserver.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockobserver.mappings.MappingTable.Message;
import io.stockobserver.provider.upbit.UpbitWire;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Understood;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * config/mappings/upbit.yaml against the reader, on messages of every field that Upbit documents.
 */
class UpbitMappingTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** A moment after the messages' own time. */
  private static final Instant HEARD_AT = Instant.ofEpochMilli(1_790_000_000_250L);

  private static final String UNITS = "orderbook_units";

  /** How a message is written: whole or in brief, alone or in a list (Upbit sheet 3.2). */
  private enum Format {
    DEFAULT,
    SIMPLE,
    JSON_LIST,
    SIMPLE_LIST;

    boolean brief() {
      return this == SIMPLE || this == SIMPLE_LIST;
    }

    boolean list() {
      return this == JSON_LIST || this == SIMPLE_LIST;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ticker, DEFAULT",
    "ticker, SIMPLE",
    "ticker, SIMPLE_LIST",
    "trade, DEFAULT",
    "trade, SIMPLE",
    "trade, JSON_LIST",
    "orderbook, DEFAULT",
    "orderbook, SIMPLE",
    "orderbook, SIMPLE_LIST",
    "tickers, JSON_LIST",
    "orderbooks, JSON_LIST"
  })
  void theCodeReadsWhatTheTableSaysAndNothingElse(String message, Format format)
      throws IOException {
    MappingTable table = MappingTable.of("upbit");
    Message one = table.message(message);
    assertThat(MappingCheck.findings(table, one, sample(one, format))).isEmpty();
  }

  @Test
  void everyMessageOfTheTableIsTried() throws IOException {
    assertThat(MappingTable.of("upbit").messages())
        .extracting(Message::name)
        .containsExactly("ticker", "trade", "orderbook", "tickers", "orderbooks");
  }

  private static MappingCheck.Sample sample(Message message, Format format) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    Set<String> quoted = new HashSet<>();
    Set<String> flags = new HashSet<>();
    try (InputStream in =
        UpbitMappingTest.class.getResourceAsStream("upbit/" + message.name() + ".json")) {
      for (Map.Entry<String, JsonNode> field : JSON.readTree(in).properties()) {
        JsonNode value = field.getValue();
        fields.put(
            field.getKey(),
            value.isNumber() ? value.decimalValue().toPlainString() : value.asText());
        if (value.isTextual()) {
          quoted.add(field.getKey());
        } else if (value.isBoolean()) {
          flags.add(field.getKey());
        }
      }
    }
    return new MappingCheck.Sample(
        fields,
        HEARD_AT,
        (field, text) ->
            quoted.contains(field)
                || text.isEmpty()
                || (flags.contains(field)
                    ? text.matches("true|false")
                    : text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")),
        changed -> read(message, json(message, changed, quoted, format), format));
  }

  private static Understood read(Message message, String json, Format format) {
    String body = format.list() ? "[" + json + "]" : json;
    Understood out = new Understood();
    if (message.heard().equals("feed")) {
      new UpbitWire().readFeed(entry("stream", 0, body), out);
    } else {
      String asked = "GET " + message.call() + "?markets=KRW-BTC";
      new UpbitWire().readAnswer(entry("swing", 200, body), entry("swing", 0, asked), out);
    }
    return out;
  }

  /** The object with these fields, digits as they stand; what is empty is null but for words. */
  private static String json(
      Message message, Map<String, String> fields, Set<String> quoted, Format format) {
    List<String> parts = new ArrayList<>();
    Map<Integer, List<String>> units = new TreeMap<>();
    fields.forEach(
        (field, text) -> {
          String[] path = field.split("\\.", -1);
          String name = path[path.length - 1];
          String value = quoted.contains(field) ? '"' + text + '"' : text.isEmpty() ? "null" : text;
          String pair = '"' + name(message, name, format) + "\":" + value;
          if (path.length == 1) {
            parts.add(pair);
          } else {
            units.computeIfAbsent(Integer.valueOf(path[1]), u -> new ArrayList<>()).add(pair);
          }
        });
    if (!units.isEmpty()) {
      String all =
          units.values().stream()
              .map(unit -> '{' + String.join(",", unit) + '}')
              .collect(Collectors.joining(","));
      parts.add('"' + name(message, UNITS, format) + "\":[" + all + ']');
    }
    return '{' + String.join(",", parts) + '}';
  }

  private static String name(Message message, String field, Format format) {
    return format.brief() ? message.brief().getOrDefault(field, field) : field;
  }

  private static Entry entry(String feed, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Entry(
        7, new Draft(HEARD_AT, 0, feed, Direction.IN, 6, status, bytes), "tape/x.jsonl", 3);
  }
}
