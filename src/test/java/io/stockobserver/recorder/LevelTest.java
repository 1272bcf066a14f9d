package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.health.Waits;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a level of mitigation changes in the books, and what the minute's figures say. */
class LevelTest {
  @TempDir Path root;
  private Rig rig;
  private Beats beats;

  @BeforeEach
  void rig() {
    rig = new Rig(root);
    beats = rig.beats();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** Ticks of the base grid, as the route brings them. */
  private void ticks(String from, String to) {
    Instant end = rig.at(to);
    for (Instant tick = rig.at(from); tick.isBefore(end); tick = tick.plusMillis(500)) {
      rig.to(tick.plusMillis(2));
      beats.sample(tick);
    }
  }

  private static List<String> times(List<JsonNode> lines) {
    return lines.stream().map(line -> Rig.local(line, "sample_time")).toList();
  }

  @Test
  void aLevelThinsTheSamplesAndCoversTheSameSlots() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5 B,10000,1,1 C,10000,1,1");
    ticks("09:31:00", "09:31:02");
    rig.recorder.session().level(Levels.by("kim", 1));
    ticks("09:31:02", "09:31:05");
    rig.recorder.session().level(Levels.byCpu(93.456, 2));
    ticks("09:31:05", "09:31:11");
    rig.recorder.session().level(Levels.by("kim", 0));
    ticks("09:31:11", "09:31:12");
    for (String symbol : List.of("A", "B", "C")) {
      assertThat(times(rig.scalp(symbol)))
          .containsExactly(
              "09:31:00",
              "09:31:00.500",
              "09:31:01",
              "09:31:01.500", // 2 Hz
              "09:31:02",
              "09:31:03",
              "09:31:04", // 1 Hz
              "09:31:06",
              "09:31:08",
              "09:31:10", // 0.5 Hz, even seconds
              "09:31:11",
              "09:31:11.500");
      assertThat(rig.scalp(symbol))
          .extracting(line -> line.path("mitigation_level").asInt())
          .containsExactly(0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0);
    }
    assertThat(rig.tape())
        .filteredOn(line -> line.path("body").asText().startsWith("{\"note\":\"sample\""))
        .as("what the level leaves out costs no line")
        .hasSize(12);
  }

