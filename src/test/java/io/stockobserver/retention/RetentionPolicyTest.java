package io.stockobserver.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of docs/archive-format.md §11, by hand. */
class RetentionPolicyTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
  private static final RetentionPolicy POLICY = new RetentionPolicy(RetentionSettings.DEFAULTS);

  /** What is known of the day that is so many days old. */
  private static final class Day {
    private final PackageId id;
    private final LocalDate day;
    private List<String> anomalies = List.of();
    private Optional<PackageId> proof;
    private boolean complete = true;
    private List<Receipt> receipts;
    private Optional<Obstacle> obstacle = Optional.empty();
    private boolean begun;
    private Optional<LocalDate> restored = Optional.empty();

    Day(int age) {
      day = TODAY.minusDays(age);
      id = new PackageId("kis", day, 2);
      proof = Optional.of(id);
      receipts = List.of(receipt("pulled", "pc", 1), receipt("drilled", "pc", 1));
    }

    Receipt receipt(String kind, String by, double share) {
      return new Receipt(
          kind.equals("pulled") ? Receipt.Kind.PULLED : Receipt.Kind.DRILLED,
          id,
          "0".repeat(64),
          by,
          Instant.parse("2026-11-29T12:00:00Z"),
          1,
          1,
          1,
          share);
    }

    DayFacts facts() {
      return new DayFacts(
          "kis", day, 7, 7, anomalies, proof, complete, receipts, obstacle, begun, restored);
    }

    String verdict() {
      return verdict(Optional.empty());
    }

    String verdict(Optional<String> clock) {
      Verdict verdict = POLICY.decide(facts(), TODAY, clock);
      return verdict.act() + " " + verdict.reason();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, KEEP today",
    "0, KEEP today",
    "1, KEEP young",
    "3, KEEP young",
    "4, DELETE proven",
    "10, DELETE proven",
    "400, DELETE proven"
  })
  void aProvenDayGoesAfterThreeDays(int age, String verdict) {
    assertThat(new Day(age).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "3, KEEP young",
    "4, KEEP anomaly",
    "7, KEEP anomaly",
    "8, DELETE proven",
    "10, DELETE proven",
    "11, DELETE proven"
  })
  void aProvenDayThatSomethingMarkedGoesAfterSeven(int age, String verdict) {
    Day day = new Day(age);
    day.anomalies = List.of("reconnects", "cpu");
    assertThat(day.verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "3, KEEP young",
    "4, REFUSE not_packaged",
    "9, REFUSE not_packaged",
    "10, ALARM not_packaged",
    "11, ALARM not_packaged",
    "4000, ALARM not_packaged"
  })
  void aDayWithoutAPackageNeverGoesAndIsAnAlarmFromTheTenthOn(int age, String verdict) {
    Day day = new Day(age);
    day.proof = Optional.empty();
    day.receipts = List.of();
    assertThat(day.verdict()).isEqualTo(verdict);
  }

  @Test
  void whateverIsMissingIsNamed() {
    Day evening = new Day(5);
    evening.complete = false;
    assertThat(evening.verdict()).isEqualTo("REFUSE not_complete");

    Day nobody = new Day(5);
    nobody.receipts = List.of();
    assertThat(nobody.verdict()).isEqualTo("REFUSE not_pulled");

    Day unread = new Day(5);
    unread.receipts = List.of(unread.receipt("pulled", "pc", 1));
    assertThat(unread.verdict()).isEqualTo("REFUSE not_drilled");

    Day partly = new Day(5);
    partly.receipts =
        List.of(partly.receipt("pulled", "pc", 1), partly.receipt("drilled", "pc", .99));
    assertThat(partly.verdict()).isEqualTo("REFUSE not_drilled");

    Day drilledOnly = new Day(5);
    drilledOnly.receipts = List.of(drilledOnly.receipt("drilled", "pc", 1));
    assertThat(drilledOnly.verdict()).isEqualTo("REFUSE not_pulled");

    Day differs = new Day(12);
    differs.obstacle = Optional.of(new Obstacle("changed", "a file"));
    assertThat(differs.verdict()).isEqualTo("ALARM changed");
  }

  @Test
  void oneBackupIsEnoughAndItHasToBeTheSameOneThatFetchedAndRead() {
    Day two = new Day(5);
    two.receipts =
        List.of(
            two.receipt("pulled", "nas", 1),
            two.receipt("pulled", "pc", 1),
            two.receipt("drilled", "pc", 1));
    assertThat(two.verdict()).isEqualTo("DELETE proven");
    assertThat(two.facts().proving().orElseThrow().by()).isEqualTo("pc");

    Day crossed = new Day(5);
    crossed.receipts =
        List.of(crossed.receipt("pulled", "nas", 1), crossed.receipt("drilled", "pc", 1));
    assertThat(crossed.verdict()).isEqualTo("REFUSE not_drilled");
  }

  @Test
  void aBackupThatTakesItsWordBackProvesNothingAndAnotherStillDoes() {
    Day alone = new Day(5);
    alone.receipts = List.of(alone.receipt("pulled", "pc", 1), alone.receipt("drilled", "pc", 0));
    assertThat(alone.verdict()).isEqualTo("REFUSE withdrawn");

    Day other = new Day(5);
    other.receipts =
        List.of(
            other.receipt("pulled", "pc", 1),
            other.receipt("drilled", "pc", 0),
            other.receipt("pulled", "nas", 1),
            other.receipt("drilled", "nas", 1));
    assertThat(other.verdict()).isEqualTo("DELETE proven");
  }

  @Test
  void aClockThatIsNotBelievedDeletesNothing() {
    Optional<String> leapt = Optional.of("it leapt");
    assertThat(new Day(5).verdict(leapt)).isEqualTo("REFUSE clock");
    assertThat(new Day(2).verdict(leapt)).isEqualTo("KEEP young");
    Day begun = new Day(5);
    begun.begun = true;
    assertThat(begun.verdict(leapt)).isEqualTo("REFUSE clock");
  }

  @Test
  void whatACrashLeftIsGoneOnWithOnlyWhileItIsProven() {
    Day begun = new Day(6);
    begun.begun = true;
    begun.anomalies = List.of("cpu");
    assertThat(begun.verdict()).isEqualTo("DELETE begun");
    begun.receipts = List.of(begun.receipt("pulled", "pc", 1), begun.receipt("drilled", "pc", 0));
    assertThat(begun.verdict()).isEqualTo("REFUSE withdrawn");
  }

  @Test
  void aDayThatWasBroughtBackStaysThreeDays() {
    Day back = new Day(200);
    back.restored = Optional.of(TODAY.minusDays(3));
    assertThat(back.verdict()).isEqualTo("KEEP restored");
    back.restored = Optional.of(TODAY.minusDays(4));
    assertThat(back.verdict()).isEqualTo("DELETE proven");
  }

  @Test
  void figuresThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> new RetentionSettings(LocalTime.MIDNIGHT, 3, 2, 10, 80))
        .hasMessageContaining("retention.keep-anomaly (2d)");
    assertThatThrownBy(() -> new RetentionSettings(LocalTime.MIDNIGHT, 3, 7, 6, 80))
        .hasMessageContaining("retention.cap (6d)");
    assertThatThrownBy(() -> new RetentionSettings(LocalTime.MIDNIGHT, 0, 7, 10, 80))
        .hasMessageContaining("retention.keep (0d)");
  }
}
