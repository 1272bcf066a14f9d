package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.coin.Candle;
import io.stockobserver.simulator.coin.CoinBook;
import io.stockobserver.simulator.coin.CoinMarket;
import io.stockobserver.simulator.coin.Fill;
import io.stockobserver.simulator.coin.Pair;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trades, books and candles on the wire, in the order of fields seen there. */
final class Frames {
  private Frames() {}

  /** How prices of a market are written: varied in long words, plain in short ones. */
  static Numbers price(Pair pair, boolean brief) {
    if (brief) {
      return Numbers.PLAIN;
    }
    return (pair.key() >>> 20 & 3) == 0 ? Numbers.PADDED : Numbers.SCIENTIFIC;
  }

  /** Some markets are told without the deprecated fields already. */
  static boolean modern(Pair pair) {
    return !pair.warning() && (pair.key() >>> 24) % 3 == 0;
  }

  static Row trade(CoinMarket market, Fill fill, long now, boolean brief, String streamType) {
    Pair pair = market.pair();
    Numbers price = price(pair, brief);
    BigDecimal change = pair.price(fill.price()).subtract(pair.price(market.previousClose()));
    CoinBook book = market.bookAt(fill.at() + 1);
    return new Row(brief)
        .text("type", "ty", "trade")
        .text("code", "cd", pair.code())
        .whole("timestamp", "tms", now)
        .text("trade_date", "td", Times.dashed(fill.at()))
        .text("trade_time", "ttm", Times.colons(fill.at()))
        .whole("trade_timestamp", "ttms", fill.at())
        .number("trade_price", "tp", price, pair.price(fill.price()))
        .number("trade_volume", "tv", Numbers.SCIENTIFIC, pair.size(fill.size()))
        .text("ask_bid", "ab", fill.buyer() ? "BID" : "ASK")
        .number("prev_closing_price", "pcp", price, pair.price(market.previousClose()))
        .text("change", "c", Tickers.change(change))
        .number("change_price", "cp", price, change.abs())
        .whole("sequential_id", "sid", fill.id())
        .number("best_ask_price", "bap", price, pair.price(book.asks()[0]))
        .number("best_ask_size", "bas", Numbers.SCIENTIFIC, pair.size(book.askSizes()[0]))
        .number("best_bid_price", "bbp", price, pair.price(book.bids()[0]))
        .number("best_bid_size", "bbs", Numbers.SCIENTIFIC, pair.size(book.bidSizes()[0]))
        .text("stream_type", "st", streamType);
  }

  /** The book of a market, or null if the venue does not group it so. */
  static @Nullable Row book(
      CoinMarket market, int depth, BigDecimal level, boolean brief, String streamType) {
    long step = QuoteCalls.step(market, level);
    if (step < 0) {
      return null;
    }
    Pair pair = market.pair();
    CoinBook book = market.book().grouped(step);
    Numbers price = price(pair, brief);
    StringBuilder units = new StringBuilder("[");
    for (int i = 0; i < Math.min(depth, book.depth()); i++) {
      units.append(i == 0 ? "" : ",").append(unit(pair, book, i, price, brief));
    }
    return new Row(brief)
        .text("type", "ty", "orderbook")
        .text("code", "cd", pair.code())
        .whole("timestamp", "tms", book.at())
        .number("total_ask_size", "tas", Numbers.SCIENTIFIC, pair.size(book.totalAsk()))
        .number("total_bid_size", "tbs", Numbers.SCIENTIFIC, pair.size(book.totalBid()))
        .raw("orderbook_units", "obu", units.append(']').toString())
        .text("stream_type", "st", streamType)
        .number("level", "lv", brief ? Numbers.PLAIN : Numbers.SCIENTIFIC, pair.price(step));
  }

  private static String unit(Pair pair, CoinBook book, int i, Numbers price, boolean brief) {
    return new Row(brief)
        .number("ask_price", "ap", price, pair.price(at(book.asks(), i)))
        .number("bid_price", "bp", price, pair.price(at(book.bids(), i)))
        .number("ask_size", "as", Numbers.SCIENTIFIC, pair.size(at(book.askSizes(), i)))
        .number("bid_size", "bs", Numbers.SCIENTIFIC, pair.size(at(book.bidSizes(), i)))
        .json();
  }

  /** The shorter side is filled up with noughts. */
  static long at(long[] side, int i) {
    return i < side.length ? side[i] : 0;
  }

  /** The newest candle of {@code candle.1s}, {@code candle.5m} and so on; null if there is none. */
  static @Nullable Row candle(CoinMarket market, String type, boolean brief, String streamType) {
    Pair pair = market.pair();
    long now = market.now();
    String length = type.substring(type.indexOf('.') + 1);
    List<Candle> newest =
        length.equals("1s")
            ? market.history().seconds(now + 1, now, 1)
            : market
                .history()
                .minutes(
                    Integer.parseInt(length.substring(0, length.length() - 1)), now + 1, now, 1);
    if (newest.isEmpty()) {
      return null;
    }
    Candle candle = newest.get(0);
    Numbers price = price(pair, brief);
    return new Row(brief)
        .text("type", "ty", type)
        .text("code", "cd", pair.code())
        .text("candle_date_time_utc", "cdttmu", Times.candle(candle.start()))
        .text("candle_date_time_kst", "cdttmk", Times.candleKst(candle.start()))
        .number("opening_price", "op", price, pair.price(candle.open()))
        .number("high_price", "hp", price, pair.price(candle.high()))
        .number("low_price", "lp", price, pair.price(candle.low()))
        .number("trade_price", "tp", price, pair.price(candle.close()))
        .number("candle_acc_trade_volume", "catv", Numbers.SCIENTIFIC, candle.volume())
        .number("candle_acc_trade_price", "catp", Numbers.SCIENTIFIC, candle.value())
        .whole("timestamp", "tms", candle.lastAt())
        .text("stream_type", "st", streamType);
  }
}
