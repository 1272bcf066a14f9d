package io.stockobserver.audit;

import static io.stockobserver.audit.HandMade.at;
import static io.stockobserver.audit.HandMade.unexplained;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.TradingDay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a day's sessions owe: stops, kills, a running one, a holiday, none at all. */
class SessionAuditTest {
  private static final String SECOND = "sess_20261120_093040";
  @TempDir Path root;

  private HandMade day() {
    return new HandMade(root);
  }

  private static TrackAccount scalp(HandMade day) {
    return Objects.requireNonNull(day.market().scalp());
  }

  /** A session until 09:30:20 that had A in a slot. */
  private HandMade begun() {
    return day()
        .start("09:29:50")
        .gap("09:29:50", "09:29:55", "scalp", "not_connected")
        .assign("A", "09:29:55")
        .lines("A", "09:30:00", "09:30:20", 500);
  }

  private static HandMade again(HandMade day) {
    day.session(SECOND).start("09:30:40").gap("09:30:40", "09:30:45.001", "scalp", "not_connected");
    return day.assign("A", "09:30:45").lines("A", "09:30:45.500", "09:32:00", 500).stop("09:35:00");
  }

  @Test
  void betweenAStopAndTheNextStartItWasNotRunning() {
    HandMade day = again(begun().stop("09:30:20"));
    TrackAccount scalp = scalp(day);
    assertThat(unexplained(scalp)).isEmpty();
    assertThat(scalp.explainedBy()).containsEntry("not_running", 20L);
  }

  @Test
  void beforeTheFirstStartNothingIsExpected() {
    HandMade day = day();
    day.session(SECOND).start("09:31:00").gap("09:31:00", "09:31:10", "scalp", "not_connected");
    day.assign("A", "09:31:09.900").lines("A", "09:31:10", "09:32:00", 500).stop("09:35:00");
    TrackAccount scalp = scalp(day);
    assertThat(scalp.seconds()).isEqualTo(new Tally(60, 50, 10, 0));
    assertThat(scalp.windowCoverage()).isEqualTo(50 / 120.0);
  }

  @Test
  void aKillIsUnexplainedUntilTheNextStartHasToldOfIt() {
    HandMade day = again(begun());
    assertThat(unexplained(scalp(day))).first().isEqualTo("09:30:20-09:30:40 A");
    day.gap("09:30:19.700", "09:30:40.100", "all", "restart");
    assertThat(unexplained(scalp(day))).isEmpty();
  }

  @Test
  void aKillWithoutAnyLaterStartIsUnexplainedUntilNow() {
    HandMade day = begun();
    day.now = at("09:31:00");
    assertThat(unexplained(scalp(day))).containsExactly("09:30:20-09:31:00 A");
  }

  @Test
  void whatOperatorsDidIsNamed() {
    HandMade day = begun();
    day.event(
        "route_stopped",
        "09:30:10",
        "\"route\":\"hear-x\",\"actor\":\"mina\",\"reason\":\"moved\"");
    day.event("slot_pinned", "09:30:11", "\"symbol\":\"B\",\"actor\":\"lee\",\"reason\":\"news\"");
    day.event(
        "mitigation_changed",
        "09:30:12",
        "\"from_level\":0,\"to_level\":1,\"actor\":\"observer\",\"reason\":\"cpu\"");
    assertThat(day.stop("09:35:00").market().acts())
        .extracting(act -> act.actor() + ' ' + act.what() + ": " + act.reason())
        .containsExactly("mina stopped hear-x: moved", "lee pinned B: news");
  }

  /** The clock of a simulation may be ahead of the system's. */
  @Test
  void aKillWithoutAnyLaterStartIsAtLeastASecond() {
    HandMade day = begun();
    day.now = at("01:00");
    assertThat(day.audit().ok()).isFalse();
    assertThat(unexplained(scalp(day))).containsExactly("09:30:20-09:30:21 A");
  }

  @Test
  void aGapThatHadBegunWhenItWasKilledIsExplainedUntilThen() {
    HandMade day = begun();
    day.began("09:30:22", "09:30:20", "scalp", "ws_disconnect");
    day.event("metrics", "09:30:30", "");
    again(day).gap("09:30:30", "09:30:40.100", "all", "restart");
    TrackAccount scalp = scalp(day);
    assertThat(unexplained(scalp)).isEmpty();
    assertThat(scalp.explainedBy())
        .containsEntry("ws_disconnect", 10L)
        .containsEntry("restart", 10L);
  }

  @Test
  void aGapThatHadBegunExplainsNothingBehindItsMarker() {
    HandMade day = begun();
    day.began("09:30:05", "09:30:05", "scalp", "ws_disconnect");
    day.gap("09:30:05", "09:30:06", "scalp", "ws_disconnect");
    again(day).gap("09:30:30", "09:30:40.100", "all", "restart");
    assertThat(unexplained(scalp(day))).containsExactly("09:30:20-09:30:30 A");
  }

  @Test
  void aGapThatASymbolHadBegunEndsForThatSymbolAlone() {
    HandMade day = begun().assign("B", "09:29:56");
    day.began("09:30:00", "09:30:00", "scalp", "awaiting_first_frame", "A", "B");
    day.gap("09:30:00", "09:30:00.500", "scalp", "awaiting_first_frame", "A");
    day.without("A", t -> t.equals(at("09:30:10")));
    again(day).gap("09:30:20", "09:30:40.100", "all", "restart");
    assertThat(unexplained(scalp(day))).containsExactly("09:30:10-09:30:11 A");
  }

  @Test
  void whileItRunsItIsExpectedUntilJustBeforeItsLastWord() {
    HandMade day = begun();
    day.running = true;
    day.event("metrics", "09:30:21", "");
    TrackAccount scalp = scalp(day);
    assertThat(scalp.seconds()).isEqualTo(new Tally(19, 19, 0, 0));
    assertThat(day.audit().running()).isTrue();
  }

