package io.stockobserver.simulator.world;

/**
 * What one venue counts for one instrument since the open: KRW, shares, and seconds of the day. All
 * zero before the first trade.
 */
public final class Tally {
  /** What set off a trade. */
  public enum Side {
    BUY,
    SELL,
    AUCTION
  }

  long last;
  long open;
  long high;
  long low;
  int openAt;
  int highAt;
  int lowAt;
  int lastAt;
  long lastSize;
  Side lastSide = Side.AUCTION;
  long volume;
  long value;
  long sells;
  long buys;
  long sold;
  long bought;

  void add(int second, long price, long size, Side side) {
    if (volume == 0) {
      open = price;
      openAt = second;
    }
    if (volume == 0 || price > high) {
      high = price;
      highAt = second;
    }
    if (volume == 0 || price < low) {
      low = price;
      lowAt = second;
    }
    last = price;
    lastAt = second;
    lastSize = size;
    lastSide = side;
    volume += size;
    value += price * size;
    if (side == Side.BUY) {
      buys++;
      bought += size;
    } else if (side == Side.SELL) {
      sells++;
      sold += size;
    }
  }

  /** Price of the last trade. */
  public long last() {
    return last;
  }

  /** Price of the first trade. */
  public long open() {
    return open;
  }

  /** Highest price. */
  public long high() {
    return high;
  }

  /** Lowest price. */
  public long low() {
    return low;
  }

  /** Second of the day of the first trade. */
  public int openAt() {
    return openAt;
  }

  /** Second of the day of the high. */
  public int highAt() {
    return highAt;
  }

  /** Second of the day of the low. */
  public int lowAt() {
    return lowAt;
  }

  /** Second of the day of the last trade. */
  public int lastAt() {
    return lastAt;
  }

  /** Shares of the last trade. */
  public long lastSize() {
    return lastSize;
  }

  /** What set off the last trade. */
  public Side lastSide() {
    return lastSide;
  }

  /** Shares traded. */
  public long volume() {
    return volume;
  }

  /** KRW traded. */
  public long value() {
    return value;
  }

  /** Trades set off by a seller. */
  public long sells() {
    return sells;
  }

  /** Trades set off by a buyer. */
  public long buys() {
    return buys;
  }

  /** Shares of the trades set off by a seller. */
  public long sold() {
    return sold;
  }

  /** Shares of the trades set off by a buyer. */
  public long bought() {
    return bought;
  }
}
