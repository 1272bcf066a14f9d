package io.stockobserver.simulator.world;

/**
 * How often an instrument trades and how far a trade moves it: chosen so that a day's return has
 * the listing's volatility whatever the number of trades. Rates per second of the regular session.
 *
 * @param orders incoming orders a second, each of which matches one to four resting ones
 * @param moveChance that an order moves the best prices
 * @param moveTicks by how many ticks
 * @param size mean shares of a match
 */
record Pace(double orders, double moveChance, int moveTicks, double size) {
  static final double MATCHES_PER_ORDER = 1.68;
  private static final double SESSION_SECONDS = 23_400;
  private static final int BURST_EVERY = 240;

  static Pace of(Listing listing, double tradesPerSecond, long dayVolume, long base) {
    double ordersPerDay = Math.max(1, tradesPerSecond / MATCHES_PER_ORDER * SESSION_SECONDS);
    double tick = (double) Ticks.size(base, listing.product()) / base;
    double moves = 0.6 * Math.pow(listing.volatility() / tick, 2);
    double chance = Math.min(0.5, moves / ordersPerDay);
    int ticks = (int) Math.round(Math.sqrt(moves / (chance * ordersPerDay)));
    double size = 0.85 * dayVolume / (ordersPerDay * MATCHES_PER_ORDER);
    return new Pace(ordersPerDay / SESSION_SECONDS, chance, Math.max(1, Math.min(8, ticks)), size);
  }

  /** Busy after the open and before the close; 1 on average. */
  static double shape(double fraction) {
    return 0.85 + 0.6 * Math.exp(-8 * fraction) + 0.3 * fraction * fraction * fraction * fraction;
  }

  /** Nought, or the direction of a minute in which everybody wants the instrument at once. */
  static int burst(long key, long minute) {
    long dice = Dice.mix(key ^ minute * 0x5851F42D4C957F2DL);
    if (Math.floorMod(dice >>> 1, BURST_EVERY) != 0) {
      return 0;
    }
    return (dice & 1) == 0 ? 1 : -1;
  }
}
