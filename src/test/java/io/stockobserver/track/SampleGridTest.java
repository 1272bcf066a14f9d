package io.stockobserver.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.TradingDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleGridTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final LocalDate DATE = LocalDate.of(2026, 11, 20);
  private static final TradingDay DAY =
      new TradingDay(DATE, SEOUL, true, true, at("09:00"), at("15:30"), "test");
  private final SampleGrid grid = new SampleGrid(Duration.ofMillis(500));

  private static Instant at(String time) {
    return DATE.atTime(java.time.LocalTime.parse(time)).atZone(SEOUL).toInstant();
  }

  private List<String> ticks(SampleGrid of, int level, int step) {
    return Stream.iterate(at("10:00:00"), t -> t.plusMillis(step))
        .limit(9)
        .filter(t -> of.has(t, DAY, level))
        .map(t -> t.atZone(SEOUL).toLocalTime().toString())
        .toList();
  }

  @Test
  void twoHertzOneHertzHalfAHertzFromLocalMidnight() {
    assertThat(ticks(grid, 0, 500)).hasSize(9);
    assertThat(ticks(grid, 1, 500))
        .containsExactly("10:00", "10:00:01", "10:00:02", "10:00:03", "10:00:04");
    assertThat(ticks(grid, 2, 500)).containsExactly("10:00", "10:00:02", "10:00:04");
    assertThat(grid.every(2)).isEqualTo(Duration.ofSeconds(2));
  }

  /** 700 ms divide neither nine hours nor a day: the ticks stand beside local midnight's grid. */
  @Test
  void ticksBesideTheGridOfMidnightAreThinnedAllTheSame() {
    SampleGrid odd = new SampleGrid(Duration.ofMillis(700));
    assertThat(ticks(odd, 1, 700).size()).isBetween(4, 5);
    assertThat(ticks(odd, 2, 700).size()).isBetween(2, 3);
  }

  @Test
  void itsInstantsAreCountedBetweenTwo() {
    assertThat(grid.count(at("10:00:00"), at("10:01:00"), DAY, 0)).isEqualTo(120);
    assertThat(grid.count(at("10:00:00"), at("10:01:00"), DAY, 1)).isEqualTo(60);
    assertThat(grid.count(at("10:00:00"), at("10:01:00"), DAY, 2)).isEqualTo(30);
    assertThat(grid.count(at("10:00:00"), at("10:00:00.000001"), DAY, 0)).isEqualTo(1);
    assertThat(grid.count(at("10:00:00.000001"), at("10:00:00.5"), DAY, 0)).isZero();
    assertThat(grid.count(at("10:00:01"), at("10:00:00"), DAY, 0)).isZero();
  }

  @Test
  void anInstantIsPassedOnlyWhereItLiesBetween() {
    Duration half = Duration.ofMillis(500);
    assertThat(grid.passes(at("09:30:07.980"), at("09:30:08.001"), DAY, half)).isTrue();
    assertThat(grid.passes(at("09:30:07.980"), at("09:30:08"), DAY, half)).isFalse();
    assertThat(grid.passes(at("09:30:07.500"), at("09:30:08"), DAY, half)).isFalse();
    assertThat(grid.passes(at("09:30:07.500"), at("09:30:08.001"), DAY, half)).isTrue();
    assertThat(grid.passes(at("09:30:07.500"), at("09:30:08.001"), DAY, half.multipliedBy(4)))
        .isTrue();
    assertThat(grid.passes(at("09:30:07"), at("09:30:07.999"), DAY, half.multipliedBy(2)))
        .isFalse();
  }

  @Test
  void theNextInstantIsReckonedFromLocalMidnightAndEveryDayBeginsAnew() {
    ZoneId seoul = ZoneId.of("Asia/Seoul");
    assertThat(grid.after(at("09:30:07.980"), seoul)).isEqualTo(at("09:30:08"));
    assertThat(grid.after(at("09:30:08"), seoul)).isEqualTo(at("09:30:08.500"));
    SampleGrid odd = new SampleGrid(Duration.ofMillis(700));
    assertThat(odd.after(at("00:00:00"), seoul)).isEqualTo(at("00:00:00.700"));
    // 123,428 steps of 700 ms are 86,399.6 s; the next would be in tomorrow.
    assertThat(odd.after(at("23:59:59.500"), seoul)).isEqualTo(at("23:59:59.600"));
    assertThat(odd.after(at("23:59:59.600"), seoul)).isEqualTo(at("00:00:00").plusSeconds(86_400));
  }
}
