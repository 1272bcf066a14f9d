package io.stockobserver.simulator.coin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteTest {
  @ParameterizedTest
  @CsvSource({
    "KRW, 163520000, 1000",
    "KRW, 1000000, 1000",
    "KRW, 999999, 500",
    "KRW, 500000, 500",
    "KRW, 100000, 100",
    "KRW, 50000, 50",
    "KRW, 10000, 10",
    "KRW, 5000, 5",
    "KRW, 1000, 1",
    "KRW, 100, 1",
    "KRW, 99.9, 0.1",
    "KRW, 10, 0.1",
    "KRW, 1, 0.01",
    "KRW, 0.1, 0.001",
    "KRW, 0.01, 0.0001",
    "KRW, 0.001, 0.00001",
    "KRW, 0.0001, 0.000001",
    "KRW, 0.00001, 0.0000001",
    "KRW, 0.00000999, 0.00000001",
    "KRW, 0.00000001, 0.00000001",
    "BTC, 0.5, 0.00000001",
    "BTC, 0.00000042, 0.00000001",
    "USDT, 3913.4, 0.01",
    "USDT, 10, 0.01",
    "USDT, 9.999, 0.001",
    "USDT, 1, 0.001",
    "USDT, 0.1, 0.0001",
    "USDT, 0.01, 0.00001",
    "USDT, 0.00001, 0.00000001"
  })
  void everyBandHasItsTick(Quote quote, String price, String tick) {
    assertThat(quote.tick(fine(price))).isEqualTo(fine(tick));
  }

  private static long fine(String number) {
    return new BigDecimal(number).movePointRight(8).longValueExact();
  }
}
