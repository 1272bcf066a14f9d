package io.stockobserver.simulator.coin;

import java.math.BigDecimal;

/** What traded in a stretch of time. Filled in time order; not thread-safe. */
public final class Candle {
  private final Pair pair;
  private final long start;
  private final Sum volume = new Sum();
  private final Sum value = new Sum();
  private final Sum sold = new Sum();
  private long open;
  private long high;
  private long low;
  private long close;
  private long lastAt;
  private boolean traded;

  Candle(Pair pair, long start) {
    this.pair = pair;
    this.start = start;
  }

  void add(Fill fill) {
    add(fill.price(), fill.price(), fill.price(), fill.price(), fill.at());
    volume.add(fill.size());
    value.add(fill.price() * fill.size());
    if (!fill.buyer()) {
      sold.add(fill.size());
    }
  }

  /** Adds what traded later than all that is here. */
  public void add(Candle later) {
    if (later.traded) {
      add(later.open, later.high, later.low, later.close, later.lastAt);
      volume.add(later.volume);
      value.add(later.value);
      sold.add(later.sold);
    }
  }

  /** Prices and amounts that nobody traded one by one. */
  void sketch(long first, long highest, long lowest, long last, long at, long size) {
    add(first, highest, lowest, last, at);
    volume.add(size);
    value.addProduct((first + last) / 2, size);
    sold.add(size / 2);
  }

  private void add(long first, long highest, long lowest, long last, long at) {
    if (!traded) {
      open = first;
      high = highest;
      low = lowest;
      traded = true;
    }
    high = Math.max(high, highest);
    low = Math.min(low, lowest);
    close = last;
    lastAt = at;
  }

  /** Whether anything traded; else the prices say nothing. */
  public boolean traded() {
    return traded;
  }

  /** Milliseconds since the epoch. */
  public long start() {
    return start;
  }

  /** Milliseconds since the epoch of the last match. */
  public long lastAt() {
    return lastAt;
  }

  /** First price, in the pair's units. */
  public long open() {
    return open;
  }

  /** Highest price, in the pair's units. */
  public long high() {
    return high;
  }

  /** Lowest price, in the pair's units. */
  public long low() {
    return low;
  }

  /** Last price, in the pair's units. */
  public long close() {
    return close;
  }

  /** Coins. */
  public BigDecimal volume() {
    return volume.scaled(pair.sizeScale());
  }

  /** In the quote currency, exact. */
  public BigDecimal value() {
    return value.scaled(pair.priceScale() + pair.sizeScale());
  }

  /** Coins of matches set off by sellers. */
  public BigDecimal sold() {
    return sold.scaled(pair.sizeScale());
  }

  /** Coins of matches set off by buyers. */
  public BigDecimal bought() {
    return volume().subtract(sold());
  }
}
