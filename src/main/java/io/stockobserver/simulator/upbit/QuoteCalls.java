package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.coin.CoinBook;
import io.stockobserver.simulator.coin.CoinMarket;
import io.stockobserver.simulator.coin.CoinWorld;
import io.stockobserver.simulator.coin.Fill;
import io.stockobserver.simulator.coin.Pair;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Answers what is asked of the markets as they are now: lists, tickers, books, trades. */
final class QuoteCalls {
  private static final int DEEPEST = 30;
  private static final int MOST_TRADES = 500;
  private static final int MOST_DAYS_AGO = 7;
  private static final long DAY = 86_400_000;

  private final Listed listed;

  QuoteCalls(Listed listed) {
    this.listed = listed;
  }

  private static String array(List<String> rows) {
    return "[" + String.join(",", rows) + "]";
  }

  String markets(Ask ask) {
    boolean details = ask.flag("is_details") || ask.flag("isDetails");
    List<String> rows = new ArrayList<>();
    for (Pair pair : listed.pairs()) {
      Row row =
          new Row(false)
              .text("market", pair.code())
              .text("korean_name", pair.korean())
              .text("english_name", pair.english());
      if (details) {
        Row caution = new Row(false);
        CoinWorld.cautions()
            .forEach(name -> caution.raw(name, Boolean.toString(pair.cautions().contains(name))));
        row.raw(
            "market_event",
            new Row(false)
                .raw("warning", Boolean.toString(pair.warning()))
                .raw("caution", caution.json())
                .json());
      }
      rows.add(row.json());
    }
    return array(rows);
  }

  String tickers(Ask ask) {
    return array(
        markets(ask.list("markets")).stream().map(Tickers::row).collect(Collectors.toList()));
  }

  /** All or nothing: one that nobody knows spoils the call. */
  private List<CoinMarket> markets(List<String> codes) {
    if (!codes.stream().allMatch(listed::knows)) {
      throw Refusal.unknown();
    }
    return codes.stream().map(listed::told).toList();
  }

  String allTickers(Ask ask) {
    List<String> quotes = ask.list("quote_currencies");
    return array(
        listed.pairs().stream()
            .filter(pair -> quotes.contains(pair.quote().name()))
            .map(pair -> Tickers.row(listed.told(pair.code())))
            .toList());
  }

  String books(Ask ask) {
    // Here, and only here, small letters will do.
    List<String> codes =
        ask.list("markets").stream().map(code -> code.toUpperCase(Locale.ROOT)).toList();
    int count = (int) ask.number("count", DEEPEST);
    if (count < 1) {
      throw Refusal.value();
    }
    BigDecimal level = level(ask.optional("level"));
    List<String> rows = new ArrayList<>();
    for (CoinMarket market : markets(codes)) {
      long step = step(market, level);
      if (step < 0) {
        return "[]";
      }
      rows.add(book(market, step, Math.min(DEEPEST, count)));
    }
    return array(rows);
  }

  private static BigDecimal level(String text) {
    try {
      return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw Refusal.type();
    }
  }

  /** The level in price units, or -1 if the venue does not group this market so. */
  static long step(CoinMarket market, BigDecimal level) {
    Pair pair = market.pair();
    return pair.levels(market.price()).stream()
        .filter(step -> pair.price(step).compareTo(level) == 0)
        .findFirst()
        .orElse(-1L);
  }

  private static String book(CoinMarket market, long step, int count) {
    Pair pair = market.pair();
    CoinBook book = market.book().grouped(step);
    List<String> units = new ArrayList<>();
    for (int i = 0; i < Math.min(count, book.depth()); i++) {
      units.add(
          new Row(false)
              .number("bid_price", Numbers.PLAIN, pair.price(Frames.at(book.bids(), i)))
              .number("bid_size", Numbers.PLAIN, pair.size(Frames.at(book.bidSizes(), i)))
              .number("ask_price", Numbers.PLAIN, pair.price(Frames.at(book.asks(), i)))
              .number("ask_size", Numbers.PLAIN, pair.size(Frames.at(book.askSizes(), i)))
              .json());
    }
    return new Row(false)
        .text("market", pair.code())
        .whole("timestamp", book.at())
        .number("total_ask_size", Numbers.SCIENTIFIC, pair.size(book.totalAsk()))
        .number("total_bid_size", Numbers.SCIENTIFIC, pair.size(book.totalBid()))
        .raw("orderbook_units", array(units))
        .number("level", Numbers.PLAIN, pair.price(step))
        .json();
  }

  String instruments(Ask ask) {
    List<String> rows = new ArrayList<>();
    for (CoinMarket market : markets(ask.list("markets"))) {
      Pair pair = market.pair();
      long price = market.price();
      List<String> levels =
          pair.levels(price).stream().map(step -> Numbers.PLAIN.text(pair.price(step))).toList();
      rows.add(
          new Row(false)
              .text("market", pair.code())
              .text("quote_currency", pair.quote().name())
              .text("tick_size", Numbers.PLAIN.text(pair.price(pair.tick(price))))
              .raw("supported_levels", Row.array(levels))
              .json());
    }
    return array(rows);
  }

  String trades(Ask ask) {
    CoinMarket market = listed.now(ask.required("market"));
    int count = ask.count("count", 1, MOST_TRADES);
    long daysAgo = ask.number("days_ago", 0);
    if (daysAgo < 0 || daysAgo > MOST_DAYS_AGO) {
      throw Refusal.value();
    }
    long day = (Math.floorDiv(market.now(), DAY) - daysAgo) * DAY;
    long to = Math.min(market.now() + 1, day + secondOfDay(ask.encoded("to")) * 1_000);
    long cursor = ask.number("cursor", Long.MAX_VALUE);
    Pair pair = market.pair();
    BigDecimal close = pair.price(market.history().closeBefore(Math.floorDiv(day, DAY)));
    List<String> rows = new ArrayList<>();
    if (cursor < Long.MAX_VALUE) {
      to = Math.min(to, cursor / 10_000 + 1);
    }
    int more = cursor < Long.MAX_VALUE ? 10 : 0;
    for (Fill fill : market.history().fills(day, to, count + more)) {
      if (fill.id() < cursor && rows.size() < count) {
        rows.add(trade(pair, fill, close));
      }
    }
    return array(rows);
  }

  private static String trade(Pair pair, Fill fill, BigDecimal close) {
    return new Row(false)
        .text("market", pair.code())
        .text("trade_date_utc", Times.dashed(fill.at()))
        .text("trade_time_utc", Times.colons(fill.at()))
        .whole("timestamp", fill.at())
        .number("trade_price", Numbers.PADDED, pair.price(fill.price()))
        .number("trade_volume", Numbers.PADDED, pair.size(fill.size()))
        .number("prev_closing_price", Numbers.PADDED, close)
        .number("change_price", Numbers.PADDED, pair.price(fill.price()).subtract(close))
        .text("ask_bid", fill.buyer() ? "BID" : "ASK")
        .whole("sequential_id", fill.id())
        .json();
  }

  /** HHmmss or HH:mm:ss; the day's end without one. */
  private static long secondOfDay(String text) {
    if (text.isEmpty()) {
      return DAY / 1_000;
    }
    String digits = text.replace(":", "");
    if (!digits.matches("([01]\\d|2[0-3])[0-5]\\d[0-5]\\d")) {
      throw Refusal.value();
    }
    return Integer.parseInt(digits.substring(0, 2)) * 3_600L
        + Integer.parseInt(digits.substring(2, 4)) * 60L
        + Integer.parseInt(digits.substring(4));
  }
}
