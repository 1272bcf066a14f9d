package io.stockobserver.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapMarkerTest {
  private static final Instant START = Instant.parse("2026-01-14T10:15:00Z");

  @Test
  void itHasTheFieldsOfTheFoundingDocument() {
    GapMarker gap = gap("2026-01-14T10:15:00Z", "2026-01-14T10:15:45Z");
    String line =
        new String(
            gap.event(START.plusSeconds(46)).line("kis", "kr_stocks", "sess_20260114_093000"),
            StandardCharsets.UTF_8);
    assertThat(line)
        .isEqualTo(
            "{\"event_type\":\"gap_marker\",\"timestamp\":\"2026-01-14T10:15:46.000Z\","
                + "\"provider\":\"kis\",\"market\":\"kr_stocks\","
                + "\"session_id\":\"sess_20260114_093000\","
                + "\"gap_start_ts\":\"2026-01-14T10:15:00.000Z\","
                + "\"gap_end_ts\":\"2026-01-14T10:15:45.000Z\",\"gap_seconds\":45,"
                + "\"scope\":\"scalp\",\"reason\":\"ws_disconnect\"}");
  }

  @Test
  void symbolsAreThereWhenItConcernsSomeAndAbsentWhenAll() {
    GapMarker some =
        new GapMarker(START, START.plusSeconds(1), "swing", "api_error", "no-row", List.of("A"));
    assertThat(some.event(START).get("symbols")).isEqualTo(List.of("A"));
    assertThat(some.event(START).get("detail")).isEqualTo("no-row");
    GapMarker all = gap("2026-01-14T10:15:00Z", "2026-01-14T10:15:45Z");
    assertThat(all.event(START).get("symbols")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10:15:00.000, 10:15:45.000, 45",
    "10:15:00.000, 10:15:45.001, 46",
    "10:15:00.999, 10:15:01.000, 1",
    "10:15:00.000, 10:15:00.000, 0",
    // As the line tells them: 10:15:00.000 to 10:15:01.001.
    "10:15:00.000900, 10:15:01.001000, 2",
    // Its end is rounded up: 10:15:00.000 to 10:15:01.001.
    "10:15:00.000100, 10:15:01.000900, 2",
    "10:15:00.000100, 10:15:01.000000, 1",
  })
  void secondsAreRoundedUpFromWhatTheLineTells(String start, String end, long seconds) {
    GapMarker gap = gap("2026-01-14T" + start + "Z", "2026-01-14T" + end + "Z");
    assertThat(gap.event(START).get("gap_seconds")).isEqualTo(seconds);
  }

  @Test
  void itIsClippedToTheWindow() {
    GapMarker gap = gap("2026-01-14T10:15:00Z", "2026-01-14T10:15:45Z");
    Instant from = START.plusSeconds(10);
    Instant to = START.plusSeconds(20);
    assertThat(gap.clip(from, to).start()).isEqualTo(from);
    assertThat(gap.clip(from, to).end()).isEqualTo(to);
    assertThat(gap.clip(START.minusSeconds(9), START.plusSeconds(99))).isEqualTo(gap);
    assertThat(gap.clip(START.plusSeconds(45), START.plusSeconds(99))).isNull();
    assertThat(gap.clip(START.minusSeconds(9), START)).isNull();
  }

  @Test
  void itDoesNotEndBeforeItsStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gap("2026-01-14T10:15:45Z", "2026-01-14T10:15:00Z"));
  }

  private static GapMarker gap(String start, String end) {
    return new GapMarker(
        Instant.parse(start), Instant.parse(end), "scalp", "ws_disconnect", null, null);
  }
}
