package io.stockobserver.simulator.world;

/** The price grid of KRX since 2023-01-25 and the daily limits of 30 %. Prices in whole KRW. */
public final class Ticks {
  private Ticks() {}

  /** The tick in force at this price; exchange-traded products have their own. */
  public static long size(long price, boolean product) {
    if (price < 2_000) {
      return 1;
    }
    if (product || price < 5_000) {
      return 5;
    }
    if (price < 20_000) {
      return 10;
    }
    if (price < 50_000) {
      return 50;
    }
    if (price < 200_000) {
      return 100;
    }
    return price < 500_000 ? 500 : 1_000;
  }

  static long up(long price, boolean product) {
    return price + size(price, product);
  }

  static long down(long price, boolean product) {
    return price - size(price - 1, product);
  }

  static long floor(long price, boolean product) {
    return price - price % size(price, product);
  }

  static long ceiling(long price, boolean product) {
    long floor = floor(price, product);
    return floor == price ? price : up(floor, product);
  }

  static long upperLimit(long base, boolean product) {
    return floor(base * 13 / 10, product);
  }

  static long lowerLimit(long base, boolean product) {
    return Math.max(1, ceiling((base * 7 + 9) / 10, product));
  }
}
