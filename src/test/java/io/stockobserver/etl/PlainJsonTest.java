package io.stockobserver.etl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it accepts is what a JSON library reads, to the letter; anything else it leaves alone. */
class PlainJsonTest {
  private static final String LINE =
      "{\"schema_version\":\"1.0\",\"symbol\":\"005930\",\"last_price\":70100,\"volume\":0.00000001,"
          + "\"bid_price\":-1.50,\"open\":null,\"high\":0,\"flags\":[true,false,null,[],{}],\"x\":{},"
          + "\"provider_specific\":{\"TRHT_YN\":\"N\",\"A\":[1,2.5,\"\"],\"B\":{\"C\":-0}}}";

  private static final List<String> ASKED =
      List.of("symbol", "last_price", "volume", "bid_price", "open", "high", "flags", "x");

  private static final ObjectMapper LIBRARY =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final PlainJson plain = new PlainJson(ASKED);
  private final Map<String, String> told = new LinkedHashMap<>();

  private boolean read(byte[] line) {
    told.clear();
    return plain.read(line, (name, kind, text) -> told.put(name, kind + " " + text));
  }

  @Test
  void aLineOfOurs() {
    assertThat(read(LINE.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(told)
        .containsExactly(
            Map.entry("symbol", "TEXT 005930"),
            Map.entry("last_price", "NUMBER 70100"),
            Map.entry("volume", "NUMBER 0.00000001"),
            Map.entry("bid_price", "NUMBER -1.50"),
            Map.entry("open", "NULL "),
            Map.entry("high", "NUMBER 0"),
            Map.entry("flags", "OTHER "),
            Map.entry("x", "OTHER "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "{\"a\":1",
        "{\"a\":1}}",
        "{\"a\":1}\n",
        " {\"a\":1}",
        "{\"a\": 1}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":1e5}",
        "{\"a\":\"\\n\"}",
        "{\"a\":\"삼성\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":nul}",
        "{\"a\":tru}",
        "{\"a\":}",
        "{\"a\"}",
        "{a:1}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":[1,]}",
        "{\"a\":NaN}",
        "{\"a\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}"
      })
  void whatIsNotPlainIsLeftAlone(String line) {
    assertThat(read(line.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void aHundredThousandSpoiltLines() {
    Random random = new Random(11);
    byte[] alphabet = "{}[]\",:\\ 0123456789.-eEtrufalsn\t\u0000é".getBytes(StandardCharsets.UTF_8);
    int accepted = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] line = LINE.getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(3); n >= 0; n--) {
        line[random.nextInt(line.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      if (read(line)) {
        accepted++;
        asTheLibrary(line);
      }
    }
    assertThat(accepted).isBetween(5_000, 95_000);
  }

  private void asTheLibrary(byte[] line) {
    String shown = new String(line, StandardCharsets.UTF_8);
    JsonNode node;
    try {
      node = LIBRARY.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("accepted, and no JSON: " + shown, e);
    }
    for (String name : ASKED) {
      JsonNode value = node.get(name);
      assertThat(told.containsKey(name)).as("%s in %s", name, shown).isEqualTo(value != null);
      if (value != null) {
        String kind =
            value.isTextual()
                ? "TEXT"
                : value.isNumber() ? "NUMBER" : value.isNull() ? "NULL" : "OTHER";
        assertThat(told.get(name)).as("%s in %s", name, shown).startsWith(kind + " ");
        if (value.isTextual()) {
          assertThat(told.get(name)).isEqualTo("TEXT " + value.asText());
        } else if (value.isNumber()) {
          assertThat(new java.math.BigDecimal(told.get(name).substring(7)))
              .isEqualByComparingTo(value.decimalValue());
        }
      }
    }
  }
}
