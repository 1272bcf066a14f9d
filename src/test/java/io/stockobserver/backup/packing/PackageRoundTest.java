package io.stockobserver.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.evidence.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is due, by a clock that is driven by hand. */
class PackageRoundTest {
  @TempDir Path dir;

  private static PackageRound round(Recorded day) {
    return new PackageRound(
        day.packager(),
        LocalTime.of(21, 0),
        Duration.ofMinutes(10),
        day::now,
        Runnable::run,
        Packager.Progress.NONE);
  }

  private static List<String> made(Recorded day) throws Exception {
    return day.shelf().all().stream().map(PackageId::toString).toList();
  }

  @Test
  void tonightsIsMadeOnceAtItsTimeAndTheEndedDaysOnceItIsSealed() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      PackageRound round = round(day);
      day.until("20T20:59:59");
      round.makeWhenDue();
      assertThat(made(day)).isEmpty();
      day.until("20T21:00:00");
      round.makeWhenDue();
      assertThat(made(day)).containsExactly("kis/20261120/1");
      day.lines("more").until("20T22:00:00");
      round.makeWhenDue();
      assertThat(made(day)).hasSize(1);

      day.until("21T00:00:01").lines("saturday").until("21T00:09:59");
      round.makeWhenDue();
      assertThat(made(day)).hasSize(1);
      day.until("21T00:10:00");
      round.makeWhenDue();
      assertThat(made(day)).containsExactly("kis/20261120/1", "kis/20261120/2");
      assertThat(day.shelf().manifest(PackageId.parse("kis/20261120/2")).complete()).isTrue();
      day.until("21T00:12:00");
      round.makeWhenDue();
      assertThat(made(day)).hasSize(2);
      assertThat(day.events).extracting(Event::type).containsOnly("backup_packaged");
      assertThat(day.events.get(0).get("due")).isEqualTo(Recorded.at("20T21:00:00"));
    }
  }

  @Test
  void aClockThatJumpsOverTheEveningMakesTheEndedDaysAtOnceAndSaysWhenItWasDue() throws Exception {
    try (Recorded day = Recorded.evening(dir).saturday()) {
      day.until("21T09:00:00");
      PackageRound round = round(day); // a start catches up in the same way
      round.makeWhenDue();
      day.until("21T09:00:01");
      round.makeWhenDue();

      assertThat(made(day)).containsExactly("kis/20261120/1");
      assertThat(day.events).hasSize(1);
      assertThat(day.events.get(0).get("complete")).isEqualTo(true);
      assertThat(day.events.get(0).get("due")).isEqualTo(Recorded.at("21T00:10:00"));
    }
  }

  @Test
  void aClockThatIsSetBackMakesNothingTwice() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      PackageRound round = round(day);
      round.makeWhenDue();
      day.until("20T20:00:00");
      round.makeWhenDue();
      day.until("20T21:00:00");
      round.makeWhenDue();

      assertThat(made(day)).containsExactly("kis/20261120/1");
    }
  }

  @Test
  void aDayThatIsNotSealedIsWaitedForAndAfterAnHourItIsSaid() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      PackageRound round = round(day);
      day.until("21T00:10:00"); // nobody records: no later day makes its manifest final
      round.makeWhenDue();
      assertThat(made(day)).isEmpty();
      assertThat(day.events).isEmpty();
      for (String time : List.of("21T01:10:00", "21T01:11:00", "21T05:00:00")) {
        day.until(time);
        round.makeWhenDue();
      }
      assertThat(day.events).hasSize(1);
      assertThat(day.events.get(0).get("reason")).isEqualTo("not_complete");

      day.lines("saturday").until("21T06:00:00");
      round.makeWhenDue();
      assertThat(made(day)).containsExactly("kis/20261120/1");
    }
  }

  @Test
  void itIsCaughtUpOnceNoEndedDayOnlyWaitsForItsSeal() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      PackageRound round = round(day);
      round.makeWhenDue();
      assertThat(round.isCaughtUp(Recorded.FRIDAY)).isTrue();
      assertThat(round.isCaughtUp(Recorded.FRIDAY.plusDays(3))).isFalse();

      day.until("23T02:00:00"); // days later: the start has not sealed Friday yet
      round = round(day);
      round.makeWhenDue();
      assertThat(made(day)).containsExactly("kis/20261120/1");
      assertThat(round.isCaughtUp(Recorded.FRIDAY.plusDays(3))).isFalse();

      day.lines("monday").until("23T02:10:00"); // sealed: Friday's manifest is final
      round.makeWhenDue();
      assertThat(made(day)).containsExactly("kis/20261120/1", "kis/20261120/2");
      assertThat(round.isCaughtUp(Recorded.FRIDAY.plusDays(3))).isTrue();
    }
  }

  @Test
  void aDayThatCannotBePackagedHoldsNobodyUp() throws Exception {
    try (Recorded day = Recorded.evening(dir).saturday()) {
      Files.write(
          day.root.resolve("scalp/kis/kr_stocks/20261120/09_30_00.jsonl"), new byte[] {'x'});
      PackageRound round = round(day);
      round.makeWhenDue();
      assertThat(made(day)).isEmpty();
      assertThat(round.isCaughtUp(Recorded.FRIDAY.plusDays(1))).isTrue();
    }
  }

  @Test
  void evidenceThatComesLaterIsNoticed() throws Exception {
    try (Recorded day = Recorded.evening(dir).saturday()) {
      PackageRound round = round(day);
      round.makeWhenDue();
      day.line(io.stockobserver.archive.Lane.EVENTS, Recorded.at("20T14:00:00"), "late");
      day.until("21T00:20:00");
      round.makeWhenDue();

      assertThat(made(day)).containsExactly("kis/20261120/1", "kis/20261120/2");
    }
  }

  @Test
  void aDamagedDayIsToldOnceTriedAgainMoreAndMoreSeldomAndHoldsUpNoOther() throws Exception {
    try (Recorded day = Recorded.evening(dir).saturday()) {
      Path scalp = day.root.resolve("scalp/kis/kr_stocks/20261120/09_30_00.jsonl");
      byte[] good = Files.readAllBytes(scalp);
      Files.write(scalp, new byte[good.length]);
      day.until("21T21:00:00");
      PackageRound round = round(day);
      round.makeWhenDue();
      assertThat(made(day)).containsExactly("kis/20261121/1");
      day.until("21T21:05:00");
      round.makeWhenDue();
      assertThat(day.events)
          .extracting(Event::type)
          .containsExactly("backup_failed", "backup_packaged");

      Files.write(scalp, good);
      day.until("21T21:14:59");
      round.makeWhenDue();
      assertThat(made(day)).hasSize(1);
      day.until("21T21:15:29");
      round.makeWhenDue();
      assertThat(made(day)).containsExactly("kis/20261120/1", "kis/20261121/1");
    }
  }
}
