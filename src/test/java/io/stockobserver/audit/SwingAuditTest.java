package io.stockobserver.audit;

import static io.stockobserver.audit.HandMade.at;
import static io.stockobserver.audit.HandMade.unexplained;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every symbol has a line of every sweep, or a reason, or is named. */
class SwingAuditTest {
  @TempDir Path root;

  private static TrackAccount swing(HandMade day) {
    return Objects.requireNonNull(day.market().swing());
  }

  private HandMade started() {
    return new HandMade(root).start("09:29:50");
  }

  @Test
  void everySymbolOfEverySweep() {
    TrackAccount swing = swing(HandMade.complete(root));
    // Sweeps of 09:30 and 09:31 stand for a minute each, that of 09:32 for the two until the
    // closing one, which stands for the minute that it was waited for.
    assertThat(swing.seconds()).isEqualTo(new Tally(300, 300, 0, 0));
    assertThat(swing.symbolSeconds()).isEqualTo(new Tally(1200, 1200, 0, 0));
    assertThat(swing.rows()).containsOnlyKeys("A", "B", "C", "D");
  }

  @Test
  void aMissingSymbolIsNamedForAsLongAsTheSweepStands() {
    HandMade day = HandMade.complete(root);
    day.swing.removeIf(
        l -> l.contains("\"C\"") && l.contains("receive_time\":\"2026-11-20T00:31:"));
    assertThat(unexplained(swing(day))).containsExactly("09:31:00-09:32:00 C");
    assertThat(swing(day).seconds()).isEqualTo(new Tally(300, 240, 0, 60));
    assertThat(day.audit().ok()).isFalse();
  }

  @Test
  void aMarkerOverTheSweepsInstantExplainsWhomItNames() {
    HandMade day = HandMade.complete(root);
    day.swing.removeIf(l -> l.contains("receive_time\":\"2026-11-20T00:31:"));
    day.gap("09:31:00", "09:32:00", "swing", "api_error", "A", "B");
    day.gap("09:31:00", "09:32:00", "swing", "rate_limit", "C");
    assertThat(unexplained(swing(day))).containsExactly("09:31:00-09:32:00 D");
    day.gap("09:31:00", "09:32:00", "swing", "api_error", "D");
    TrackAccount swing = swing(day);
    assertThat(unexplained(swing)).isEmpty();
    assertThat(swing.symbolSeconds()).isEqualTo(new Tally(1200, 960, 240, 0));
  }

  /** Yesterday's members, or those of the last hours, until today's are known. */
  @Test
  void aSweepBeforeTheUniverseIsFrozenOwesWhomItNames() {
    HandMade day = started().beganFor("09:30:00", "A", "GONE");
    day.swept("A", at("09:30:02")).finished("09:30:00", at("09:30:05"));
    for (String time : List.of("09:31:00", "09:32:00", "09:34:00")) {
      day.sweep(time, "A", "B", "C", "D");
    }
    day.stop("09:36");
    TrackAccount swing = swing(day);
    assertThat(unexplained(swing)).containsExactly("09:30:00-09:31:00 GONE");
    assertThat(swing.rows()).containsOnlyKeys("A", "B", "C", "D", "GONE");
    assertThat(swing.symbolSeconds()).isEqualTo(new Tally(1080, 1020, 0, 60));
  }

  @Test
  void aSweepThatNeverWasIsNamedAsAWhole() {
    HandMade day = started().sweep("09:30:00", "A", "B", "C", "D");
    day.sweep("09:32:00", "A", "B", "C", "D").sweep("09:34:00", "A", "B", "C", "D");
    day.stop("09:36");
    assertThat(unexplained(swing(day))).containsExactly("09:31:00-09:32:00");
  }

