package io.stockobserver.mitigation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The founding document's table (§2.10), minute by minute on a clock driven by hand. */
class MitigationPolicyTest {
  private static final Load CALM = new Load(10.0, 20.0, Duration.ofMillis(3), Duration.ZERO);

  static final MitigationSettings TABLE =
      new MitigationSettings(
          Map.of(
              Condition.CPU, new Thresholds(80, 90),
              Condition.MEMORY, new Thresholds(85, 95),
              Condition.DISK_DELAY, new Thresholds(500, 1000),
              Condition.QUEUE_DELAY, new Thresholds(2000, 5000)),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          0.9,
          Duration.ofMinutes(5),
          List.of(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(1)));

  private final MitigationPolicy policy = new MitigationPolicy(TABLE);
  private final List<String> changes = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T01:00:00Z");
  private final Instant began = now;

  private static Load cpu(double percent) {
    return new Load(percent, 20.0, Duration.ofMillis(3), Duration.ZERO);
  }

  private static Load with(String condition, double value) {
    Duration delay = Duration.ofNanos((long) (value * 1e6));
    return switch (condition) {
      case "cpu_percent" -> cpu(value);
      case "memory_percent" -> new Load(10.0, value, Duration.ZERO, Duration.ZERO);
      case "disk_write_delay_ms" -> new Load(10.0, 20.0, delay, Duration.ZERO);
      default -> new Load(10.0, 20.0, Duration.ZERO, delay);
    };
  }

  /** One reading now; what it changed is noted as {@code 05:00 0>1 cpu_percent}. */
  private void read(Load load) {
    LevelChange change = policy.weigh(now, load);
    if (change != null) {
      Duration t = Duration.between(began, now);
      changes.add(
          "%02d:%02d %d>%d %s"
              .formatted(
                  t.toMinutes(),
                  t.toSecondsPart(),
                  change.from(),
                  change.to(),
                  change.condition()));
    }
  }

  /** Readings every five seconds until this time after the beginning, both ends included. */
  private void until(String minutesSeconds, Load load) {
    int colon = minutesSeconds.indexOf(':');
    Instant end =
        began
            .plus(Duration.ofMinutes(Long.parseLong(minutesSeconds.substring(0, colon))))
            .plusSeconds(Long.parseLong(minutesSeconds.substring(colon + 1)));
    read(load);
    while (now.isBefore(end)) {
      Instant next = now.plusSeconds(5);
      now = next.isAfter(end) ? end : next;
      read(load);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cpu_percent, 79.99, 80, 89.99, 90",
    "memory_percent, 84.99, 85, 94.99, 95",
    "disk_write_delay_ms, 499.9, 500, 999.9, 1000",
    "queue_delay_ms, 1999.9, 2000, 4999.9, 5000"
  })
  void eachConditionCallsForItsLevelFromExactlyItsThresholdOn(
      String condition, double under1, double at1, double under2, double at2) {
    until("20:00", with(condition, under1));
    assertThat(changes).as("under the first threshold").isEmpty();
    assertThat(after5Minutes(with(condition, at1))).containsExactly("05:00 0>1 " + condition);
    assertThat(after5Minutes(with(condition, under2))).containsExactly("05:00 0>1 " + condition);
    assertThat(after5Minutes(with(condition, at2))).containsExactly("05:00 0>2 " + condition);
  }

  /** What a fresh policy does within five minutes of this load. */
  private static List<String> after5Minutes(Load load) {
    MitigationPolicyTest fresh = new MitigationPolicyTest();
    fresh.until("5:00", load);
    return fresh.changes;
  }

  @Test
  void fourMinutesFiftyNineAreNotFive() {
    until("4:59", cpu(99));
    assertThat(changes).isEmpty();
    now = began.plusSeconds(300);
    read(cpu(99));
    assertThat(changes).containsExactly("05:00 0>2 cpu_percent");
  }

  @Test
  void aDipBeginsTheFiveMinutesAnew() {
    until("4:55", cpu(85));
    now = now.plusSeconds(5);
    read(cpu(79));
    now = now.plusSeconds(5);
    until("10:04", cpu(85));
    assertThat(changes).isEmpty();
    now = began.plusSeconds(605);
    read(cpu(85));
    assertThat(changes).containsExactly("10:05 0>1 cpu_percent");
  }

  @Test
  void conditionsDoNotAddUp() {
    until("4:00", cpu(85));
    now = now.plusSeconds(5);
    until("8:00", with("memory_percent", 90));
    assertThat(changes).isEmpty();
    until("9:10", with("memory_percent", 90));
    assertThat(changes).containsExactly("09:05 0>1 memory_percent");
  }

  @Test
  void straightToLevelTwoAndByStepsWhenTheLoadRisesLater() {
    until("4:00", cpu(85));
    until("9:05", cpu(95));
    assertThat(changes).containsExactly("05:00 0>1 cpu_percent", "09:00 1>2 cpu_percent");
  }

  @Test
  void backOneLevelAtATimeAfterFiveMinutesBelowEach() {
    until("5:00", cpu(95));
    now = now.plusSeconds(5);
    until("20:00", CALM);
    assertThat(changes)
        .as("20 % of memory is closer to its mark than 10 % of the processors")
        .containsExactly(
            "05:00 0>2 cpu_percent", "10:05 2>1 memory_percent", "15:05 1>0 memory_percent");
  }

  /** 90 % of 80 is 72: between 72 and 80 nothing begins and nothing ends. */
  @Test
  void betweenTheMarksTheLevelStays() {
    until("5:00", cpu(80));
    until("60:00", cpu(72));
    assertThat(changes).containsExactly("05:00 0>1 cpu_percent");
    now = now.plusSeconds(5);
    until("65:05", cpu(71.9));
    assertThat(changes).hasSize(2).last().isEqualTo("65:05 1>0 cpu_percent");
  }

