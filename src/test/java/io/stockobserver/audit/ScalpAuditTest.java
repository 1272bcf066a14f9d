package io.stockobserver.audit;

import static io.stockobserver.audit.HandMade.at;
import static io.stockobserver.audit.HandMade.unexplained;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every second of the fast track is recorded, explained, or named (archive format, section 9). */
class ScalpAuditTest {
  @TempDir Path root;
  private HandMade day;

  @BeforeEach
  void complete() {
    day = HandMade.complete(root);
  }

  private TrackAccount scalp() {
    return Objects.requireNonNull(day.market().scalp());
  }

  private HandMade lose(String from, String until, String... symbols) {
    for (String symbol : symbols) {
      day.without(symbol, t -> !t.isBefore(at(from)) && t.isBefore(at(until)));
    }
    return day;
  }

  @Test
  void aCompleteDayIsRecordedAndNothingElse() {
    DayAudit audit = day.audit();
    assertThat(audit.noes()).isEmpty();
    TrackAccount scalp = Objects.requireNonNull(audit.markets().get(0).scalp());
    assertThat(scalp.seconds()).isEqualTo(new Tally(120, 120, 0, 0));
    assertThat(scalp.symbolSeconds()).isEqualTo(new Tally(360, 360, 0, 0));
    assertThat(scalp.windowSeconds()).isEqualTo(120);
    assertThat(scalp.windowCoverage()).isEqualTo(1);
    assertThat(Objects.requireNonNull(scalp.rows().get("B")).cell(1))
        .isEqualTo(new Tally(60, 60, 0, 0));
  }

  /** Whichever second is taken away, exactly that one is named. */
  @Test
  void anySecondThatIsTakenAwayIsNamedAndNoOther() {
    Random random = new Random(7);
    for (int s = 0; s < 120; s++) {
      Instant from = at("09:30:00").plusSeconds(s);
      Instant until = from.plusSeconds(1);
      // Both lines of the second, or one of them.
      Instant first = random.nextBoolean() ? from : from.plusMillis(500);
      String symbol = List.of("A", "B", "C").get(random.nextInt(3));
      day = HandMade.complete(root);
      day.without(symbol, t -> !t.isBefore(first) && t.isBefore(until));
      TrackAccount scalp = scalp();
      assertThat(scalp.unexplained())
          .as("second %s of %s", from, symbol)
          .containsExactly(new Unexplained(from, until, List.of(symbol)));
      assertThat(scalp.seconds()).isEqualTo(new Tally(120, 119, 0, 1));
    }
  }

  @Test
  void aMissingSecondChangesTheAnswer() {
    lose("09:30:05", "09:30:06", "A", "C");
    DayAudit audit = day.audit();
    assertThat(audit.ok()).isFalse();
    assertThat(audit.noes()).containsExactly("1 second of scalp unexplained");
    assertThat(unexplained(scalp())).containsExactly("09:30:05-09:30:06 A C");
  }

  @Test
  void secondsInARowOfTheSameSymbolsAreOneStretch() {
    lose("09:30:05", "09:30:08", "A");
    lose("09:30:07", "09:30:08", "B");
    assertThat(unexplained(scalp()))
        .containsExactly("09:30:05-09:30:07 A", "09:30:07-09:30:08 A B");
  }

  @Test
  void aMarkerExplainsWhatIsMissing() {
    lose("09:30:05", "09:30:08", "A", "B", "C");
    day.gap("09:30:05", "09:30:08", "scalp", "ws_disconnect");
    TrackAccount scalp = scalp();
    assertThat(scalp.seconds()).isEqualTo(new Tally(120, 117, 3, 0));
    assertThat(scalp.explainedBy()).containsExactly(java.util.Map.entry("ws_disconnect", 3L));
    assertThat(scalp.symbolSeconds()).isEqualTo(new Tally(360, 351, 9, 0));
  }

  @Test
  void aMarkerCoversItsStartAndNotItsEnd() {
    lose("09:30:05", "09:30:07", "A");
    day.gap("09:30:05", "09:30:06.500", "scalp", "ws_disconnect");
    assertThat(unexplained(scalp())).containsExactly("09:30:06-09:30:07 A");
  }

  @Test
  void aMarkerThatBeginsAMillisecondLaterDoesNotCoverTheInstant() {
    lose("09:30:05", "09:30:06", "A");
    day.gap("09:30:05.001", "09:30:06", "scalp", "ws_disconnect");
    assertThat(unexplained(scalp())).containsExactly("09:30:05-09:30:06 A");
  }

  @Test
  void aMarkerThatNamesSymbolsExplainsNobodyElse() {
    lose("09:30:05", "09:30:06", "A", "B");
    day.gap("09:30:05", "09:30:06", "scalp", "awaiting_first_frame", "A");
    assertThat(unexplained(scalp())).containsExactly("09:30:05-09:30:06 B");
  }

  @Test
  void aMarkerOfTheOtherTrackExplainsNothingOneOfBothDoes() {
    lose("09:30:05", "09:30:07", "A");
    day.gap("09:30:05", "09:30:07", "swing", "api_error");
    day.gap("09:30:06", "09:30:07", "all", "host_pause");
    assertThat(unexplained(scalp())).containsExactly("09:30:05-09:30:06 A");
  }

