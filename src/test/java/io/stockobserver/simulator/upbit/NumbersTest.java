package io.stockobserver.simulator.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "116539000, 116539000, 1.16539E8, 116539000.00000000",
    "0.00079276, 0.00079276, 7.9276E-4, 0.00079276",
    "0.00000001, 0.00000001, 1.0E-8, 0.00000001",
    "1000000000000, 1000000000000, 1.0E12, 1000000000000.00000000",
    "312, 312, 312.0, 312.00000000",
    "0.5000, 0.5, 0.5, 0.50000000",
    "0.000, 0, 0.0, 0.00000000",
    "-1040000, -1040000, -1040000.0, -1040000.00000000",
    "-0.00000002, -0.00000002, -2.0E-8, -0.00000002"
  })
  void oneNumberInThreeWays(String number, String plain, String scientific, String padded) {
    BigDecimal value = new BigDecimal(number);
    assertThat(Numbers.PLAIN.text(value)).isEqualTo(plain);
    assertThat(Numbers.SCIENTIFIC.text(value)).isEqualTo(scientific);
    assertThat(Numbers.PADDED.text(value)).isEqualTo(padded);
  }

  @Test
  void scientificIsWhatJavaWritesForADouble() {
    SplittableRandom dice = new SplittableRandom(3);
    for (int i = 0; i < 10_000; i++) {
      BigDecimal value = BigDecimal.valueOf(dice.nextInt(1_000_000_000), dice.nextInt(-3, 17));
      assertThat(new BigDecimal(Numbers.SCIENTIFIC.text(value))).isEqualByComparingTo(value);
      if (value.signum() > 0) {
        // Ten digits or fewer are the shortest that tell a double from its neighbours.
        assertThat(Numbers.SCIENTIFIC.text(value)).isEqualTo(javaWrites(value));
      }
    }
  }

  /**
   * Java 17 may write one digit too many for a few numbers; the decimal itself is what is meant.
   */
  private static String javaWrites(BigDecimal value) {
    String text = Double.toString(value.doubleValue());
    return new BigDecimal(text).compareTo(value) == 0 ? text : Numbers.SCIENTIFIC.text(value);
  }
}
