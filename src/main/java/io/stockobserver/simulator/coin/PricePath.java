package io.stockobserver.simulator.coin;

import io.stockobserver.simulator.world.Dice;

/**
 * Where a coin's price is at a minute: smooth noise of many periods laid over one another, so that
 * any minute can be asked for without the minutes before it. A day moves it by about its
 * volatility.
 */
final class PricePath {
  private static final int DAY = 1_440;
  private static final int[] PERIODS = {60 * DAY, 15 * DAY, 4 * DAY, DAY, 360, 90, 24, 6, 2};

  private final double base;
  private final double volatility;
  private final long key;

  PricePath(double base, double volatility, long key) {
    this.base = base;
    this.volatility = volatility;
    this.key = key;
  }

  /** The price at the beginning of this minute since the epoch. */
  double at(long minute) {
    double sum = 0;
    for (int i = 0; i < PERIODS.length; i++) {
      long node = minute / PERIODS[i];
      double part = (double) (minute % PERIODS[i]) / PERIODS[i];
      double eased = part * part * (3 - 2 * part);
      double noise = node(i, node) * (1 - eased) + node(i, node + 1) * eased;
      sum += noise * Math.sqrt((double) PERIODS[i] / DAY);
    }
    // Nobody is to fall below a fourth or rise above the fourfold.
    return base * Math.exp(Math.max(-1.3, Math.min(1.3, 0.7 * volatility * sum)));
  }

  private double node(int octave, long number) {
    return (Dice.mix(key + octave * 0x632BE59BD9B4E019L + number * 0x5851F42D4C957F2DL) >> 11)
        * 0x1.0p-52;
  }
}
