package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TriggerSettingsTest {
  @Test
  void aWindowIsSixSlicesAndABaselineWholeWindows() {
    TriggerSettings odd = with(Duration.ofSeconds(50), Duration.ofMinutes(20));

    assertThat(odd.sliceMillis()).isEqualTo(8_333);
    assertThat(odd.windowMillis()).isEqualTo(49_998);
    // 1,200 s are 24.001 windows of 49.998 s.
    assertThat(odd.baselineWindows()).isEqualTo(25);
    assertThat(odd.warmupWindows()).isEqualTo(6);
  }

  @Test
  void whatCouldNeverWorkIsRefused() {
    Duration minute = Duration.ofMinutes(1);
    refused("window cannot be PT0.005S", Duration.ofMillis(5), minute);
    refused("baseline cannot be PT59S", minute, Duration.ofSeconds(59));
  }

  private static void refused(String why, Duration window, Duration baseline) {
    assertThatThrownBy(() -> with(window, baseline))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  private static TriggerSettings with(Duration window, Duration baseline) {
    return new TriggerSettings(window, baseline, 4, BigDecimal.ONE, 2.5, 3, 0.3, 3);
  }
}
