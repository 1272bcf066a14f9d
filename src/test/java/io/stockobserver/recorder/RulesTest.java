package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.Window;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.track.SweepTimes;
import io.stockobserver.trigger.TriggerSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator changes while a session runs: from which instant on it holds, and for what. */
class RulesTest {
  @TempDir Path root;
  private Rig rig;
  private Beats beats;

  @BeforeEach
  void rig() {
    rig = new Rig(root);
    beats = rig.beats();
    rig.started().to("09:31").connected().hear("rows A,10000,5,5 B,10000,1,1 C,10000,1,1");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void follow(Rules rules) {
    rig.recorder.session().follow(rules, "an operator's edit");
  }

  private Rules every(String millis) {
    Rules now = rig.recorder.rules();
    return new Rules(
        now.scalpWindow(),
        Duration.ofMillis(Long.parseLong(millis)),
        now.sweeps(),
        now.slots(),
        now.triggers(),
        now.silence());
  }

  private Rules window(String text) {
    Rules now = rig.recorder.rules();
    return new Rules(
        Window.parse(text),
        now.scalpEvery(),
        now.sweeps(),
        now.slots(),
        now.triggers(),
        now.silence());
  }

  private Rules slots(int places) {
    Rules now = rig.recorder.rules();
    return new Rules(
        now.scalpWindow(),
        now.scalpEvery(),
        now.sweeps(),
        new SlotRules(places, now.slots().minStay(), now.slots().margin(), now.slots().cooldown()),
        now.triggers(),
        now.silence());
  }

  private Rules sweeps(Duration every) {
    Rules now = rig.recorder.rules();
    return new Rules(
        now.scalpWindow(),
        now.scalpEvery(),
        new SweepGrid(now.sweeps().window(), every, now.sweeps().closing()),
        now.slots(),
        now.triggers(),
        now.silence());
  }

  /** Ticks of the grid that holds, as the route brings them, from here until then. */
  private void ticks(String to) {
    Instant end = rig.at(to);
    Instant tick = beats.after(rig.now());
    while (tick.isBefore(end)) {
      rig.to(tick.plusMillis(2));
      beats.sample(tick);
      tick = beats.after(tick);
    }
    rig.to(end);
  }

  private List<String> samples() {
    return rig.scalp("A").stream().map(line -> Rig.local(line, "sample_time")).toList();
  }

  @Test
  void anotherIntervalHoldsFromTheNextInstantOnAndNothingIsMissed() {
    ticks("09:31:01.200");
    follow(every("2000"));
    ticks("09:31:05.300");
    follow(every("250"));
    ticks("09:31:06.100");
    assertThat(samples())
        .containsExactly(
            "09:31:00.500",
            "09:31:01", // twice a second
            "09:31:02",
            "09:31:04", // every second second
            "09:31:05.500",
            "09:31:05.750",
            "09:31:06"); // four a second
    assertThat(rig.gaps("overload")).isEmpty();
  }

  @Test
  void aTickOfTheOldGridThatComesLateIsStillSampledAndOneOfNeitherIsNot() {
    ticks("09:31:01.200");
    rig.to("09:31:01.600");
    follow(every("2000"));
    beats.sample(rig.at("09:31:01.500")); // heard of late: it was due before the change
    ticks("09:31:04.500");
    assertThat(samples())
        .containsExactly("09:31:00.500", "09:31:01", "09:31:01.500", "09:31:02", "09:31:04");
    assertThat(rig.gaps("overload")).isEmpty();
  }

  @Test
  void whatIsMissedOfTheOldGridOrTheNewIsTold() {
    ticks("09:31:01.200");
    rig.to("09:31:09.800");
    follow(every("2000")); // eight seconds of two a second are missing
    ticks("09:31:10.500");
    assertThat(rig.gaps("overload")).containsExactly("09:31:01-09:31:10");
    follow(every("500"));
    rig.to("09:31:20.200"); // ten of it are missing now
    ticks("09:31:21");
    assertThat(rig.gaps("overload")).containsExactly("09:31:01-09:31:10", "09:31:10-09:31:20.500");
  }

  @Test
  void aWindowThatBeginsLaterEndsTheSamplesWithoutAGapUntilItBegins() {
    ticks("09:31:01.200");
    rig.to("09:31:01.600");
    follow(window("open+32m..close-30m"));
    beats.sample(rig.at("09:31:01.500")); // read late: it was due when its time came
    ticks("09:32:01.100");
    follow(window("open+30m..open+33m")); // and ends early
    ticks("09:34");
    rig.recorder.session().stop("test");
    assertThat(samples())
        .startsWith("09:31:00.500", "09:31:01", "09:31:01.500", "09:32:00", "09:32:00.500");
    assertThat(samples()).endsWith("09:32:59", "09:32:59.500");
    assertThat(rig.gaps("overload")).isEmpty();
  }

  @Test
  void aGapThatWasBegunInALargerWindowIsToldAsFarAsThatReached() {
    ticks("09:31:01");
    rig.lost();
    rig.to("09:40");
    follow(window("open+30m..open+35m"));
    rig.to("09:50").opened(1);
    rig.confirmAll();
    // What was due until 09:40 is explained until then, although the window ends at 09:35 now.
    assertThat(rig.gaps("ws_disconnect")).hasSize(1);
    assertThat(rig.gaps("ws_disconnect").get(0)).startsWith("09:31:00").endsWith("-09:40:00.001");
  }

  @Test
  void fewerPlacesLeaveByThePlanAndMoreAreFilled() {
    rig.recorder.session().operator(SlotWord.PIN, "C", "kim", "watch it");
    follow(slots(2)); // B is the least interesting that is not pinned
    rig.confirmAll();
    assertThat(rig.recorder.state().slotsAcknowledged()).isEqualTo(2);
    assertThat(rig.recorder.wanted()).containsExactly("A", "C");
    assertThat(rig.events("slot_released"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.path("symbol").asText()).isEqualTo("B");
              assertThat(e.path("reason").asText()).isEqualTo("outranked");
            });
    follow(slots(4)); // B gave its place up a moment ago; D and E are next
    rig.confirmAll();
    assertThat(rig.recorder.wanted()).containsExactly("A", "C", "D", "E");
    assertThat(rig.recorder.state().slotsCapacity()).isEqualTo(4);
    assertThat(rig.ledger()).anyMatch(line -> line.equals("09:31:00 B cooldown"));
  }

