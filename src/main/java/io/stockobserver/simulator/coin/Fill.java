package io.stockobserver.simulator.coin;

/**
 * One match.
 *
 * @param at milliseconds since the epoch
 * @param buyer whether a buyer set it off
 * @param nth among those of the same pair and millisecond, from 0
 */
public record Fill(long at, long price, long size, boolean buyer, int nth) {
  private static final long NUMBERS_PER_MILLI = 10_000;

  /** A number of its own within the pair, 17 digits. */
  public long id() {
    return at * NUMBERS_PER_MILLI + nth;
  }
}
