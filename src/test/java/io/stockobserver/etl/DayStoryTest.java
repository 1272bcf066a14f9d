package io.stockobserver.etl;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bars expect of each stretch of a day whose rules change while a session runs. */
class DayStoryTest {
  private static final String PATH = "system/events/kis/20261120.jsonl";
  private static final String DUE =
      "\"market\":\"kr_stocks\",\"session_id\":\"s\",\"day\":\"2026-11-20\",\"zone\":\"Asia/Seoul\","
          + "\"scalp_from\":\"2026-11-20T00:30:00Z\",\"scalp_until\":\"2026-11-20T06:00:00Z\","
          + "\"scalp_every_ms\":500,\"swing_from\":\"2026-11-20T00:00:00Z\","
          + "\"swing_until\":\"2026-11-20T06:30:00Z\",\"swing_every_ms\":600000,"
          + "\"swing_closing\":\"2026-11-20T06:31:00Z\"}\n";

  @TempDir Path root;

  private static String event(String type, String at, String due) {
    return "{\"event_type\":\"" + type + "\",\"timestamp\":\"" + at + "\"," + due;
  }

  private DayStory story(String events) throws Exception {
    byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(root.resolve(PATH).getParent());
    Files.write(root.resolve(PATH), bytes);
    Map<String, DayStory> stories = new HashMap<>();
    DayStory.read(
        root,
        new Source(
            "kis",
            null,
            LocalDate.of(2026, 11, 20),
            Lane.EVENTS,
            PATH,
            bytes.length,
            events.lines().count(),
            Sha256.of(bytes),
            true),
        stories);
    return stories.get("kr_stocks");
  }

  private static long at(String utc) {
    return Instant.parse("2026-11-20T" + utc + "Z").toEpochMilli();
  }

  @Test
  void eachStretchHasItsOwnGrid() throws Exception {
    DayStory story =
        story(
            event("session_started", "2026-11-19T23:50:00Z", DUE)
                + event(
                    "rules_changed",
                    "2026-11-20T01:00:30.000Z",
                    DUE.replace("scalp_every_ms\":500", "scalp_every_ms\":2000")
                        .replace("swing_every_ms\":600000", "swing_every_ms\":60000")));
    assertThat(story.samples(at("00:59:00"), at("01:00:00"))).isEqualTo(120);
    // 61 until the change, its own instant included; then 01:00:32 and every second second.
    assertThat(story.samples(at("01:00:00"), at("01:01:00"))).isEqualTo(61 + 14);
    assertThat(story.samples(at("01:01:00"), at("01:02:00"))).isEqualTo(30);
    assertThat(story.sweeps(at("00:50:00"), at("01:00:00"))).isEqualTo(1);
    assertThat(story.sweeps(at("01:00:00"), at("01:10:00"))).isEqualTo(10);
    assertThat(story.sweeps(at("06:30:00"), at("07:00:00"))).isEqualTo(2);
  }

  @Test
  void aWindowThatEndsEarlierReachesAsFarAsItWasDue() throws Exception {
    DayStory story =
        story(
            event("session_started", "2026-11-19T23:50:00Z", DUE)
                + event(
                    "rules_changed",
                    "2026-11-20T03:00:00.000Z",
                    DUE.replace(
                        "scalp_until\":\"2026-11-20T06:00", "scalp_until\":\"2026-11-20T02:00")));
    assertThat(story.due().scalpFrom()).isEqualTo(at("00:30:00"));
    assertThat(story.due().scalpUntil()).isEqualTo(at("03:00:00") + 1);
    assertThat(story.samples(at("02:59:00"), at("03:00:00"))).isEqualTo(120);
    assertThat(story.samples(at("03:00:00"), at("03:01:00"))).isEqualTo(1);
    assertThat(story.samples(at("03:01:00"), at("06:00:00"))).isZero();
  }

  @Test
  void withoutAChangeTheNewestWordHoldsForTheWholeDay() throws Exception {
    DayStory story =
        story(
            event("session_started", "2026-11-19T23:50:00Z", DUE)
                + event(
                    "session_started",
                    "2026-11-20T03:00:00.000Z",
                    DUE.replace("scalp_every_ms\":500", "scalp_every_ms\":1000")));
    assertThat(story.samples(at("01:00:00"), at("01:01:00"))).isEqualTo(60);
  }
}
