package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class FixedTest {
  @Test
  void aFigureKeepsItsPlaces() {
    assertThat(Fixed.volume(new BigDecimal("8412377"))).isEqualTo(84_123_770_000L);
    assertThat(Fixed.volume(new BigDecimal("0.12349"))).isEqualTo(1_234);
    assertThat(Fixed.volume(new BigDecimal("1.5E+3"))).isEqualTo(15_000_000);
    assertThat(Fixed.volume(BigDecimal.ZERO)).isZero();
    assertThat(Fixed.price(new BigDecimal("71900"))).isEqualTo(7_190_000_000_000L);
    assertThat(Fixed.price(new BigDecimal("0.00012345"))).isEqualTo(12_345);
  }

  @Test
  void whatIsNoFigureIsNone() {
    assertThat(Fixed.volume(null)).isEqualTo(Fixed.NONE);
    assertThat(Fixed.volume(new BigDecimal("-1"))).isEqualTo(Fixed.NONE);
    assertThat(Fixed.volume(new BigDecimal("1E+14"))).isEqualTo(Fixed.NONE);
    assertThat(Fixed.price(null)).isEqualTo(Fixed.NONE);
    assertThat(Fixed.price(BigDecimal.ZERO)).isEqualTo(Fixed.NONE);
    assertThat(Fixed.price(new BigDecimal("1E+10"))).isEqualTo(Fixed.NONE);
    assertThat(Fixed.price(new BigDecimal("9999999999"))).isEqualTo(999_999_999_900_000_000L);
  }
}
