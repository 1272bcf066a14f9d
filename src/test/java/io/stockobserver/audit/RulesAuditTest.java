package io.stockobserver.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each stretch of a day is held to what was due in it: rules may change while a session runs. */
class RulesAuditTest {
  @TempDir Path root;

  private static String every(int millis) {
    return HandMade.PLAN.replace("\"scalp_every_ms\":500", "\"scalp_every_ms\":" + millis);
  }

  /** Two a second until 09:31, then one every two. */
  private HandMade thinned() {
    HandMade day = HandMade.complete(root);
    Instant change = HandMade.at("09:31:00");
    for (String symbol : List.of("A", "B", "C")) {
      day.without(symbol, t -> t.isAfter(change)).lines(symbol, "09:31:02", "09:32:00", 2000);
    }
    return day.event("rules_changed", "09:31:00", every(2000));
  }

  private static List<String> unexplained(HandMade day) {
    TrackAccount scalp = day.market().scalp();
    assertThat(scalp).isNotNull();
    return HandMade.unexplained(scalp);
  }

  @Test
  void aStretchIsHeldToTheIntervalThatWasInForce() {
    assertThat(unexplained(thinned())).isEmpty();
    assertThat(thinned().market().scalp().seconds().recorded()).isEqualTo(119); // 09:31:01 has none
  }

  @Test
  void withoutTheWordOnTheChangeTheSameLinesAreTooFew() {
    HandMade day = thinned();
    day.events.removeIf(event -> event.contains("rules_changed"));
    assertThat(unexplained(day)).isNotEmpty();
  }

  @Test
  void aLineOfTheNewGridThatIsMissingIsUnexplained() {
    HandMade day = thinned().without("B", HandMade.at("09:31:10")::equals);
    assertThat(unexplained(day)).containsExactly("09:31:10-09:31:12 B");
  }

  @Test
  void aLineOfTheOldGridThatIsMissingIsUnexplainedAlsoAtTheInstantOfTheChange() {
    HandMade day = thinned().without("C", HandMade.at("09:31:00")::equals);
    assertThat(unexplained(day)).containsExactly("09:31:00-09:31:01 C");
  }

  @Test
  void aWindowThatEndsEarlierIsDueUntilTheChangeAndNotBehindIt() {
    HandMade day = HandMade.complete(root);
    for (String symbol : List.of("A", "B", "C")) {
      day.without(symbol, HandMade.at("09:31:20")::isBefore);
    }
    day.event(
        "rules_changed",
        "09:31:20",
        HandMade.PLAN.replace(
            "\"scalp_until\":\"2026-11-20T00:32:00Z\"",
            "\"scalp_until\":\"2026-11-20T00:31:00Z\""));
    assertThat(unexplained(day)).isEmpty();
    assertThat(unexplained(day.without("A", HandMade.at("09:31:15")::equals)))
        .containsExactly("09:31:15-09:31:16 A");
  }

  /** As {@code etl.BarsIT} has it of the same change. */
  @Test
  void aWindowThatIsMovedLaterIsNotDueBetween() {
    HandMade day = HandMade.complete(root);
    for (String symbol : List.of("A", "B", "C")) {
      day.without(
          symbol, t -> t.isAfter(HandMade.at("09:30:20")) && t.isBefore(HandMade.at("09:31:00")));
    }
    day.event(
        "rules_changed",
        "09:30:20",
        HandMade.PLAN.replace(
            "\"scalp_from\":\"2026-11-20T00:30:00Z\"", "\"scalp_from\":\"2026-11-20T00:31:00Z\""));
    assertThat(unexplained(day)).isEmpty();
    day.without("A", HandMade.at("09:30:15")::equals).without("B", HandMade.at("09:31:15")::equals);
    assertThat(unexplained(day)).containsExactly("09:30:15-09:30:16 A", "09:31:15-09:31:16 B");
  }

  @Test
  void aWindowThatBeginsEarlierIsDueFromTheChangeOnOnly() {
    HandMade day = new HandMade(root).start("09:28:00");
    day.event(
        "rules_changed",
        "09:29:00",
        HandMade.PLAN.replace(
            "\"scalp_from\":\"2026-11-20T00:30:00Z\"", "\"scalp_from\":\"2026-11-20T00:28:30Z\""));
    day.assign("A", "09:28:10").lines("A", "09:29:00.500", "09:32:00", 500);
    for (String sweep : List.of("09:30:00", "09:31:00", "09:32:00", "09:34:00")) {
      day.sweep(sweep, "A", "B", "C", "D");
    }
    day.stop("09:35:00");
    assertThat(unexplained(day)).isEmpty();
    assertThat(unexplained(day.without("A", t -> t.isBefore(HandMade.at("09:29:02")))))
        .containsExactly("09:29:00-09:29:02 A");
  }

  @Test
  void aSweepIntervalCountsFromTheChangeOn() {
    HandMade day = HandMade.complete(root);
    day.event(
        "rules_changed",
        "09:30:30",
        HandMade.PLAN.replace("\"swing_every_ms\":60000", "\"swing_every_ms\":40000"));
    // Due are 09:30, 09:30:40, 09:31:20, 09:32 and 09:34; swept was by the minute.
    TrackAccount swing = day.market().swing();
    assertThat(swing).isNotNull();
    assertThat(HandMade.unexplained(swing))
        .containsExactly("09:30:40-09:31:20", "09:31:20-09:32:00");
  }
}
