package io.stockobserver.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Quality;
import io.stockobserver.observe.Seen;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Design, section 4: the keys, their order and how figures and instants are written. */
class SnapshotTest {
  private static final Instant GRID = Instant.parse("2026-11-20T01:15:33Z");

  @Test
  void aScalpLineHasItsKeysInTheOrderOfTheDesign() {
    Observation o =
        Seen.sound()
            .at(Instant.parse("2026-11-20T01:15:32Z"))
            .specifics(v -> v.accept("MARKET_CLS_CODE", "2"))
            .seen();
    assertThat(line(o, "scalp", GRID, Quality.NORMAL, null, new BigDecimal("25")))
        .isEqualTo(
            "{\"schema_version\":\"1.0\",\"track\":\"scalp\",\"provider\":\"kis\","
                + "\"market\":\"kr_stocks\",\"symbol\":\"005930\","
                + "\"event_time\":\"2026-11-20T01:15:32.000Z\","
                + "\"receive_time\":\"2026-11-20T01:15:32.700Z\","
                + "\"sample_time\":\"2026-11-20T01:15:33.000Z\","
                + "\"session_id\":\"sess_20261120_092950\",\"mitigation_level\":0,"
                + "\"quality_flag\":\"normal\",\"last_price\":71900,\"bid_price\":71900,"
                + "\"ask_price\":72000,\"bid_size\":22975,\"ask_size\":18342,\"volume\":25,"
                + "\"acc_volume\":8412377,\"acc_value\":603524118900,\"open\":71500,"
                + "\"high\":72300,\"low\":71000,\"prev_close\":71200,"
                + "\"tape_ref\":\"tape/x.jsonl:17\","
                + "\"provider_specific\":{\"MARKET_CLS_CODE\":\"2\"}}");
  }

  @Test
  void aSwingLineHasNoSampleTime() {
    assertThat(line(Seen.sound().seen(), "swing", null, Quality.NORMAL, null, null))
        .contains("\"track\":\"swing\"")
        .doesNotContain("sample_time")
        .doesNotContain("\"volume\"");
  }

  @Test
  void whatIsNotKnownIsAbsentAndNeverZero() {
    Observation o = Seen.sound().last(null).quotes(null, null).acc(null).open(null).seen();
    String line = line(o, "scalp", GRID, Quality.DEGRADED, "no-trade-yet", null);
    assertThat(line)
        .contains("\"quality_flag\":\"degraded\",\"bid_size\":22975,")
        .contains("\"quality_reason\":\"no-trade-yet\"")
        .doesNotContain("last_price")
        .doesNotContain("bid_price")
        .doesNotContain("acc_volume")
        .doesNotContain("\"open\"")
        .doesNotContain("null");
  }

  @Test
  void numbersAreInPlainNotationWithTheDigitsAsSent() {
    Observation o = Seen.sound().last("100.50").quotes("0.00000001", "1E+5").acc("1.5E+10").seen();
    assertThat(line(o, "scalp", GRID, Quality.NORMAL, null, new BigDecimal("0E-8")))
        .contains("\"last_price\":100.50,")
        .contains("\"bid_price\":0.00000001,")
        .contains("\"ask_price\":100000,")
        .contains("\"volume\":0.00000000,")
        .contains("\"acc_volume\":15000000000,");
  }

  @Test
  void aTimeThatIsOursSaysSo() {
    assertThat(line(Seen.sound().withoutTime().seen(), "swing", null, Quality.GAP, null, null))
        .contains("\"quality_flag\":\"gap\"")
        .endsWith("\"provider_specific\":{\"event_time_source\":\"receive\"}}");
  }

  private static String line(
      Observation o,
      String track,
      @Nullable Instant grid,
      Quality quality,
      @Nullable String reason,
      @Nullable BigDecimal volume) {
    Snapshot snapshot =
        new Snapshot(
            track, "kis", "kr_stocks", o, grid, "sess_20261120_092950", 0, quality, reason, volume);
    return new String(snapshot.line(), StandardCharsets.UTF_8);
  }
}
