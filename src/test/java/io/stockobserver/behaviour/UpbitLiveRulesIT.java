package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.HomeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link LiveRulesIT}, at a market that never closes and confirms nothing. */
class UpbitLiveRulesIT {
  private static final String FILE = "config/application.properties";

  @TempDir Path dir;

  @Test
  void intervalsSlotsSilenceAndRatesHoldAtOnceAndTheDayIsProvenAndReplays() throws Exception {
    HomeCopy home = HomeCopy.in(dir.resolve("home"));
    Observatory o =
        new Observatory(dir, "10:01:00", "upbit")
            .home(home.path())
            .venue(v -> v.withUpbitMarkets(180))
            .set("universe.crypto.min-traded-value", "0")
            .set("routes.reload", "100ms")
            .observe();
    try (o) {
      o.awaitSlots(41);
      o.awaitSamples(1);
      fewerAndSlower(o, home);
      moreAndFaster(o, home);
      reopened(o, home);
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
    Path file = home.path().resolve(FILE);
    Files.writeString(
        file,
        Files.readString(file)
            .replace("track.scalp.every = 500ms", "track.scalp.every = 2s")
            .replace("track.swing.every = 10m", "track.swing.every = 5s")
            .replace("slot.upbit.count = 41", "slot.upbit.count = 12")
            .replace("mitigation.cpu.level1 = 80%", "mitigation.cpu.level1 = 85%")
            .replace("provider.upbit.rest.rate = 10/s", "provider.upbit.rest.rate = 8/s"));
    o.awaitEvents("setting_applied", 5);
    assertThat(o.books().events("rules_changed"))
        .as("one word for one save")
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("slots").asInt()).isEqualTo(12);
              assertThat(event.path("scalp_every_ms").asInt()).isEqualTo(2000);
              assertThat(event.path("swing_every_ms").asInt()).isEqualTo(5_000);
              assertThat(text(event, "market")).isEqualTo("crypto");
            });
    Observatory.await("29 places are given up", () -> o.state().slotsAcknowledged() == 12);
    o.awaitSamples(2);
    int sweeps = o.state().sweepsDone();
    Observatory.await("a sweep of the new grid", () -> o.state().sweepsDone() > sweeps);
  }

  private static void moreAndFaster(Observatory o, HomeCopy home) {
    home.slip(FILE, "track.scalp.every = 2s", "track.scalp.every = 250ms");
    o.awaitEvents("rules_changed", 2);
    home.slip(FILE, "slot.upbit.count = 12", "slot.upbit.count = 30");
    o.awaitEvents("rules_changed", 3);
    o.awaitSlots(30);
    o.awaitSamples(4);
  }

  /** Another silence opens the socket anew: a gap with its reason, and then it goes on. */
  private static void reopened(Observatory o, HomeCopy home) {
    home.slip(FILE, "provider.upbit.feed.silence = 6s", "provider.upbit.feed.silence = 9s");
    o.awaitEvents("rules_changed", 4);
    o.awaitEvents("setting_applied", 8);
    assertThat(o.books().events("setting_applied"))
        .extracting(event -> text(event, "key"))
        .contains("provider.upbit.feed.silence", "provider.upbit.rest.rate");
    Observatory.await("its gap is told", () -> gapsOfTheFeed(o) > 0);
    o.awaitSlots(30);
    o.awaitSamples(4);
    assertThat(o.state().slotsCapacity()).isEqualTo(30);
  }

  private static int gapsOfTheFeed(Observatory o) {
    return o.books().gaps("scalp", "ws_disconnect").size()
        + o.books().gaps("scalp", "operator").size();
  }
}
