package io.stockobserver.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.market.TradingDay;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.recorder.SlotState;
import io.stockobserver.slot.SlotBoard;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A venue made by hand, its event file written by hand. */
class DashboardTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  @TempDir Path root;
  private Instant now = Instant.parse("2026-11-20T00:40:00Z");
  private LocalDate date = LocalDate.of(2026, 11, 20);
  private long nanos;
  private long frames;
  private long lines;
  private int level;

  private final class Kis implements Watched {
    @Override
    public RecorderState recorder() {
      return new RecorderState(
          "kis",
          "kr_stocks",
          "sess_20261120_093000",
          level,
          new TradingDay(
              date,
              SEOUL,
              true,
              true,
              date.atTime(9, 0).atZone(SEOUL).toInstant(),
              date.atTime(15, 30).atZone(SEOUL).toInstant(),
              "test"),
          true,
          1528,
          true,
          Instant.parse("2026-11-20T00:39:59.900Z"),
          false,
          2,
          1,
          1,
          List.of(),
          41,
          null,
          true,
          Instant.parse("2026-11-20T00:40:00Z"),
          300,
          4,
          Duration.ofSeconds(7),
          Map.of("frames", frames, "swing_lines", lines, "scalp_lines", 0L, "gaps", 2L),
          Duration.ofNanos(1_500_000),
          null,
          null);
    }

    @Override
    public List<SlotState> slots() {
      return List.of(
          new SlotState(
              "005930",
              "삼성전자",
              SlotBoard.Standing.ACKNOWLEDGED,
              Instant.parse("2026-11-20T00:30:00Z"),
              "volume_surge",
              Instant.parse("2026-11-20T00:39:59.900Z"),
              new BigDecimal("71400"),
              new BigDecimal("71200.0"),
              true,
              false),
          new SlotState("000660", "", null, null, null, null, null, null, false, true));
    }

    @Override
    public @Nullable String refusal() {
      return null;
    }

    @Override
    public String greeting() {
      return "";
    }
  }

  private Dashboard dashboard() {
    return new Dashboard(List.of(new Kis()), root, () -> now, () -> nanos);
  }

  private void event(String day, String... events) throws IOException {
    Path file = root.resolve("system/events/kis/" + day + ".jsonl");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    for (String event : events) {
      Files.writeString(
          file,
          event.replace('\'', '"') + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static JsonNode json(byte @Nullable [] told) throws IOException {
    return JSON.readTree(Objects.requireNonNull(told));
  }

  private String next(Dashboard dashboard) {
    nanos += 1_000_000_000L;
    return new String(dashboard.next(), UTF_8);
  }

  @Test
  void aVenueIsToldWithItsSlots() throws IOException {
    Dashboard dashboard = dashboard();
    next(dashboard);
    JsonNode venue = json(dashboard.state()).path("live").path("venues").get(0);
    assertThat(venue.path("provider").asText()).isEqualTo("kis");
    assertThat(venue.path("phase").asText()).isEqualTo("open");
    assertThat(venue.path("zone").asText()).isEqualTo("Asia/Seoul");
    assertThat(venue.path("sweep").path("recorded").asInt()).isEqualTo(300);
    assertThat(venue.path("sweep").path("running").asBoolean()).isTrue();
    assertThat(venue.path("feed").path("to_tape_p99_us").asInt()).isEqualTo(1500);
    JsonNode rows = venue.path("slots").path("rows");
    assertThat(rows.get(0).toString())
        .isEqualTo(
            "{\"symbol\":\"005930\",\"name\":\"삼성전자\",\"is\":\"acknowledged\","
                + "\"trigger\":\"volume_surge\",\"since\":\"2026-11-20T00:30:00.000Z\","
                + "\"heard\":\"2026-11-20T00:39:59.900Z\",\"price\":\"71400\",\"base\":\"71200\"}");
    assertThat(rows.get(1).toString())
        .isEqualTo(
            "{\"symbol\":\"000660\",\"name\":\"\",\"is\":\"wanted\",\"silent\":true,\"old\":true}");
    assertThat(json(dashboard.state()).path("live").path("disk").path("free_bytes").asLong())
        .isPositive();
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    Dashboard dashboard = dashboard();
    assertThat(next(dashboard))
        .startsWith("event: state\ndata: {\"now\":\"2026-11-20T00:40:00.000Z\"");
    assertThat(next(dashboard)).isEqualTo("event: tick\ndata: \"2026-11-20T00:40:00.000Z\"\n\n");
    level = 1;
    assertThat(next(dashboard)).startsWith("event: state\n").contains("\"level\":1");
    assertThat(new String(dashboard.first(), UTF_8))
        .startsWith("retry: 3000\nevent: state\n")
        .contains("\"level\":1")
        .endsWith("}\n\n");
  }

  @Test
  void figuresBySecondAreRememberedForFiveMinutes() throws IOException {
    Dashboard dashboard = dashboard();
    for (int second = 0; second <= 400; second++) {
      frames += second;
      lines += 82;
      next(dashboard);
    }
    JsonNode rates = json(dashboard.state()).path("rates").get(0).path("rates");
    assertThat(rates.path("frames")).hasSize(300);
    assertThat(rates.path("frames").get(0).asInt()).isEqualTo(101);
    assertThat(rates.path("frames").get(299).asInt()).isEqualTo(400);
    assertThat(rates.path("lines").get(299).asInt()).isEqualTo(82);
  }

  @Test
  void eventsComeOnceAndTheDayHasTheGap() throws IOException {
    event(
        "20261120",
        "{'event_type':'session_started','timestamp':'2026-11-20T00:30:00.000Z','provider':'kis',"
            + "'scalp_from':'2026-11-20T00:30:00.000Z','scalp_until':'2026-11-20T06:00:00.000Z'}");
    Dashboard dashboard = dashboard();
    assertThat(next(dashboard)).contains("event: events\ndata: [{\"n\":1,\"p\":\"kis\"");
    assertThat(next(dashboard)).doesNotContain("event: events");
    long version = json(dashboard.day("kis")).path("version").asLong();
    event(
        "20261120",
        "{'event_type':'gap_marker','timestamp':'2026-11-20T00:41:00.000Z','provider':'kis',"
            + "'gap_start_ts':'2026-11-20T00:40:00.000Z','gap_end_ts':'2026-11-20T00:41:00.000Z',"
            + "'gap_seconds':60,'scope':'scalp','reason':'operator'}");
    String news = next(dashboard);
    assertThat(news).contains("\"e\":\"gap_marker\"").contains("\"reason\":\"operator\"");
    JsonNode day = json(dashboard.day("kis"));
    assertThat(day.path("version").asLong()).isGreaterThan(version);
    assertThat(day.path("gaps").get(0).path("reason").asText()).isEqualTo("operator");
    assertThat(json(dashboard.state()).path("events")).hasSize(2);
    assertThat(
            json(dashboard.state()).path("live").path("venues").get(0).path("day_version").asLong())
        .isEqualTo(day.path("version").asLong());
    assertThat(dashboard.day("ib")).isNull();
  }

  @Test
  void anotherDayBeginsEmpty() throws IOException {
    event(
        "20261120",
        "{'event_type':'gap_marker','timestamp':'2026-11-20T00:41:00.000Z','scope':'scalp',"
            + "'gap_start_ts':'2026-11-20T00:40:00.000Z','gap_end_ts':'2026-11-20T00:41:00.000Z',"
            + "'reason':'operator'}");
    Dashboard dashboard = dashboard();
    next(dashboard);
    assertThat(json(dashboard.day("kis")).path("gaps")).hasSize(1);
    date = date.plusDays(3);
    now = now.plus(Duration.ofDays(3));
    next(dashboard);
    JsonNode day = json(dashboard.day("kis"));
    assertThat(day.path("day").asText()).isEqualTo("2026-11-23");
    assertThat(day.path("gaps")).isEmpty();
  }
}
