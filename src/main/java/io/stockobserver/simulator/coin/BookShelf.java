package io.stockobserver.simulator.coin;

import io.stockobserver.simulator.world.Dice;
import java.util.Arrays;

/**
 * The resting orders of a pair: when they change, on a grid of 100 ms, and what they are then. A
 * function of seed, pair and time.
 */
final class BookShelf {
  static final long GRID = 100;
  private static final int LEVELS = 30;
  private static final double BUSIEST = 3e11;
  // A quiet book is looked for in the past no longer than this many slots: half an hour.
  private static final int LOOK_BACK = 18_000;

  private final Pair pair;
  private final Flow flow;
  private final double stirs;

  BookShelf(Pair pair, Flow flow, double dayValueKrw) {
    this.pair = pair;
    this.flow = flow;
    stirs = Math.max(0.002, Math.min(0.9, Math.pow(dayValueKrw / BUSIEST, 0.4)));
  }

  /**
   * The end of the last slot in which something changed without a trade: after {@code after}, else
   * {@code after} itself.
   *
   * @param at now; slots not over yet do not count
   */
  long lastStir(long at, long after) {
    long slot = Math.floorDiv(at, GRID) - 1;
    long least = Math.max(Math.floorDiv(after, GRID), slot - LOOK_BACK);
    for (; slot >= least; slot--) {
      if (new Dice(pair.key() + slot * 0xA24BAED4963EE407L).chance(stirs)) {
        return (slot + 1) * GRID;
      }
    }
    return Math.max(after, least * GRID);
  }

  /** The book as it is from this instant of the grid on. */
  CoinBook at(long at) {
    long inside = at - 1;
    long bid = flow.bid(inside);
    long ask = flow.ask(inside, bid);
    double mean = flow.meanSize(Math.floorDiv(inside, Flow.DAY)) * 4;
    long[] bids = new long[LEVELS];
    long[] asks = new long[LEVELS];
    int bidLevels = levels(inside, 1);
    int askLevels = levels(inside, 2);
    int bidCount = 0;
    for (long price = bid; bidCount < bidLevels && price > 0; price = pair.down(price)) {
      bids[bidCount++] = price;
    }
    long price = ask;
    for (int i = 0; i < askLevels; i++) {
      asks[i] = price;
      price = pair.up(price);
    }
    bids = Arrays.copyOf(bids, bidCount);
    asks = Arrays.copyOf(asks, askLevels);
    return new CoinBook(at, bids, sizes(bids, at, mean), asks, sizes(asks, at, mean));
  }

  /** Where much is traded all levels are there; elsewhere one side is often shorter. */
  private int levels(long at, int side) {
    if (stirs > 0.05) {
      return LEVELS;
    }
    Dice dice = new Dice(Dice.mix(pair.key() + side + Math.floorDiv(at, Flow.MINUTE) * 31));
    return 3 + dice.below(LEVELS - 2);
  }

  /** Near the best prices sizes change often, further away seldom. */
  private long[] sizes(long[] prices, long at, double mean) {
    long[] sizes = new long[prices.length];
    for (int i = 0; i < prices.length; i++) {
      long own = Dice.mix(pair.key() ^ prices[i]);
      long age = (at / GRID + (own & 0xFFFF)) >> Math.min(6, i);
      double share = new Dice(own + age * 0xDB4F0B9175AE2165L).exponential();
      sizes[i] = Math.max(1, (long) (mean * (1 + 0.2 * i) * share));
    }
    return sizes;
  }
}
