package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  /** By hand, from the middle (1, 2). */
  @Test
  void theLineIsThatOfLeastSquares() {
    Trend line = Trend.of(new double[] {0, 0, 1, 2, 2}, new double[] {0, 0, 3, 3, 4});
    // Spread 1+1+0+1+1 = 4, along 2+2+0+1+2 = 7, so 1.75 an hour; off: -.25 -.25 1 -.75 .25.
    assertThat(line.anHour()).isEqualTo(1.75);
    // Squares 1.75, no reading like the one before: the root of 1.75 / 3 / 4.
    assertThat(line.error()).isCloseTo(Math.sqrt(1.75 / 12), within(1e-12));
    assertThat(line.atLeast()).isCloseTo(1.75 - 3 * Math.sqrt(1.75 / 12), within(1e-12));
  }

  /** Half an hour of readings that differ by 200 kB from one another, as a busy heap's do. */
  @Test
  void noiseIsNoLeakAndALeakIsSeenThroughNoise() {
    Random random = new Random(24);
    int wrong = 0;
    for (int run = 0; run < 500; run++) {
      assertThat(heap(random, 6e6).atLeast()).as("six megabytes an hour").isGreaterThan(1e6);
      wrong += heap(random, 0).atLeast() > 0 ? 1 : 0;
    }
    assertThat(wrong).isLessThan(5);
  }

  private static Trend heap(Random random, double anHour) {
    double[] hours = IntStream.range(0, 30).mapToDouble(i -> i / 60.0).toArray();
    return Trend.of(
        hours,
        java.util.Arrays.stream(hours)
            .map(h -> 40e6 + anHour * h + 200e3 * random.nextGaussian())
            .toArray());
  }
}
