package io.stockobserver.provider.upbit;

import static io.stockobserver.provider.upbit.UpbitField.*;

import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Observation.Part;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns one record that has been scanned into what it tells: a ticker, a trade or a book, of the
 * feed or of an answer. The hot path. Used by one thread at a time.
 */
final class UpbitRecords {
  private static final byte[] NOTHING = {};

  private final UpbitCodes codes = new UpbitCodes();
  private final UpbitScan units = new UpbitScan(NOTHING);

  /**
   * Reads the record in {@code b[at, end)}, which {@code scan} has just gone through: observed or
   * refused, and drift where its shape is new.
   */
  void read(UpbitKind kind, UpbitScan scan, int at, int end, Entry message, Readings out) {
    byte[] b = message.body();
    String symbol =
        scan.has(kind.symbol())
            ? codes.code(b, scan.from(kind.symbol()) + 1, scan.to(kind.symbol()) - 1)
            : null;
    if (isStrange(kind, scan)) {
      out.drift(kind.word() + '/' + strangeness(kind, scan), UpbitScan.sample(b, at, end));
    }
    try {
      long missing = kind.lacks(scan.present());
      if (missing != 0) {
        throw new UpbitMisfit("field-missing", names(missing, ""));
      }
      if (symbol == null) {
        throw scan.malformed(kind.symbol());
      }
      Observation seen = observation(kind, symbol, scan, at, message);
      if (kind == UpbitKind.TRADE || kind == UpbitKind.BOOK) {
        out.proven(symbol);
      }
      out.observed(seen);
    } catch (UpbitMisfit e) {
      out.refused(e.reason(), symbol, 1, e.getMessage() + " in " + UpbitScan.sample(b, at, end));
    }
  }

  private Observation observation(
      UpbitKind kind, String symbol, UpbitScan scan, int at, Entry message) {
    return switch (kind.part()) {
      case TRADE -> trade(symbol, scan, at, message);
      case BOOK -> book(kind, symbol, scan, at, message);
      case TICKER, STATE -> ticker(kind, symbol, scan, at, message);
    };
  }

  private static Observation trade(String symbol, UpbitScan scan, int at, Entry message) {
    BigDecimal bid = scan.price(BEST_BID_PRICE);
    BigDecimal ask = scan.price(BEST_ASK_PRICE);
    return new Observation(
        Part.TRADE,
        scan.has(SEQUENTIAL_ID) ? scan.text(SEQUENTIAL_ID) : null,
        symbol,
        scan.instant(TRADE_TIMESTAMP),
        false,
        scan.price(TRADE_PRICE),
        bid,
        ask,
        bid == null ? null : scan.number(BEST_BID_SIZE),
        ask == null ? null : scan.number(BEST_ASK_SIZE),
        scan.number(TRADE_VOLUME),
        null,
        null,
        null,
        null,
        null,
        scan.price(PREV_CLOSING_PRICE),
        false,
        new UpbitSpecifics(message.body(), at, UpbitKind.TRADE),
        message);
  }

  private Observation book(UpbitKind kind, String symbol, UpbitScan scan, int at, Entry message) {
    UpbitUnits best = UpbitUnits.best(units.turnTo(message.body()), scan.from(ORDERBOOK_UNITS));
    return new Observation(
        Part.BOOK,
        null,
        symbol,
        scan.instant(TIMESTAMP),
        false,
        null,
        best.bidPrice(),
        best.askPrice(),
        best.bidSize(),
        best.askSize(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        new UpbitSpecifics(message.body(), at, kind),
        message);
  }

  private static Observation ticker(
      UpbitKind kind, String symbol, UpbitScan scan, int at, Entry message) {
    boolean active = !scan.has(MARKET_STATE) || scan.is(MARKET_STATE, "ACTIVE");
    return new Observation(
        Part.TICKER,
        null,
        symbol,
        scan.instant(TIMESTAMP),
        false,
        scan.price(TRADE_PRICE),
        null,
        null,
        null,
        null,
        null,
        scan.number(ACC_TRADE_VOLUME),
        scan.number(ACC_TRADE_PRICE),
        scan.price(OPENING_PRICE),
        scan.price(HIGH_PRICE),
        scan.price(LOW_PRICE),
        scan.price(PREV_CLOSING_PRICE),
        !active || scan.is(IS_TRADING_SUSPENDED, "true"),
        new UpbitSpecifics(message.body(), at, kind),
        message);
  }

  private static boolean isStrange(UpbitKind kind, UpbitScan scan) {
    long present = scan.present();
    return kind.tooFew(present) != 0 || kind.tooMany(present) != 0 || scan.strange() != null;
  }

  /** What a record has too much (+) and too little (-). */
  private static String strangeness(UpbitKind kind, UpbitScan scan) {
    long present = scan.present();
    Set<String> all = new TreeSet<>();
    String strange = scan.strange();
    if (strange != null) {
      all.add('+' + strange);
    }
    add(kind.tooMany(present), "+", all);
    add(kind.tooFew(present), "-", all);
    String text = String.join(",", all);
    return text.length() <= 200 ? text : text.substring(0, 200);
  }

  private static String names(long fields, String sign) {
    Set<String> all = new TreeSet<>();
    add(fields, sign, all);
    return String.join(",", all);
  }

  private static void add(long fields, String sign, Set<String> all) {
    for (UpbitField field : UpbitField.values()) {
      if ((fields & field.bit()) != 0) {
        all.add(sign + field.wireName());
      }
    }
  }

  /** The kind of a feed's record; null for one that we never ask for. */
  static @Nullable UpbitKind kind(UpbitScan scan) {
    if (scan.is(TYPE, "trade")) {
      return UpbitKind.TRADE;
    }
    if (scan.is(TYPE, "orderbook")) {
      return UpbitKind.BOOK;
    }
    return scan.is(TYPE, "ticker") ? UpbitKind.TICKER : null;
  }
}
