package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Stretches of ten seconds, four of them kept. */
class FlowTest {
  private final Flow flow = new Flow(10_000, 4);

  @Test
  void whatTradedBetweenIsSpreadEvenlyAndNothingIsLost() {
    // 7 of 20 s lie in the first stretch, 10 in the second, 3 in the third.
    flow.spread(3_000, 23_000, units(100));
    flow.see(0, 30_000);

    assertThat(flow.rate(0, 0, 1)).isEqualTo(3.5);
    assertThat(flow.rate(1, 1, 1)).isEqualTo(5.0);
    assertThat(flow.rate(2, 2, 1)).isEqualTo(1.5);
    assertThat(flow.rate(0, 2, 1)).isEqualTo(100 / 30.0);
  }

  @Test
  void aRateIsOfWhatWasSeen() {
    flow.put(5_000, units(30));
    assertThat(flow.rate(0, 0, 1)).isNaN();

    flow.see(4_000, 7_000);
    assertThat(flow.rate(0, 0, 3_000)).isEqualTo(10.0);
    assertThat(flow.rate(0, 0, 3_001)).isNaN();
  }

  @Test
  void whatIsOlderThanTheRingIsDropped() {
    flow.spread(0, 600_000, units(600));
    flow.see(590_000, 600_000);
    assertThat(flow.rate(59, 59, 1)).isEqualTo(1.0);

    flow.put(605_000, units(5));
    flow.see(600_000, 610_000);
    assertThat(flow.rate(0, 99, 1)).isEqualTo((10 + 10 + 5) / 20.0);
    flow.put(1_000, units(1_000));
    assertThat(flow.rate(0, 99, 1)).isEqualTo(25 / 20.0);
    // Long silence: nothing of before is left, and nothing of it was seen.
    flow.see(1_000_000, 1_010_000);
    assertThat(flow.rate(0, 200, 1)).isZero();
  }

  @Test
  void theMiddleRateIsOfStretchesSeenByHalf() {
    flow.put(1_000, units(100));
    flow.put(11_000, units(20));
    flow.put(21_000, units(30));
    flow.see(0, 25_000);
    assertThat(flow.middleRate(0, 2, 3)).isEqualTo(6.0);
    assertThat(flow.middleRate(0, 2, 4)).isNaN();

    flow.see(30_000, 34_999);
    assertThat(flow.middleRate(0, 3, 4)).isNaN();
    flow.see(34_999, 35_000);
    assertThat(flow.middleRate(0, 3, 4)).isEqualTo(2.0);
  }

  private static long units(int shares) {
    return shares * Fixed.VOLUME_UNIT;
  }
}
