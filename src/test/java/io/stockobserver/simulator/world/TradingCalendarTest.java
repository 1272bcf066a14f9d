package io.stockobserver.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-03-02", "2026-05-01",
        "2026-05-05", "2026-05-25", "2026-06-03", "2026-08-17", "2026-09-24", "2026-09-25",
        "2026-10-05", "2026-10-09", "2026-12-25", "2026-12-31", "2026-11-21", "2026-11-22"
      })
  void closedDays(String day) {
    assertThat(TradingCalendar.open(LocalDate.parse(day))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-20", "2026-01-02", "2026-12-30", "2026-06-05", "2026-09-28"})
  void openDays(String day) {
    assertThat(TradingCalendar.open(LocalDate.parse(day))).isTrue();
  }

  @Test
  void yearBeginsLateAndExamDayIsAnHourLater() {
    assertThat(TradingCalendar.hours(LocalDate.parse("2026-01-02")))
        .isEqualTo(new TradingCalendar.Hours(36_000_000, 55_200_000, 55_800_000));
    assertThat(TradingCalendar.hours(LocalDate.parse("2026-11-19")))
        .isEqualTo(new TradingCalendar.Hours(36_000_000, 58_800_000, 59_400_000));
    assertThat(TradingCalendar.hours(LocalDate.parse("2026-11-20")))
        .isEqualTo(new TradingCalendar.Hours(32_400_000, 55_200_000, 55_800_000));
  }
}