  @Test
  void aSlowSweepsLinesAreItsOwnAlsoWhenTheNextOneWasDue() {
    HandMade day = started().began("09:30:00");
    for (String symbol : List.of("A", "B", "C", "D")) {
      day.swept(symbol, at("09:31:40"));
    }
    day.finished("09:30:00", at("09:31:50"));
    day.gap("09:31:00", "09:32:00", "swing", "rate_limit");
    day.sweep("09:32:00", "A", "B", "C", "D").sweep("09:34:00", "A", "B", "C", "D").stop("09:36");
    TrackAccount swing = swing(day);
    assertThat(unexplained(swing)).isEmpty();
    assertThat(swing.explainedBy()).isEqualTo(Map.of("rate_limit", 60L));
  }

  @Test
  void aKillInTheMiddleOfASweepIsExplainedByTheRestart() {
    HandMade day = started().began("09:30:00").swept("A", at("09:30:02"));
    day.session("sess_20261120_093030").start("09:30:30");
    day.sweep("09:31:00", "A", "B", "C", "D").sweep("09:32:00", "A", "B", "C", "D");
    day.sweep("09:34:00", "A", "B", "C", "D").stop("09:36");
    assertThat(unexplained(swing(day))).containsExactly("09:30:00-09:31:00 B C D");
    day.gap("09:30:03", "09:30:30.100", "all", "restart");
    TrackAccount swing = swing(day);
    assertThat(unexplained(swing)).isEmpty();
    assertThat(swing.explainedBy()).isEqualTo(Map.of("restart", 60L));
  }

  @Test
  void aSweepThatWasDueWhenItWasKilledAndHadNotBegunIsExplainedByTheRestart() {
    HandMade day = started();
    day.session("sess_20261120_093030").start("09:30:30");
    day.gap("09:30:00.400", "09:30:30.100", "all", "restart");
    day.sweep("09:31:00", "A", "B", "C", "D").sweep("09:32:00", "A", "B", "C", "D");
    day.sweep("09:34:00", "A", "B", "C", "D").stop("09:36");
    assertThat(unexplained(swing(day))).isEmpty();
  }

  @Test
  void sweepsThatWereDueWhileItDidNotRunAreExplained() {
    HandMade day = started().sweep("09:30:00", "A", "B", "C", "D").stop("09:30:30");
    TrackAccount swing = swing(day);
    assertThat(unexplained(swing)).isEmpty();
    assertThat(swing.seconds()).isEqualTo(new Tally(300, 60, 240, 0));
    assertThat(swing.explainedBy()).isEqualTo(Map.of("not_running", 240L));
  }

  @Test
  void aSweepUnderWayIsNotJudgedYet() {
    HandMade day = started().sweep("09:30:00", "A", "B", "C", "D").began("09:31:00");
    day.running = true;
    day.event("metrics", "09:31:30", "");
    assertThat(swing(day).seconds()).isEqualTo(new Tally(60, 60, 0, 0));
  }

  @Test
  void aSweepThatHasNotBegunIsMissedOnceTheNextOneIsDue() {
    HandMade day = started().sweep("09:30:00", "A", "B", "C", "D");
    day.running = true;
    day.event("metrics", "09:31:50", "");
    assertThat(swing(day).seconds()).isEqualTo(new Tally(60, 60, 0, 0));
    day.event("metrics", "09:32:10", "");
    assertThat(unexplained(swing(day))).containsExactly("09:31:00-09:32:00");
  }

  @Test
  void withoutAUniverseASweepIsStillOwed() {
    HandMade day = started().gap("09:30:00", "09:31:00", "swing", "api_error").stop("09:31:30");
    day.write();
    day.file("universe/kis/kr_stocks/20261120.json", "{}");
    DayAudit audit = auditAsWritten(day);
    assertThat(unexplained(Objects.requireNonNull(audit.markets().get(0).swing())))
        .containsExactly("09:31:00-09:32:00");
  }

  private DayAudit auditAsWritten(HandMade day) {
    try {
      return new Audit(root, day.now, false, (m, d) -> null, b -> {})
          .day(HandMade.DAY, Shelf.in(root));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
