package io.stockobserver.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.DaysByHand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When retention is carried out: a start after days away, by a clock that is driven by hand. */
class RetentionRoundTest {
  private static final LocalDate OLD = LocalDate.of(2026, 11, 16);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  @TempDir private Path dir;
  private final Set<LocalDate> caughtUp = new HashSet<>();
  private DaysByHand made;
  private RetentionRound round;

  @BeforeEach
  void aStartAfterDaysAway() throws IOException {
    made = new DaysByHand(dir, OLD);
    made.record("kis", OLD);
    made.clock.set(DaysByHand.at(TODAY, 9, 0));
    made.wake("kis");
    round =
        new RetentionRound(
            new Retention(
                made.archive,
                "kis",
                DaysByHand.SEOUL,
                RetentionSettings.DEFAULTS,
                new LocalDisk(),
                made.clock),
            event -> made.tell("kis", event),
            () -> 50,
            caughtUp::contains,
            LocalTime.of(2, 0),
            DaysByHand.SEOUL,
            made.clock,
            Runnable::run);
  }

  private void at(LocalDate day, int hour, int minute) {
    made.clock.set(DaysByHand.at(day, hour, minute));
    round.forgetWhenDue();
  }

  private List<String> refused() throws IOException {
    return made.events("kis", "retention_refused");
  }

  @Test
  void itComesBehindThePackagesThatAreCaughtUpWith() throws IOException {
    at(TODAY, 9, 0);
    at(TODAY, 9, 1);
    assertThat(refused()).isEmpty();

    made.prove(made.pack("kis", OLD, 2, true), "pc");
    caughtUp.add(TODAY);
    at(TODAY, 9, 2);
    assertThat(refused()).isEmpty();
    assertThat(made.names("tape/", "20261116")).isEmpty();
    assertThat(made.events("kis", "retention_deleted")).hasSize(1);
  }

  @Test
  void afterAnHourItIsSaidThatADayHasNoPackage() throws IOException {
    at(TODAY, 9, 0);
    at(TODAY, 9, 59);
    assertThat(refused()).isEmpty();
    at(TODAY, 10, 0);
    assertThat(refused()).singleElement().asString().contains("\"reason\":\"not_packaged\"");

    // The next day it waits anew.
    at(TODAY, 10, 1);
    at(TODAY.plusDays(1), 2, 0);
    assertThat(refused()).hasSize(1);
    at(TODAY.plusDays(1), 3, 0);
    assertThat(refused()).hasSize(2);
  }
}
