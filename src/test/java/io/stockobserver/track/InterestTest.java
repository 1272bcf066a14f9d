package io.stockobserver.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InterestTest {
  private static double score(double of) {
    return new Interest("A", of, "any").score();
  }

  @Test
  void aScoreHasFourPlacesAndTheMiddleGoesToTheEvenOne() {
    assertThat(score(0.12344)).isEqualTo(0.1234);
    assertThat(score(0.12346)).isEqualTo(0.1235);
    assertThat(score(0.12345)).isEqualTo(0.1234);
    assertThat(score(0.12335)).isEqualTo(0.1234);
    assertThat(score(0.99999)).isEqualTo(1);
    assertThat(score(0.00004)).isZero();
  }

  @Test
  void itIsRoundedAsDecimalsAre() {
    Random dice = new Random(9);
    for (int i = 0; i < 50_000; i++) {
      // Half of them on or beside the middle between two places.
      double of = i % 2 == 0 ? dice.nextDouble() : dice.nextInt(100_000) / 100_000.0;
      double decimal = BigDecimal.valueOf(of).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
      assertThat(score(of)).isEqualTo(decimal);
    }
  }

  @Test
  void whatIsNoScoreIsRefused() {
    for (double none : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> score(none)).hasMessageContaining("is not within 0.0 and 1.0");
    }
  }
}
