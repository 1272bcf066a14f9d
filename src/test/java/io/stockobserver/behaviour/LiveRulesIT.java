package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.HomeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator turns how a venue is watched while it is watched: it holds, and the day is proven.
 */
class LiveRulesIT {
  private static final String FILE = "config/application.properties";

  @TempDir Path dir;

  @Test
  void intervalsWindowSlotsAndThresholdsHoldAtOnceAndTheDayIsProvenAndReplays() throws Exception {
    HomeCopy home = HomeCopy.in(dir.resolve("home"));
    Observatory o =
        new Observatory(dir, "10:01:00").home(home.path()).set("routes.reload", "100ms").observe();
    try (o) {
      o.awaitSlots(41);
      o.awaitSamples(1);
      fewerAndSlower(o, home);
      moreAndFaster(o, home);
      refused(o, home);
      o.hushAndEnd();
    }
    Instant slow = Instant.parse(text(o.books().events("rules_changed").get(0), "timestamp"));
    Instant fast = Instant.parse(text(o.books().events("rules_changed").get(1), "timestamp"));
    assertThat(o.books().scalp())
        .map(line -> Instant.parse(text(line, "sample_time")))
        .filteredOn(at -> at.isAfter(slow) && !at.isAfter(fast))
        .isNotEmpty()
        .allMatch(at -> at.toEpochMilli() % 2000 == 0);
    AuditIT.proven(o.root());
    o.books().verified();
    o.replaysOtherwise(dir.resolve("again"));
  }

  private static void fewerAndSlower(Observatory o, HomeCopy home) throws IOException {
    String file = Files.readString(home.path().resolve(FILE));
    Files.writeString(
        home.path().resolve(FILE),
        file.replace("track.scalp.every = 500ms", "track.scalp.every = 2s")
            .replace("track.swing.every = 10m", "track.swing.every = 5s")
            .replace("slot.kis.count = 41", "slot.kis.count = 12")
            .replace("trigger.price.spike = 3.0", "trigger.price.spike = 2.5")
            .replace("mitigation.cpu.level1 = 80%", "mitigation.cpu.level1 = 85%"));
    o.awaitEvents("setting_applied", 5);
    assertThat(o.books().events("rules_changed"))
        .as("one word for one save")
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("slots").asInt()).isEqualTo(12);
              assertThat(event.path("scalp_every_ms").asInt()).isEqualTo(2000);
              assertThat(event.path("swing_every_ms").asInt()).isEqualTo(5_000);
              assertThat(text(event, "reason"))
                  .isEqualTo(
                      "slot.kis.count = 12, track.scalp.every = 2s, track.swing.every = 5s,"
                          + " trigger.price.spike = 2.5");
            });
    Observatory.await("29 places are given up", () -> o.state().slotsAcknowledged() == 12);
    o.awaitSamples(2);
    int sweeps = o.state().sweepsDone();
    Observatory.await("a sweep of the new grid", () -> o.state().sweepsDone() > sweeps);
  }

  private static void moreAndFaster(Observatory o, HomeCopy home) {
    // What waits for a restart must not keep the rest from holding.
    home.slip(FILE, "slot.upbit.count = 41", "slot.upbit.count = 7");
    home.slip(FILE, "provider.kis.environment = live", "provider.kis.environment = mock");
    o.awaitEvents("setting_needs_restart", 2);
    home.slip(FILE, "track.scalp.every = 2s", "track.scalp.every = 250ms");
    o.awaitEvents("rules_changed", 2);
    home.slip(FILE, "slot.kis.count = 12", "slot.kis.count = 30");
    o.awaitEvents("rules_changed", 3);
    o.awaitSlots(30);
    o.awaitSamples(4);
  }

  /** Nothing of a bad save holds: a good value beside a bad one neither. */
  private static void refused(Observatory o, HomeCopy home) throws IOException {
    Path file = home.path().resolve(FILE);
    String right = Files.readString(file);
    String better = right.replace("slot.kis.count = 30", "slot.kis.count = 29");
    refused(
        o,
        file,
        better.replace("track.scalp.every = 250ms", "track.scalp.every = 61s"),
        "track.scalp.every = 61s is not allowed; write a duration such as 500ms, 10s or 5m, from"
            + " 100ms to 60s",
        "track.scalp.every = 61s");
    refused(
        o,
        file,
        better.replace("track.scalp.every = 250ms", "track.scalp.evry = 250ms"),
        "config/application.properties has no track.scalp.every",
        null);
    refused(
        o,
        file,
        better + "track.scalp.evry = 1s\n",
        "track.scalp.evry is no setting; correct or remove it",
        "track.scalp.evry = 1s");
    refused(o, file, "", "config/application.properties is empty", null);
    refused(
        o,
        file,
        better.replace("track.scalp.every = 250ms", "track.scalp.every = 2"),
        "track.scalp.every = 2 is not allowed",
        "track.scalp.every = 2");
    refused(
        o,
        file,
        better.substring(0, better.indexOf("mitigation.cpu.level2")),
        ", down to its last line; save the whole file",
        null);
    assertThat(o.books().events("rules_changed")).hasSize(3);
    assertThat(o.books().events("setting_needs_restart"))
        .extracting(event -> text(event, "key"))
        .containsExactlyInAnyOrder("slot.upbit.count", "provider.kis.environment");
    assertThat(o.state().slotsCapacity()).isEqualTo(30);
    Files.writeString(file, right);
  }

  private static void refused(Observatory o, Path file, String text, String why, String line)
      throws IOException {
    int before = o.books().events("routes_refused").size();
    Files.writeString(file, text);
    o.awaitEvents("routes_refused", before + 1);
    List<JsonNode> all = o.books().events("routes_refused");
    JsonNode last = all.get(all.size() - 1);
    assertThat(text(last, "file")).isEqualTo(FILE);
    assertThat(text(last, "file") + ' ' + text(last, "reason")).contains(why);
    if (line != null) {
      assertThat(last.path("line").asInt()).isEqualTo(1 + text.lines().toList().indexOf(line));
    }
  }
}
