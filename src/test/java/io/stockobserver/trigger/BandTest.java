package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stockobserver.track.Interest;
import org.junit.jupiter.api.Test;

class BandTest {
  @Test
  void aBandBeginsAtTheThresholdAndIsHalfFullAtTwiceIt() {
    assertThat(Band.VOLUME.score(1)).isEqualTo(0.75);
    assertThat(Band.VOLUME.score(2)).isEqualTo(0.875);
    assertThat(Band.VELOCITY.score(1)).isEqualTo(0.5);
    assertThat(Band.VELOCITY.score(2)).isEqualTo(0.625);
    assertThat(Band.VOLATILITY.score(1)).isEqualTo(0.25);
    assertThat(Band.VOLATILITY.score(4)).isEqualTo(0.4375);
    assertThat(Band.PRICE.score(1)).isEqualTo(0.1);
    assertThat(Band.PRICE.score(3)).isCloseTo(0.2, within(1e-12));
  }

  /** However hard a lesser trigger fires: also after rounding to four decimals. */
  @Test
  void noBandReachesIntoTheNext() {
    for (double excess : new double[] {10, 1e4, 1e9, Double.POSITIVE_INFINITY}) {
      assertThat(written(Band.PRICE, excess)).isLessThan(0.25);
      assertThat(written(Band.VOLATILITY, excess)).isLessThan(0.5);
      assertThat(written(Band.VELOCITY, excess)).isLessThan(0.75);
      assertThat(written(Band.VOLUME, excess)).isLessThan(1.0);
    }
  }

  @Test
  void moreExcessNeverScoresLess() {
    for (Band band : Band.values()) {
      double before = 0;
      for (double excess = 1; excess < 1e6; excess *= 1.07) {
        assertThat(band.score(excess)).isGreaterThanOrEqualTo(before);
        before = band.score(excess);
      }
    }
  }

  private static double written(Band band, double excess) {
    return new Interest("A", band.score(excess), band.word()).score();
  }
}
