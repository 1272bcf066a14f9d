package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.coin.Candle;
import io.stockobserver.simulator.coin.CoinDayAmounts;
import io.stockobserver.simulator.coin.CoinHistory;
import io.stockobserver.simulator.coin.CoinMarket;
import io.stockobserver.simulator.coin.Fill;
import io.stockobserver.simulator.coin.Pair;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What the venue tells of a market's day: by REST and on the wire. */
final class Tickers {
  private static final int RATE_DECIMALS = 10;

  private Tickers() {}

  /** RISE, EVEN or FALL against the previous close. */
  static String change(BigDecimal signed) {
    return signed.signum() > 0 ? "RISE" : signed.signum() < 0 ? "FALL" : "EVEN";
  }

  /** The figures both forms have, worked out once. */
  private record Facts(
      BigDecimal price,
      BigDecimal close,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal change,
      BigDecimal rate,
      BigDecimal size,
      long tradedAt,
      boolean buyer) {

    static Facts of(CoinMarket market) {
      Pair pair = market.pair();
      Candle today = market.today();
      Fill last = market.last();
      BigDecimal price = pair.price(market.price());
      BigDecimal close = pair.price(market.previousClose());
      BigDecimal change = price.subtract(close);
      // A day without a trade yet shows the last price everywhere.
      return new Facts(
          price,
          close,
          today.traded() ? pair.price(today.open()) : close,
          today.traded() ? pair.price(today.high()) : close,
          today.traded() ? pair.price(today.low()) : close,
          change,
          change.divide(close, RATE_DECIMALS, RoundingMode.HALF_UP),
          pair.size(last == null ? 0 : last.size()),
          last == null ? market.now() : last.at(),
          last != null && last.buyer());
    }
  }

  /** A row of {@code /v1/ticker}. */
  static String row(CoinMarket market) {
    Facts facts = Facts.of(market);
    Candle today = market.today();
    CoinDayAmounts day = market.last24Hours();
    CoinHistory.Extremes year = market.year();
    Pair pair = market.pair();
    Numbers price = Numbers.PADDED;
    Numbers amount = Numbers.SCIENTIFIC;
    return new Row(false)
        .text("market", pair.code())
        .text("trade_date", Times.date(facts.tradedAt))
        .text("trade_time", Times.time(facts.tradedAt))
        .text("trade_date_kst", Times.dateKst(facts.tradedAt))
        .text("trade_time_kst", Times.timeKst(facts.tradedAt))
        .whole("trade_timestamp", facts.tradedAt)
        .number("opening_price", price, facts.open)
        .number("high_price", price, facts.high)
        .number("low_price", price, facts.low)
        .number("trade_price", price, facts.price)
        .number("prev_closing_price", price, facts.close)
        .text("change", change(facts.change))
        .number("change_price", price, facts.change.abs())
        .number("change_rate", Numbers.PLAIN, facts.rate.abs())
        .number("signed_change_price", price, facts.change)
        .number("signed_change_rate", Numbers.PLAIN, facts.rate)
        .number("trade_volume", amount, facts.size)
        .number("acc_trade_price", amount, today.value())
        .number("acc_trade_price_24h", amount, day.value())
        .number("acc_trade_volume", amount, today.volume())
        .number("acc_trade_volume_24h", amount, day.volume())
        .number("highest_52_week_price", price, pair.price(year.high()))
        .text("highest_52_week_date", year.highDay().toString())
        .number("lowest_52_week_price", price, pair.price(year.low()))
        .text("lowest_52_week_date", year.lowDay().toString())
        .whole("timestamp", market.now())
        .json();
  }

  /** A frame, in the order seen on the wire. */
  static Row frame(CoinMarket market, boolean brief, String streamType) {
    Facts facts = Facts.of(market);
    Candle today = market.today();
    CoinDayAmounts day = market.last24Hours();
    CoinHistory.Extremes year = market.year();
    Pair pair = market.pair();
    Numbers price = Frames.price(pair, brief);
    Numbers amount = Numbers.SCIENTIFIC;
    Row row =
        new Row(brief)
            .text("type", "ty", "ticker")
            .text("code", "cd", pair.code())
            .number("opening_price", "op", price, facts.open)
            .number("high_price", "hp", price, facts.high)
            .number("low_price", "lp", price, facts.low)
            .number("trade_price", "tp", price, facts.price)
            .number("prev_closing_price", "pcp", price, facts.close)
            .number("acc_trade_price", "atp", amount, today.value())
            .text("change", "c", change(facts.change))
            .number("change_price", "cp", price, facts.change.abs())
            .number("signed_change_price", "scp", price, facts.change)
            .number("change_rate", "cr", Numbers.PLAIN, facts.rate.abs())
            .number("signed_change_rate", "scr", Numbers.PLAIN, facts.rate)
            .text("ask_bid", "ab", facts.buyer ? "BID" : "ASK")
            .number("trade_volume", "tv", amount, facts.size)
            .number("acc_trade_volume", "atv", amount, today.volume())
            .text("trade_date", "tdt", Times.date(facts.tradedAt))
            .text("trade_time", "ttm", Times.time(facts.tradedAt))
            .whole("trade_timestamp", "ttms", facts.tradedAt)
            .number("acc_ask_volume", "aav", amount, today.sold())
            .number("acc_bid_volume", "abv", amount, today.bought())
            .number("highest_52_week_price", "h52wp", price, pair.price(year.high()))
            .text("highest_52_week_date", "h52wdt", year.highDay().toString())
            .number("lowest_52_week_price", "l52wp", price, pair.price(year.low()))
            .text("lowest_52_week_date", "l52wdt", year.lowDay().toString())
            .text("market_state", "ms", "ACTIVE");
    if (!Frames.modern(pair)) {
      row.raw("is_trading_suspended", "its", "false");
    }
    row.text("delisting_date", "dd", pair.delisting());
    if (!Frames.modern(pair)) {
      row.text("market_warning", "mw", pair.warning() ? "CAUTION" : "NONE");
    }
    return row.whole("timestamp", "tms", market.now())
        .number("acc_trade_price_24h", "atp24h", amount, day.value())
        .number("acc_trade_volume_24h", "atv24h", amount, day.volume())
        .text("stream_type", "st", streamType);
  }
}
