package io.stockobserver.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final TradingDay DAY = day("09:00", "15:30", true);

  @ParameterizedTest
  @CsvSource({
    "open..close, 09:00, 15:30",
    "open+30m..close-30m, 09:30, 15:00",
    "open-10m..open+1h, 08:50, 10:00",
    "close-1h..close+60s, 14:30, 15:31",
    "' open + 30m .. close ', '', ''",
    "open+0.5h..close, 09:30, 15:30",
    "open .. close+500ms, 09:00, 15:30:00.5",
  })
  void everyForm(String text, String from, String to) {
    if (from == null || from.isEmpty()) {
      assertThatIllegalArgumentException().isThrownBy(() -> Window.parse(text));
      return;
    }
    Window window = Window.parse(text);
    assertThat(window.start(DAY)).isEqualTo(at(from));
    assertThat(window.end(DAY)).isEqualTo(at(to));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "open",
        "open..",
        "..close",
        "09:00..15:30",
        "open..close..close",
        "open+..close",
        "open+30..close",
        "noon..close",
        "open...close"
      })
  void anythingElseIsRefusedWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.parse(text))
        .withMessageContaining("\"" + text + "\"")
        .withMessageContaining("open+30m..close-30m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"open..open", "close-30m..close-1h", "open+30m..open+10m"})
  void aWindowThatIsAlwaysEmptyIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.parse(text))
        .withMessageContaining(text);
  }

  @Test
  void itsStartIsInsideAndItsEndIsNot() {
    Window window = Window.parse("open+30m..close-30m");
    assertThat(window.contains(DAY, at("09:30"))).isTrue();
    assertThat(window.contains(DAY, at("09:30").minusMillis(1))).isFalse();
    assertThat(window.contains(DAY, at("15:00").minusMillis(1))).isTrue();
    assertThat(window.contains(DAY, at("15:00"))).isFalse();
  }

  @Test
  void aShiftedDayShiftsIt() {
    TradingDay exam = day("10:00", "16:30", true);
    Window window = Window.parse("open+30m..close-30m");
    assertThat(window.start(exam)).isEqualTo(at("10:30"));
    assertThat(window.end(exam)).isEqualTo(at("16:00"));
  }

  @Test
  void aClosedDayHasNothingInside() {
    TradingDay closed = day("09:00", "15:30", false);
    assertThat(Window.parse("open..close").contains(closed, at("10:00"))).isFalse();
    assertThat(closed.inSession(at("10:00"))).isFalse();
  }

  private static Instant at(String time) {
    return LocalDate.of(2026, 11, 20).atTime(LocalTime.parse(time)).atZone(SEOUL).toInstant();
  }

  private static TradingDay day(String opens, String closes, boolean open) {
    return new TradingDay(
        LocalDate.of(2026, 11, 20), SEOUL, open, true, at(opens), at(closes), "test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open..close",
        "open+30m..close-30m",
        "close-1.5h..close+90s",
        "open-1ms..open+2h"
      })
  void itsTextIsReadBackAsTheSame(String text) {
    assertThat(Window.parse(Window.parse(text).text())).isEqualTo(Window.parse(text));
  }
}
