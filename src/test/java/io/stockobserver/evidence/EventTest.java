package io.stockobserver.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.Stamp;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTest {
  private static final Instant AT = Instant.parse("2026-11-20T01:15:32.700Z");

  @Test
  void everyEventBeginsWithTheSameFiveKeys() {
    assertThat(line(Event.of("slot_assigned", AT).with("symbol", "005930")))
        .isEqualTo(
            "{\"event_type\":\"slot_assigned\",\"timestamp\":\"2026-11-20T01:15:32.700Z\","
                + "\"provider\":\"kis\",\"market\":\"kr_stocks\","
                + "\"session_id\":\"sess_20261120_092950\",\"symbol\":\"005930\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T01:15:32Z, 2026-11-20T01:15:32.000Z",
    "2026-11-20T01:15:32.7Z, 2026-11-20T01:15:32.700Z",
    "2026-11-20T01:15:32.123999Z, 2026-11-20T01:15:32.123Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999Z",
  })
  void anInstantHasExactlyThreeDecimals(Instant at, String stamp) {
    assertThat(Stamp.of(at)).isEqualTo(stamp);
  }

  @Test
  void fieldsComeInTheOrderGivenAndNothingIsLeftOut() {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("b", 2);
    counts.put("a", 1L);
    String line =
        line(
            Event.of("x", AT)
                .with("z", true)
                .with("y", null)
                .with("price", new BigDecimal("1E+5"))
                .with("half", 0.5)
                .with("at", AT)
                .with("counts", counts)
                .with("symbols", List.of("한", "\"")));
    assertThat(line)
        .endsWith(
            "\"session_id\":\"sess_20261120_092950\",\"z\":true,\"price\":100000,\"half\":0.5,"
                + "\"at\":\"2026-11-20T01:15:32.700Z\",\"counts\":{\"b\":2,\"a\":1},"
                + "\"symbols\":[\"한\",\"\\\"\"]}");
    assertThat(line).doesNotContain("\n");
  }

  private static String line(Event event) {
    return new String(
        event.line("kis", "kr_stocks", "sess_20261120_092950"), StandardCharsets.UTF_8);
  }

  @Test
  void whatHasNothingToTellOtherwiseIsTheSameEvent() {
    Event event = Event.of("x", AT).with("a", "b").with("n", 1).with("many", List.of("c"));
    assertThat(event.told(text -> text)).isSameAs(event);
    assertThat(line(event.told(text -> text + "!")))
        .endsWith("\"a\":\"b!\",\"n\":1,\"many\":[\"c!\"]}");
  }
}
