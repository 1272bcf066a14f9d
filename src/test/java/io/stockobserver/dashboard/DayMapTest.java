package io.stockobserver.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Events of a made-up morning in Seoul; minutes are reckoned by hand from local midnight. */
class DayMapTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEGAN =
      "{'event_type':'session_started','timestamp':'2026-11-20T00:31:10.000Z','market_open':true,"
          + "'scalp_from':'2026-11-20T00:30:00.000Z','scalp_until':'2026-11-20T06:00:00.000Z',"
          + "'swing_from':'2026-11-20T00:00:00.000Z','swing_until':'2026-11-20T06:30:00.000Z',"
          + "'swing_every_ms':600000}";

  private final DayMap map = new DayMap(LocalDate.of(2026, 11, 20), ZoneId.of("Asia/Seoul"));

  private void take(String event) throws IOException {
    map.take(JSON.readTree(event.replace('\'', '"')));
  }

  private JsonNode told() throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator g = new JsonFactory().createGenerator(out)) {
      g.writeStartObject();
      map.write(g);
      g.writeEndObject();
    }
    return JSON.readTree(out.toString());
  }

  private static String gap(String from, String until, String more) {
    return "{'event_type':'gap_marker','timestamp':'2026-11-20T%sZ','gap_start_ts':'2026-11-20T%sZ','gap_end_ts':'2026-11-20T%sZ',%s}"
        .formatted(until, from, until, more);
  }

  @Test
  void aMinuteHasTheShareOfItsOwnFigures() throws IOException {
    take(BEGAN);
    // Written at 09:35:00 of Seoul, it tells of the minute from 09:34.
    take(
        "{'event_type':'metrics','timestamp':'2026-11-20T00:35:00.012Z','scalp_expected':4920,"
            + "'scalp_recorded':3690}");
    take(
        "{'event_type':'metrics','timestamp':'2026-11-20T00:36:00.012Z','scalp_expected':4920,"
            + "'scalp_recorded':4961}");
    JsonNode scalp = told().path("scalp");
    assertThat(scalp.path("first").asInt()).isEqualTo(9 * 60 + 30);
    assertThat(scalp.path("percent")).hasSize(330);
    assertThat(scalp.path("percent").get(3).asInt()).isEqualTo(-1);
    assertThat(scalp.path("percent").get(4).asInt()).isEqualTo(75);
    assertThat(scalp.path("percent").get(5).asInt()).as("never above all").isEqualTo(100);
    assertThat(told().path("began").asText()).isEqualTo("2026-11-20T00:31:10.000Z");
  }

  @Test
  void figuresThatComeMoreOftenAddUpToTheirMinute() throws IOException {
    take(BEGAN);
    String figures =
        "{'event_type':'metrics','timestamp':'2026-11-20T00:%sZ','scalp_expected':%d,"
            + "'scalp_recorded':%d}";
    take(figures.formatted("35:00.012", 4920, 4920));
    take(figures.formatted("35:20.012", 1640, 1640));
    take(figures.formatted("35:40.010", 1640, 820));
    take(figures.formatted("36:00.012", 1640, 0));
    take(figures.formatted("36:20.012", 1640, 1640));
    JsonNode percent = told().path("scalp").path("percent");
    assertThat(percent.get(4).asInt()).isEqualTo(100);
    assertThat(percent.get(5).asInt()).as("2,460 of 4,920").isEqualTo(50);
    assertThat(percent.get(6).asInt()).isEqualTo(100);
  }

  @Test
  void aGapLastsUntilItsMarkerSaysWhyAndHowLong() throws IOException {
    take(BEGAN);
    take(
        "{'event_type':'gap_began','timestamp':'2026-11-20T00:40:05.000Z',"
            + "'gap_start_ts':'2026-11-20T00:40:01.500Z','scope':'scalp','reason':'ws_disconnect'}");
    JsonNode open = told().path("gaps");
    assertThat(open).hasSize(1);
    assertThat(open.get(0).path("from").asText()).isEqualTo("2026-11-20T00:40:01.500Z");
    assertThat(open.get(0).has("until")).isFalse();
    long before = map.version();
    take(
        gap(
            "00:40:01.500",
            "00:41:10.000",
            "'gap_seconds':69,'scope':'scalp','reason':'ws_disconnect','detail':'heartbeat_only'"));
    assertThat(map.version()).isGreaterThan(before);
    JsonNode ended = told().path("gaps");
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).path("until").asText()).isEqualTo("2026-11-20T00:41:10.000Z");
    assertThat(ended.get(0).path("reason").asText()).isEqualTo("ws_disconnect");
    assertThat(ended.get(0).path("detail").asText()).isEqualTo("heartbeat_only");
    assertThat(ended.get(0).path("scope").asText()).isEqualTo("scalp");
  }

  @Test
  void aGapOfAnotherReasonLastsOn() throws IOException {
    take(BEGAN);
    String began =
        "{'event_type':'gap_began','timestamp':'2026-11-20T00:40:0%1$s.000Z',"
            + "'gap_start_ts':'2026-11-20T00:40:0%1$s.000Z','scope':'scalp','reason':'%2$s'}";
    take(began.formatted(1, "operator"));
    take(began.formatted(5, "ws_disconnect"));
    assertThat(told().path("gaps")).hasSize(2);
    take(gap("00:40:01.000", "00:40:05.001", "'scope':'scalp','reason':'operator'"));
    JsonNode gaps = told().path("gaps");
    assertThat(gaps).hasSize(2);
    assertThat(gaps.get(0).path("until").asText()).isEqualTo("2026-11-20T00:40:05.001Z");
    assertThat(gaps.get(1).path("reason").asText()).isEqualTo("ws_disconnect");
    assertThat(gaps.get(1).has("until")).isFalse();
  }

  @Test
  void aGapOfSomeSymbolsIsCountedInTheMinutesThatItTouches() throws IOException {
    take(BEGAN);
    String some = "'scope':'scalp','reason':'awaiting_first_frame','symbols':['005930','000660']";
    take(gap("00:50:58.000", "00:51:02.000", some));
    JsonNode told = told();
    assertThat(told.path("gaps")).isEmpty();
    assertThat(told.path("partial").toString())
        .isEqualTo(
            "[{\"minute\":590,\"reasons\":{\"awaiting_first_frame\":2}},"
                + "{\"minute\":591,\"reasons\":{\"awaiting_first_frame\":2}}]");
  }

  @Test
  void betweenTwoSessionsNobodyRan() throws IOException {
    take(BEGAN);
    take("{'event_type':'session_stopped','timestamp':'2026-11-20T01:00:00.000Z'}");
    take(BEGAN.replace("00:31:10", "01:02:30"));
    JsonNode gaps = told().path("gaps");
    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).path("reason").asText()).isEqualTo("not_running");
    assertThat(gaps.get(0).path("scope").asText()).isEqualTo("all");
    assertThat(gaps.get(0).path("from").asText()).isEqualTo("2026-11-20T01:00:00.000Z");
    assertThat(gaps.get(0).path("until").asText()).isEqualTo("2026-11-20T01:02:30.000Z");
    assertThat(told().path("began").asText()).isEqualTo("2026-11-20T00:31:10.000Z");
  }

  @Test
  void aSweepSaysHowManyItFoundAndWhyTheOthersAreMissing() throws IOException {
    take(BEGAN);
    take(
        "{'event_type':'sweep_finished','timestamp':'2026-11-20T00:40:21.000Z',"
            + "'sweep_at':'2026-11-20T00:40:00.000Z','asked':1528,'recorded':1498,"
            + "'missing':{'rate-limited':30}}");
    assertThat(told().path("swing").path("sweeps").toString())
        .isEqualTo(
            "[{\"at\":\"2026-11-20T00:40:00.000Z\",\"asked\":1528,\"recorded\":1498,"
                + "\"missing\":{\"rate-limited\":30}}]");
  }

  @Test
  void itStaysSmallHoweverBadTheDay() throws IOException {
    take(BEGAN);
    for (int i = 0; i < 5000; i++) {
      String second = "%02d:%02d.%03d".formatted(i / 60 % 60, i % 60, i % 1000);
      take(gap("02:" + second, "05:59:59.000", "'scope':'swing','reason':'rate_limit'"));
    }
    JsonNode told = told();
    assertThat(told.path("gaps")).hasSize(DayMap.MOST_GAPS);
    assertThat(told.path("more_gaps").asInt()).isEqualTo(5000 - DayMap.MOST_GAPS);
  }

  @Test
  void aDamagedEventChangesNothing() throws IOException {
    take(BEGAN);
    long before = map.version();
    take("{'event_type':'gap_marker'}");
    take("{'event_type':'gap_marker','timestamp':'yesterday'}");
    take("{'event_type':'feed_quiet','timestamp':'2026-11-20T00:40:00.000Z'}");
    assertThat(map.version()).isEqualTo(before);
    take(gap("00:40:01.500", "00:41", "'scope':'scalp'"));
    assertThat(told().path("gaps")).isEmpty();
  }
}
