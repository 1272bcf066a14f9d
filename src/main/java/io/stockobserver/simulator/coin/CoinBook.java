package io.stockobserver.simulator.coin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Best levels first; the sides may be of different lengths.
 *
 * @param at milliseconds since the epoch, on the grid of 100 ms
 */
public record CoinBook(long at, long[] bids, long[] bidSizes, long[] asks, long[] askSizes) {
  /** Levels of the longer side. */
  public int depth() {
    return Math.max(bids.length, asks.length);
  }

  /** Sum of the bid sizes. */
  public long totalBid() {
    return total(bidSizes);
  }

  /** Sum of the ask sizes. */
  public long totalAsk() {
    return total(askSizes);
  }

  private static long total(long[] sizes) {
    long sum = 0;
    for (long size : sizes) {
      sum += size;
    }
    return sum;
  }

  /** The same orders in steps of so many price units, bids downward and asks upward. */
  public CoinBook grouped(long step) {
    if (step == 0) {
      return this;
    }
    Side low = Side.of(bids, bidSizes, price -> price / step * step);
    Side high = Side.of(asks, askSizes, price -> (price + step - 1) / step * step);
    return new CoinBook(at, low.prices(), low.sizes(), high.prices(), high.sizes());
  }

  private record Side(long[] prices, long[] sizes) {
    static Side of(long[] prices, long[] sizes, LongUnaryOperator step) {
      Map<Long, Long> sums = new LinkedHashMap<>();
      for (int i = 0; i < prices.length; i++) {
        sums.merge(step.applyAsLong(prices[i]), sizes[i], Long::sum);
      }
      sums.remove(0L);
      return new Side(
          sums.keySet().stream().mapToLong(Long::longValue).toArray(),
          sums.values().stream().mapToLong(Long::longValue).toArray());
    }
  }
}
