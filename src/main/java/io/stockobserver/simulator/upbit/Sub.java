package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.coin.CoinMarket;
import java.math.BigDecimal;

/** One type of one market on one socket, and what was last told of it. */
final class Sub {
  /** What is told. */
  enum Kind {
    TICKER,
    TRADE,
    ORDERBOOK,
    CANDLE
  }

  final Kind kind;
  final String type;
  final CoinMarket market;
  final int depth;
  final BigDecimal level;
  final boolean snapshot;
  final boolean realtime;

  /** Something traded since it was last told. */
  boolean stirred;

  /** When the book last told had changed, or the second of the candle last told. */
  long told;

  /**
   * As asked for.
   *
   * @param type as in the request
   * @param depth of a book
   * @param level of a book; nought for no grouping
   */
  Sub(
      Kind kind,
      String type,
      CoinMarket market,
      int depth,
      BigDecimal level,
      boolean snapshot,
      boolean realtime) {
    this.kind = kind;
    this.type = type;
    this.market = market;
    this.depth = depth;
    this.level = level;
    this.snapshot = snapshot;
    this.realtime = realtime;
  }

  String code() {
    return market.pair().code();
  }

  /** Two of the same would tell everything twice. */
  String key() {
    return type + ' ' + code() + ' ' + depth + ' ' + level.stripTrailingZeros();
  }
}