  @Test
  void whatHasItsLinesIsRecordedWhateverCoversIt() {
    day.gap("09:30:00", "09:32:00", "all", "host_pause");
    assertThat(scalp().seconds()).isEqualTo(new Tally(120, 120, 0, 0));
  }

  @Test
  void aSlotThatIsAssignedAtAnInstantIsExpectedFromTheNextOn() {
    day.assign("D", "09:31:00").lines("D", "09:31:00.500", "09:32:00", 500);
    assertThat(unexplained(scalp())).isEmpty();
    day.without("D", t -> t.equals(at("09:31:00.500")));
    assertThat(unexplained(scalp())).containsExactly("09:31:00-09:31:01 D");
  }

  @Test
  void aSlotThatIsReleasedAtAnInstantIsNotExpectedAtIt() {
    day.release("C", "09:31:00");
    lose("09:31:00", "09:32:00", "C");
    assertThat(unexplained(scalp())).isEmpty();
    lose("09:30:59.500", "09:31:00", "C");
    assertThat(unexplained(scalp())).containsExactly("09:30:59-09:31:00 C");
  }

  @Test
  void aSlotIsHeldThroughALostFeed() {
    lose("09:30:05", "09:30:10", "A", "B", "C");
    day.gap("09:30:05", "09:30:08", "scalp", "ws_disconnect");
    day.gap("09:30:08", "09:30:10", "scalp", "awaiting_first_frame", "B", "C");
    assertThat(unexplained(scalp())).containsExactly("09:30:08-09:30:10 A");
  }

  @Test
  void whereNobodyHoldsASlotTheTrackMustBeExplained() {
    for (String symbol : List.of("A", "B", "C")) {
      day.release(symbol, "09:31:00");
      lose("09:31:00", "09:32:00", symbol);
    }
    day.gap("09:31:00", "09:31:58", "scalp", "ws_disconnect");
    TrackAccount scalp = scalp();
    assertThat(unexplained(scalp)).containsExactly("09:31:58-09:32:00");
    assertThat(scalp.seconds()).isEqualTo(new Tally(120, 60, 58, 2));
  }

  @Test
  void atMitigationLevelOneEverySecondInstantIsDue() {
    day.event("mitigation_changed", "09:30:30", "\"from_level\":0,\"to_level\":1");
    day.event("mitigation_changed", "09:31:00", "\"from_level\":1,\"to_level\":0");
    for (String symbol : List.of("A", "B", "C")) {
      // From 09:30:30 to 09:31:00 only whole seconds are due.
      day.without(
          symbol,
          t ->
              t.isAfter(at("09:30:30"))
                  && t.isBefore(at("09:31:00"))
                  && t.toEpochMilli() % 1000 != 0);
    }
    assertThat(unexplained(scalp())).isEmpty();
    lose("09:30:40", "09:30:41", "B");
    assertThat(unexplained(scalp())).containsExactly("09:30:40-09:30:41 B");
  }

  @Test
  void atMitigationLevelTwoALineSpeaksForTwoSeconds() {
    day.event("mitigation_changed", "09:30:30", "\"from_level\":0,\"to_level\":2");
    for (String symbol : List.of("A", "B", "C")) {
      day.without(symbol, t -> t.isAfter(at("09:30:30")) && t.toEpochMilli() % 2000 != 0);
    }
    TrackAccount scalp = scalp();
    assertThat(scalp.seconds()).isEqualTo(new Tally(120, 120, 0, 0));
    lose("09:30:40", "09:30:41", "B");
    assertThat(unexplained(scalp())).containsExactly("09:30:40-09:30:42 B");
  }

  @Test
  void atTheInstantOfAChangeOnlyWhatBothLevelsHaveIsDue() {
    day.event("mitigation_changed", "09:30:30.500", "\"from_level\":0,\"to_level\":1");
    for (String symbol : List.of("A", "B", "C")) {
      day.without(symbol, t -> !t.isBefore(at("09:30:30.500")) && t.toEpochMilli() % 1000 != 0);
    }
    assertThat(unexplained(scalp())).isEmpty();
  }

  @Test
  void theSameLineTwiceIsNoHarm() {
    day.write();
    String twice = HandMade.sample("A", at("09:30:07")) + "\n";
    day.file("scalp/kis/kr_stocks/20261120/09_30_01.jsonl", twice);
    assertThat(scalp().seconds()).isEqualTo(new Tally(120, 120, 0, 0));
  }

  @Test
  void aTornLineIsNoLine() {
    lose("09:30:05", "09:30:05.500", "A");
    String line = HandMade.sample("A", at("09:30:05"));
    day.file("scalp/kis/kr_stocks/20261120/09_30_01.jsonl", line.substring(0, line.length() - 9));
    assertThat(unexplained(scalp())).containsExactly("09:30:05-09:30:06 A");
    day.file(
        "scalp/kis/kr_stocks/20261120/09_30_01.jsonl",
        line.substring(0, line.length() - 9) + "\n" + line + "\n");
    assertThat(unexplained(scalp())).isEmpty();
  }

  @Test
  void anotherFileOfTheDaysEventsExplainsToo() {
    lose("09:30:05", "09:30:06", "A");
    HandMade later = new HandMade(root).gap("09:30:05", "09:30:06", "scalp", "ws_disconnect");
    day.file("system/events/kis/20261120.2.jsonl", String.join("\n", later.events) + "\n");
    assertThat(unexplained(scalp())).isEmpty();
  }
}
