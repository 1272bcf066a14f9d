package io.stockobserver.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepGridTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final TradingDay DAY = day("09:00", "15:30", true);

  private final SweepGrid grid = grid("open..close");

  @Test
  void everyTenMinutesWithBothEndsAndOnceMoreAMinuteAfterTheClose() {
    List<String> times = times(grid, DAY);
    assertThat(times).hasSize(41).startsWith("09:00", "09:10").endsWith("15:20", "15:30", "15:31");
    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aShiftedDayShiftsIt() {
    assertThat(times(grid, day("10:00", "16:30", true)))
        .hasSize(41)
        .startsWith("10:00")
        .endsWith("16:30", "16:31");
    assertThat(times(grid, day("10:00", "15:30", true))).hasSize(35).startsWith("10:00");
  }

  @Test
  void aWindowThatEndsOffTheGridHasNoSweepAtItsEnd() {
    assertThat(times(grid("open..close-5m"), DAY)).endsWith("15:20", "15:31");
  }

  @Test
  void theClosingSweepIsThereAlsoWhereTheWindowGoesOn() {
    assertThat(times(grid("open..close+30m"), DAY))
        .endsWith("15:30", "15:31", "15:40", "15:50", "16:00");
  }

  @Test
  void aMarketThatNeverClosesHasNoClosingSweepAndNoneTwiceAtMidnight() {
    SweepGrid all = SweepGrid.roundTheClock(Duration.ofMinutes(10));
    LocalDate date = LocalDate.parse("2026-11-20");
    TradingDay coins =
        new TradingDay(
            date,
            SEOUL,
            true,
            true,
            date.atStartOfDay(SEOUL).toInstant(),
            date.plusDays(1).atStartOfDay(SEOUL).toInstant(),
            "test");
    assertThat(times(all, coins)).hasSize(144).startsWith("00:00", "00:10").endsWith("23:50");
    assertThat(all.until(coins, at("23:50"))).isEqualTo(coins.closes());
  }

  @Test
  void aClosedDayHasNone() {
    assertThat(grid.instants(day("09:00", "15:30", false))).isEmpty();
  }

  @Test
  void dueIsTheLatestThatHasComeAndWasNotYet() {
    assertThat(grid.due(DAY, at("08:59:59"), at("08:59:59"))).isNull();
    assertThat(grid.due(DAY, at("08:59:59"), at("09:00"))).isEqualTo(at("09:00"));
    assertThat(grid.due(DAY, at("09:00"), at("09:09:59"))).isNull();
    assertThat(grid.due(DAY, at("09:00"), at("09:35"))).isEqualTo(at("09:30"));
    assertThat(grid.between(DAY, at("09:00"), at("09:30")))
        .as("what was skipped then")
        .containsExactly(at("09:10"), at("09:20"));
  }

  @Test
  void aSweepStandsUntilTheNext() {
    assertThat(grid.until(DAY, at("09:00"))).isEqualTo(at("09:10"));
    assertThat(grid.until(DAY, at("15:30"))).isEqualTo(at("15:31"));
    assertThat(grid.until(DAY, at("15:31"))).as("no longer than needed").isEqualTo(at("15:32"));
    assertThat(grid("open..close+45m").until(DAY, at("16:10")))
        .as("until the window ends")
        .isEqualTo(at("16:15"));
  }

  @Test
  void lessThanASecondIsNoGrid() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SweepGrid(
                    Window.parse("open..close"), Duration.ofMillis(999), SweepGrid.CLOSING));
  }

  private static SweepGrid grid(String window) {
    return new SweepGrid(Window.parse(window), Duration.ofMinutes(10), SweepGrid.CLOSING);
  }

  private static List<String> times(SweepGrid grid, TradingDay day) {
    return grid.instants(day).stream()
        .map(at -> at.atZone(SEOUL).toLocalTime().toString())
        .toList();
  }

  private static Instant at(String time) {
    return LocalDate.of(2026, 11, 20).atTime(LocalTime.parse(time)).atZone(SEOUL).toInstant();
  }

  private static TradingDay day(String opens, String closes, boolean open) {
    return new TradingDay(
        LocalDate.of(2026, 11, 20), SEOUL, open, true, at(opens), at(closes), "test");
  }
}
