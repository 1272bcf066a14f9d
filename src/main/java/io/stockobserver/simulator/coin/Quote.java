package io.stockobserver.simulator.coin;

/** What a pair is priced in, and the price grid of that market. Prices in 0.00000001. */
public enum Quote {
  /** Ticks in force since 2025-07-31. */
  KRW(8),
  /** One tick for all prices. */
  BTC(16),
  /** Four digits below the first. */
  USDT(12);

  private static final long ONE = 100_000_000;
  private static final long[][] KRW_STEPS = {
    {1_000_000, 1_000},
    {500_000, 500},
    {100_000, 100},
    {50_000, 50},
    {10_000, 10},
    {5_000, 5},
    {100, 1}
  };

  private final int digits;

  Quote(int digits) {
    this.digits = digits;
  }

  /** Decimals of price and size together, so that a value fits into 63 bits. */
  int digits() {
    return digits;
  }

  /** The tick in force at this price, both in 0.00000001. */
  long tick(long price) {
    return switch (this) {
      case BTC -> 1;
      case USDT -> Math.max(1, Math.min(ONE / 100, magnitude(price) / 1_000));
      case KRW -> krw(price);
    };
  }

  private static long krw(long price) {
    for (long[] step : KRW_STEPS) {
      if (price >= step[0] * ONE) {
        return step[1] * ONE;
      }
    }
    return Math.max(1, magnitude(price) / 100);
  }

  /** The highest power of ten that is not above. */
  private static long magnitude(long price) {
    long power = 1;
    while (power <= price / 10) {
      power *= 10;
    }
    return power;
  }
}
