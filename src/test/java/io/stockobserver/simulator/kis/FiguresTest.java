package io.stockobserver.simulator.kis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The figures of the sheet's example record. */
class FiguresTest {
  @Test
  void ratesOfTheExampleComeOutAsPrinted() {
    assertThat(Figures.text(Figures.percent(700, 71_200))).isEqualTo("0.98");
    assertThat(Figures.text(Figures.hundredths(603_524_118_900L, 8_412_377, 1)))
        .isEqualTo("71742.40");
    assertThat(Figures.text(Figures.percent(4_421_980, 3_905_120))).isEqualTo("113.24");
    assertThat(Figures.text(Figures.hundredths(4_421_980, 8_412_377, 1))).isEqualTo("0.53");
    assertThat(Figures.text(Figures.percent(8_412_377, 9_105_332))).isEqualTo("92.39");
    assertThat(Figures.text(Figures.percent(-71_200, 71_200))).isEqualTo("-100.00");
    assertThat(Figures.text(Figures.percent(-1, 200))).isEqualTo("-0.50");
    assertThat(Figures.text(Figures.percent(1, 0))).isEqualTo("0.00");
  }

  @Test
  void clockHasSixDigits() {
    assertThat(Figures.clock(9 * 3600 + 5)).isEqualTo("090005");
  }
}
