package io.stockobserver.simulator.coin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Amounts of a day.
 *
 * @param volume coins
 * @param value in the quote currency
 */
public record CoinDayAmounts(BigDecimal volume, BigDecimal value) {
  static CoinDayAmounts of(Pair pair, Flow flow, Candle today, long now) {
    long day = Math.floorDiv(now, Flow.DAY);
    double left = 1 - (double) (now - day * Flow.DAY) / Flow.DAY;
    double coins = flow.meanSize(day - 1) * pair.tradesPerDay() * left;
    BigDecimal yesterday =
        new BigDecimal(pair.sleeps() ? 0 : coins)
            .setScale(0, RoundingMode.DOWN)
            .scaleByPowerOfTen(-pair.sizeScale());
    BigDecimal price = pair.price(pair.floor(flow.price((day - 1) * Flow.DAY)));
    return new CoinDayAmounts(
        today.volume().add(yesterday),
        today.value().add(yesterday.multiply(price, MathContext.DECIMAL64)));
  }
}