  @Test
  void aSlowLinesVolumeSpansAllThatTradedSinceTheLast() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,100,100");
    ticks("09:31:00", "09:31:00.5");
    rig.recorder.session().level(Levels.by("kim", 2));
    rig.hear("rows A,10000,107,7");
    ticks("09:31:00.5", "09:31:01.5");
    rig.hear("rows A,10000,110,3");
    ticks("09:31:01.5", "09:31:02.5");
    assertThat(rig.scalp("A")).last().extracting(line -> line.path("volume").asInt()).isEqualTo(10);
  }

  @Test
  void everyChangeIsEvidence() {
    rig.started();
    rig.to("09:40");
    rig.recorder.session().level(Levels.byCpu(93.456, 1));
    rig.recorder.session().level(Levels.by("kim", 0));
    assertThat(rig.text("system/events/kis").stream().filter(l -> l.contains("mitigation_ch")))
        .containsExactly(
            "{\"event_type\":\"mitigation_changed\",\"timestamp\":\"2026-11-20T00:40:00.000Z\","
                + "\"provider\":\"kis\",\"market\":\"kr_stocks\",\"session_id\":\""
                + Rig.SESSION
                + "\",\"from_level\":0,\"to_level\":1,\"condition\":\"cpu_percent\",\"value\":93.46,"
                + "\"threshold\":80.0,\"actor\":\"observer\",\"reason\":\"busy\"}",
            "{\"event_type\":\"mitigation_changed\",\"timestamp\":\"2026-11-20T00:40:00.000Z\","
                + "\"provider\":\"kis\",\"market\":\"kr_stocks\",\"session_id\":\""
                + Rig.SESSION
                + "\",\"from_level\":1,\"to_level\":0,\"condition\":\"operator\",\"actor\":\"kim\","
                + "\"reason\":\"test\"}");
  }

  @Test
  void theFilesOfALevelAreItsOwnAndLieOnTheGrid() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5");
    ticks("09:30:00", "09:31:10");
    rig.recorder.session().level(Levels.by("kim", 1));
    ticks("09:31:10", "09:34:30");
    rig.recorder.session().level(Levels.by("kim", 2));
    ticks("09:34:30", "09:36:30");
    rig.recorder.session().level(Levels.by("kim", 0));
    ticks("09:36:30", "09:41:00");
    rig.close();
    assertThat(scalpFiles())
        .containsExactly(
            "09_30_00.jsonl", // ends at 09:32, for level 1 came in between
            "09_32_00.jsonl",
            "09_34_00.jsonl", // ends at 09:35, for level 2
            "09_35_00.jsonl",
            "09_36_00.jsonl", // as begun, to 09:37
            "09_37_00.jsonl",
            "09_40_00.jsonl");
  }

  private List<String> scalpFiles() {
    String[] names = root.resolve("scalp/kis/kr_stocks/20261120").toFile().list();
    return names == null ? List.of() : java.util.Arrays.stream(names).sorted().toList();
  }

  // ---- from the socket to the tape ----

  @Test
  void aMessageThatWaitedShowsItsAge() {
    rig.started().connected();
    Waits.Reader queue = rig.recorder.heardToTape().reader();
    rig.to("09:31");
    FeedMessage old =
        FeedMessage.text(
            "rows A,10000,5,5".getBytes(java.nio.charset.StandardCharsets.UTF_8), rig.nanos());
    rig.to("09:31:03");
    rig.recorder.hearOnFeed(new FeedBatch("trade", 1, List.of(old)));
    assertThat(queue.take()).isEqualTo(Duration.ofSeconds(3));
    rig.hear("rows A,10000,6,1");
    assertThat(queue.take()).isZero();
  }

  @Test
  void aQueueThatIsStuckShowsTheAgeOfItsOldestMessage() {
    rig.close();
    List<Duration> meanwhile = new ArrayList<>();
    Rig[] stuck = new Rig[1];
    Waits.Reader[] queue = new Waits.Reader[1];
    boolean[] full = {false};
    ChannelAppender good = new ChannelAppender(root.resolve("other"));
    try (Rig other =
        new Rig(
            root.resolve("other"),
            batch -> {
              if (full[0]) {
                throw new IOException("No space left on device");
              }
              good.append(batch);
            },
            () -> {
              stuck[0].to(stuck[0].now().plusSeconds(2));
              meanwhile.add(queue[0].take());
              full[0] = meanwhile.size() < 3;
            })) {
      stuck[0] = other;
      other.started().connected();
      queue[0] = other.recorder.heardToTape().reader();
      full[0] = true;
      other.hear("rows A,10000,5,5");
      assertThat(meanwhile).extracting(Duration::toSeconds).containsExactly(2L, 4L, 6L);
      assertThat(queue[0].take()).hasSeconds(6);
    }
  }

  // ---- the minute's figures ----

  @Test
  void theFiguresTellWhatWasDueAndWhatWasRecorded() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5 B,10000,1,1 C,10000,1,1");
    figures("09:31:00");
    ticks("09:31:00", "09:31:30");
    rig.recorder.session().level(Levels.by("kim", 1));
    ticks("09:31:30", "09:32:00");
    JsonNode minute = figures("09:32:00");
    assertThat(minute.path("scalp_expected").asInt()).as("3 slots: 60 + 30").isEqualTo(270);
    assertThat(minute.path("scalp_recorded").asInt()).isEqualTo(270);
    assertThat(minute.path("scalp_recorded_percent").asDouble()).isEqualTo(100.0);
    rig.lost();
    ticks("09:32:00", "09:33:00");
    minute = figures("09:33:00");
    assertThat(minute.path("scalp_expected").asInt())
        .as("no feed, due all the same")
        .isEqualTo(180);
    assertThat(minute.path("scalp_recorded").asInt()).isZero();
    assertThat(minute.path("scalp_recorded_percent").asDouble()).isZero();
    assertThat(minute.path("mitigation_level").asInt()).isEqualTo(1);
  }

  @Test
  void aSampleThatIsOnItsWayIsDueInTheNextMinute() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5 B,10000,1,1 C,10000,1,1");
    figures("09:31:00");
    ticks("09:31:00", "09:32:00");
    JsonNode minute = figures("09:32:00.001"); // and its sample comes at 09:32:00.002
    assertThat(minute.path("scalp_expected").asInt()).isEqualTo(360);
    assertThat(minute.path("scalp_recorded_percent").asDouble()).isEqualTo(100.0);
    ticks("09:32:00", "09:33:00");
    assertThat(figures("09:33:00.001").path("scalp_expected").asInt()).isEqualTo(360);
  }

  @Test
  void aMinuteWithoutTicksIsDueToo() {
    rig.started().connected();
    figures("09:31:00");
    assertThat(figures("09:32:00").path("scalp_expected").asInt()).isEqualTo(360);
    assertThat(figures("09:31:30").path("scalp_expected").asInt()).as("a clock set back").isZero();
    assertThat(figures("09:33:00").path("scalp_expected").asInt()).as("once").isEqualTo(360);
  }

  @Test
  void nothingIsDueOutsideTheWindow() {
    rig.started().connected();
    figures("09:29:55");
    JsonNode minute = figures("09:30:05");
    assertThat(minute.path("scalp_expected").asInt()).as("5 s of 3 slots").isEqualTo(30);
    figures("14:59:58");
    assertThat(figures("15:10:00").path("scalp_expected").asInt()).isEqualTo(12);
    assertThat(figures("15:11:00").has("scalp_recorded_percent"))
        .as("nothing of nothing")
        .isFalse();
  }

  @Test
  void theFiguresTellGapsSlotsAndTheLastSweep() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5");
    rig.to("09:32").lost();
    rig.to("09:32:30").opened(1);
    rig.confirmAll();
    rig.sweep("09:40", "A,10000,20000 B,10000,3");
    JsonNode minute = figures("09:41:00");
    assertThat(minute.path("swing_asked").asInt()).isEqualTo(5);
    assertThat(minute.path("swing_recorded").asInt()).isEqualTo(2);
    assertThat(minute.path("swing_recorded_percent").asDouble()).isEqualTo(40.0);
    assertThat(minute.path("slots_capacity").asInt()).isEqualTo(3);
    assertThat(minute.path("slots_acknowledged").asInt()).isEqualTo(3);
    assertThat(minute.path("gaps_today").asInt()).isEqualTo(rig.events("gap_marker").size());
    long whole =
        rig.events("gap_marker").stream()
            .filter(g -> g.path("scope").asText().equals("scalp") && !g.has("symbols"))
            .mapToLong(g -> g.path("gap_seconds").asLong())
            .sum();
    assertThat(minute.path("feed_gap_seconds_today").asLong()).isEqualTo(whole).isPositive();
    assertThat(minute.path("drop_percent").asDouble()).isZero();
    rig.turn("2026-11-23");
    assertThat(figures("09:00:00").path("gaps_today").asInt()).as("another day").isZero();
  }

  @Test
  void theLiveFiguresAreThere() {
    rig.started();
    Figures figures = new Figures(rig.recorder, rig.archive, root, () -> Map.of("own", 7));
    figures.report();
    figures.report();
    JsonNode minute = rig.events("metrics").get(1);
    assertThat(minute.fieldNames())
        .toIterable()
        .contains(
            "cpu_percent",
            "memory_percent",
            "disk_used_percent",
            "disk_write_delay_ms",
            "queue_delay_ms",
            "overflow",
            "slot_swaps",
            "reconnects",
            "own");
    assertThat(minute.path("disk_used_percent").asDouble()).isBetween(0.0, 100.0);
    assertThat(minute.path("disk_write_delay_ms").asDouble())
        .as("the first report was an append")
        .isPositive();
  }

  private JsonNode figures(String time) {
    rig.to(time);
    rig.recorder.note("metrics", "metrics", Map.of());
    List<JsonNode> all = rig.events("metrics");
    return all.get(all.size() - 1);
  }
}