  @Test
  void whileItRunsAGapThatGoesOnIsExplained() {
    HandMade day = begun();
    day.running = true;
    day.began("09:30:23", "09:30:20", "scalp", "ws_disconnect");
    day.event("metrics", "09:30:32", "");
    assertThat(scalp(day).seconds()).isEqualTo(new Tally(30, 20, 10, 0));
  }

  @Test
  void aSessionThatRunsOnFromTheDayBeforeBeginsWithTheDay() {
    HandMade day = day().session("sess_20261119_092950");
    day.event("day_began", "00:00:00.700", HandMade.PLAN + ",\"slots_held\":[\"A\"]");
    day.lines("A", "09:30:00", "09:32:00", 500).stop("09:35:00");
    assertThat(scalp(day).seconds()).isEqualTo(new Tally(120, 120, 0, 0));
    assertThat(day.market().sessions().get(0).from()).isEqualTo(at("00:00"));
  }

  @Test
  void aSessionThatGoesOnIntoTheNextDayWasNotKilled() {
    HandMade day = begun().lines("A", "09:30:20", "09:32:00", 500);
    HandMade next = new HandMade(root);
    next.event("day_began", at("00:00").plusSeconds(86_400), "\"day\":\"2026-11-21\"");
    day.file("system/events/kis/20261121.jsonl", next.events.get(0) + "\n");
    assertThat(unexplained(scalp(day))).isEmpty();
    assertThat(day.market().sessions().get(0).ending()).isEqualTo("went on");
  }

  @Test
  void aHolidayOwesNothing() {
    HandMade day = day();
    day.event(
        "session_started",
        "09:00",
        HandMade.PLAN.replace("\"market_open\":true", "\"market_open\":false"));
    DayAudit audit = day.stop("10:00").audit();
    assertThat(audit.ok()).isTrue();
    assertThat(audit.markets().get(0).due()).isFalse();
    assertThat(audit.markets().get(0).tracks()).isEmpty();
  }

  @Test
  void aTradingDayWithoutASessionIsNotProven() {
    HandMade day = day();
    assertThat(day.audit().noes()).containsExactly("no session on a trading day (no calendar)");
    day.calendar = calendar(true);
    assertThat(day.audit().ok()).isFalse();
  }

  @Test
  void aHolidayWithoutASessionIs() {
    HandMade day = day();
    day.calendar = calendar(false);
    assertThat(day.audit().ok()).isTrue();
  }

  private static TradingDay calendar(boolean open) {
    return new TradingDay(
        HandMade.DAY, HandMade.SEOUL, open, true, at("09:00"), at("15:30"), "by hand");
  }

  @Test
  void aBrokenSealIsANo() throws Exception {
    HandMade day = HandMade.complete(root);
    assertThat(day.audit().seals().problems()).isEmpty();
    day.file("manifest/kis/20261120.json", "{\"provider\":\"kis\"}");
    DayAudit audit = day.audit();
    assertThat(audit.ok()).isFalse();
    assertThat(audit.noes()).containsExactly("a seal does not hold");
    assertThat(audit.seals().problems().get(0).path()).isEqualTo("manifest/kis/20261120.json");
    // Another day's trouble is another day's.
    Files.move(
        root.resolve("manifest/kis/20261120.json"), root.resolve("manifest/kis/20261119.json"));
    assertThat(day.audit().ok()).isTrue();
  }

  @Test
  void countersThatDoNotBalanceAreANo() {
    HandMade day = HandMade.complete(root);
    day.event("metrics", "09:31", "\"declared\":5,\"parsed\":5,\"kept\":3,\"set_aside\":1");
    DayAudit audit = day.audit();
    assertThat(audit.noes()).containsExactly("counters do not balance");
    assertThat(audit.markets().get(0).broken())
        .containsExactly(
            new Balance.Broken(
                "system/events/kis/20261120.jsonl:" + day.events.size(),
                "declared 5, parsed 5, kept 3 + set aside 1"));
  }

  @Test
  void whatWasShedMustHaveBeenTold() {
    HandMade day = begun();
    day.event("frames_shed", "09:30:10", "\"frames\":7");
    day.event(
        "session_stopped",
        "09:30:20",
        "\"counters\":{\"declared\":1,\"parsed\":1,\"kept\":1,\"set_aside\":0,\"shed\":8}");
    assertThat(day.market().broken())
        .extracting(Balance.Broken::what)
        .containsExactly("shed 8, frames_shed events tell 7");
  }

  @Test
  void theLedgerIsToldByReasonAndMinute() {
    HandMade day = HandMade.complete(root);
    day.write();
    StringBuilder ledger = new StringBuilder();
    for (String line :
        List.of(
            "00:30:10 X slot_full",
            "00:30:40 X slot_full",
            "00:31:10 X low_score",
            "00:31:10 Y slot_full")) {
      String[] words = line.split(" ", 3);
      ledger.append(
          "{\"timestamp\":\"2026-11-20T%s.000Z\",\"provider\":\"kis\",\"market\":\"kr_stocks\",\"symbol\":\"%s\",\"decision_reason\":\"%s\"}\n"
              .formatted(words[0], words[1], words[2]));
    }
    day.file("system/overflow/kis/20261120_overflow.jsonl", ledger.toString());
    OverflowAccount overflow = day.market().overflow();
    assertThat(overflow.lines()).isEqualTo(4);
    assertThat(overflow.byReason()).containsEntry("slot_full", 3L).containsEntry("low_score", 1L);
    assertThat(overflow.minutes()).containsEntry("X", 2).containsEntry("Y", 1);
  }
}