  /** 85.2 % is under 85.5, nine tenths of level 2's threshold, and above level 1's. */
  @Test
  void fromTwoTheWayBackStopsWhereTheLoadStillIs() {
    until("5:00", with("memory_percent", 96));
    now = now.plusSeconds(5);
    until("60:00", with("memory_percent", 85.2));
    assertThat(changes).containsExactly("05:00 0>2 memory_percent", "10:05 2>1 memory_percent");
  }

  @Test
  void loadThatFlapsFasterThanFiveMinutesChangesNothing() {
    for (int minute = 1; minute <= 120; minute++) {
      until(minute + ":00", minute % 4 == 0 ? CALM : cpu(99));
    }
    assertThat(changes).isEmpty();
  }

  @Test
  void recoveryThatFlapsChangesNothing() {
    until("5:00", cpu(99));
    for (int minute = 6; minute <= 120; minute++) {
      until(minute + ":00", minute % 4 == 0 ? cpu(85) : CALM);
    }
    assertThat(changes).as("goes up and stays").containsExactly("05:00 0>2 cpu_percent");
  }

  @Test
  void aClockThatStepsDecidesNothing() {
    until("1:00", cpu(99));
    now = now.plusSeconds(3600);
    read(cpu(99));
    now = now.minusSeconds(7200);
    read(cpu(99));
    now = now.plusSeconds(100 * 86_400);
    read(cpu(99));
    assertThat(changes).isEmpty();
    // One minute before the steps, ten seconds for each step forward, none for the one back.
    for (int seconds = 80; seconds < 295; seconds += 5) {
      now = now.plusSeconds(5);
      read(cpu(99));
    }
    assertThat(changes).isEmpty();
    now = now.plusSeconds(5);
    read(cpu(99));
    assertThat(policy.level()).isEqualTo(2);
  }

  @Test
  void aProcessThatSleptDecidesNothing() {
    until("4:30", cpu(99));
    now = now.plusSeconds(600); // suspended
    read(cpu(99));
    assertThat(changes).isEmpty();
  }

  @Test
  void whatIsUnknownNeitherBeginsNorHoldsALevel() {
    Load unknownCpu = new Load(null, 20.0, Duration.ZERO, Duration.ZERO);
    until("4:55", cpu(99));
    now = now.plusSeconds(5);
    read(unknownCpu);
    until("5:30", cpu(99));
    assertThat(changes).as("the run was broken").isEmpty();
    until("10:00", cpu(99));
    assertThat(policy.level()).isEqualTo(2);
    until("30:00", unknownCpu);
    assertThat(policy.level()).isZero();
    until("60:00", Load.UNKNOWN);
    assertThat(policy.level()).isZero();
  }

  @Test
  void theChangeTellsValueThresholdAndTheFilesLength() {
    until("4:55", cpu(85.5));
    now = now.plusSeconds(5);
    LevelChange up = policy.weigh(now, cpu(85.5));
    assertThat(up)
        .isEqualTo(
            new LevelChange(
                0,
                1,
                "cpu_percent",
                85.5,
                80.0,
                "observer",
                "at its threshold for 300 s",
                Duration.ofMinutes(2)));
  }

  @Test
  void recoveryNamesWhatCameClosest() {
    until("5:00", cpu(85));
    LevelChange down = null;
    while (down == null) {
      now = now.plusSeconds(5);
      down = policy.weigh(now, new Load(36.0, 76.0, Duration.ZERO, Duration.ZERO));
    }
    assertThat(down.condition()).isEqualTo("memory_percent");
    assertThat(down.value()).isEqualTo(76.0);
    assertThat(down.threshold()).isEqualTo(76.5);
    assertThat(down.segments()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void anOverrideWinsOverTheLoadAndAutoGivesItBackAtOnce() {
    LevelChange fixed = policy.override(1, "kim", "maintenance");
    assertThat(fixed)
        .isEqualTo(
            new LevelChange(
                0, 1, "operator", null, null, "kim", "maintenance", Duration.ofMinutes(2)));
    until("10:00", cpu(99));
    assertThat(changes).as("the load calls in vain").isEmpty();
    assertThat(policy.level()).isEqualTo(1);
    LevelChange given = policy.auto("lee", "done");
    assertThat(given.from()).isEqualTo(1);
    assertThat(given.to()).as("what the load has called for meanwhile").isEqualTo(2);
    assertThat(given.actor()).isEqualTo("lee");
    until("30:00", CALM);
    assertThat(policy.level()).as("and decides again").isZero();
  }

  @Test
  void anOverrideThatChangesNothingIsAnActAllTheSame() {
    assertThat(policy.override(0, "kim", "stay").from()).isZero();
    assertThat(policy.auto("kim", "go on").to()).isZero();
  }

  @Test
  void otherThresholdsHoldAtOnceAndTimeUnderTheOldOnesDoesNotCount() {
    until("4:55", cpu(85)); // five seconds more, and it would be level 1
    Map<Condition, Thresholds> higher = new java.util.EnumMap<>(TABLE.thresholds());
    higher.put(Condition.CPU, new Thresholds(60, 90));
    policy.turn(
        new MitigationSettings(
            higher,
            TABLE.every(),
            Duration.ofMinutes(1),
            TABLE.recoverShare(),
            TABLE.recover(),
            TABLE.segments()));
    until("5:50", cpu(70));
    assertThat(changes).isEmpty();
    until("6:00", cpu(70));
    assertThat(changes).containsExactly("05:55 0>1 cpu_percent");
  }
}