  @Test
  void anotherSweepIntervalCountsFromTheChangeOn() {
    SweepTimes sweeps = rig.recorder.sweeps();
    rig.to("09:42:30");
    follow(sweeps(Duration.ofMinutes(1)));
    // 09:41 and 09:42 would have been instants of the new grid; nobody has missed them.
    assertThat(sweeps.due(Rig.day("2026-11-20"), rig.at("09:40"), rig.at("09:42:59"))).isNull();
    assertThat(sweeps.due(Rig.day("2026-11-20"), rig.at("09:40"), rig.at("09:43:05")))
        .isEqualTo(rig.at("09:43"));
    assertThat(sweeps.between(Rig.day("2026-11-20"), rig.at("09:30"), rig.at("09:44")))
        .containsExactly(rig.at("09:40"), rig.at("09:43"));
    assertThat(sweeps.until(Rig.day("2026-11-20"), rig.at("09:40"))).isEqualTo(rig.at("09:43"));
    rig.turn("2026-11-23");
    assertThat(sweeps.instants(Rig.day("2026-11-23"))).hasSize(392); // each minute, and the closing
  }

  @Test
  void aChangeIsOnTheTapeAndAnEventSaysWhatIsDueNow() {
    follow(every("1000"));
    JsonNode event = rig.events("rules_changed").get(0);
    assertThat(event.path("scalp_every_ms").asInt()).isEqualTo(1000);
    assertThat(event.path("swing_every_ms").asInt()).isEqualTo(600_000);
    assertThat(event.path("slots").asInt()).isEqualTo(3);
    assertThat(event.path("scalp_from").asText()).isEqualTo("2026-11-20T00:30:00Z");
    assertThat(event.path("scalp_until").asText()).isEqualTo("2026-11-20T06:00:00Z");
    assertThat(event.path("reason").asText()).isEqualTo("an operator's edit");
    assertThat(rig.tape())
        .filteredOn(line -> line.path("body").asText().contains("\"note\":\"rules\""))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.path("body").asText())
                    .contains("\"scalp_every_ms\":1000", "\"trigger_window_ms\":60000"));
    assertThat(rig.tape().get(0).path("body").asText())
        .as("a session says by what rules it begins")
        .contains("\"rules\":{\"scalp_window\":\"open+1800000ms..close-1800000ms\"");
  }

  @Test
  void theTapeTellsEveryRuleExactly() {
    Rules odd =
        new Rules(
            Window.parse("close-2h..close-1m"),
            Duration.ofMillis(150),
            new SweepGrid(Window.parse("open..open+3h"), Duration.ofSeconds(7), Duration.ZERO),
            new SlotRules(7, Duration.ofMillis(1), 0.07, Duration.ofHours(1)),
            new TriggerSettings(
                Duration.ofSeconds(10),
                Duration.ofMinutes(3),
                1.7,
                new BigDecimal("12345678.9"),
                3.3,
                2.2,
                0.07,
                29.9),
            Duration.ZERO);
    assertThat(Rules.of(Notes.read(Notes.write("rules", odd.fields())))).isEqualTo(odd);
  }
}
