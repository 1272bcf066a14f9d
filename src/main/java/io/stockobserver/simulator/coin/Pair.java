package io.stockobserver.simulator.coin;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listed pair. Prices are whole numbers of 10^-priceScale of the quote currency, sizes of
 * 10^-sizeScale of the coin, so that price times size is exact.
 *
 * @param code quote first: KRW-BTC
 * @param dayValue traded in a usual day, in the quote currency
 * @param tradesPerDay on a usual day
 * @param volatility deviation of a day's return
 * @param cautions names of what the venue wants watched, mostly none
 * @param delisting the day on which it ends, yyyy-MM-dd, mostly none
 * @param sleeps it trades on one day of seven only
 * @param key number of its own, out of seed and code
 */
public record Pair(
    String code,
    Quote quote,
    String korean,
    String english,
    double basePrice,
    int priceScale,
    int sizeScale,
    double dayValue,
    double tradesPerDay,
    double volatility,
    boolean warning,
    Set<String> cautions,
    @Nullable String delisting,
    boolean sleeps,
    boolean stable,
    long key) {

  private static final long STABLE_TICK = 50_000_000;
  private static final long STABLE_FROM = 1_000 * 100_000_000L;
  private static final long STABLE_TO = 10 * STABLE_FROM;
  private static final long[] TENS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  /** The price step in force at this price, in price units. */
  public long tick(long price) {
    long unit = TENS[8 - priceScale];
    long fine = price * unit;
    // Coins that are worth a dollar have had a finer grid than the table says.
    boolean finer = stable && quote == Quote.KRW && fine >= STABLE_FROM && fine < STABLE_TO;
    return Math.max(1, (finer ? STABLE_TICK : quote.tick(fine)) / unit);
  }

  /** Steps in which the venue groups this pair's book at this price, in price units; 0 for none. */
  public List<Long> levels(long price) {
    List<Long> levels = new ArrayList<>();
    levels.add(0L);
    if (quote == Quote.KRW) {
      long step = tick(price) * 10;
      for (; levels.size() < 6 && step <= price / 10; step *= 10) {
        levels.add(step);
      }
    }
    return levels;
  }

  /** The nearest price of the grid that is not above, at least one tick. */
  long floor(double price) {
    long units = (long) (price * TENS[priceScale]);
    long tick = tick(Math.max(1, units));
    return Math.max(tick, units - units % tick);
  }

  long up(long price) {
    return price + tick(price);
  }

  /** The next lower price, or nought. */
  long down(long price) {
    return price - tick(price - 1);
  }

  /** A price in its currency. */
  public BigDecimal price(long units) {
    return BigDecimal.valueOf(units, priceScale);
  }

  /** A size in coins. */
  public BigDecimal size(long units) {
    return BigDecimal.valueOf(units, sizeScale);
  }
}
