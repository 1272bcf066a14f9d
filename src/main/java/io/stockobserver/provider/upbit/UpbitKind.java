package io.stockobserver.provider.upbit;

import static io.stockobserver.provider.upbit.UpbitField.*;

import io.stockobserver.observe.Observation.Part;
import org.jspecify.annotations.Nullable;

/**
 * The records that Upbit tells of an instrument, and which fields belong to each: on the feed
 * (Upbit sheet 4) and in REST rows (sheet 2.2, 2.3).
 */
enum UpbitKind {
  TICKER(
      "ticker",
      Part.TICKER,
      CODE,
      set(TRADE_PRICE, TIMESTAMP),
      Fields.TICKER_FIGURES,
      Fields.TICKER | set(TYPE, ASK_BID, ACC_ASK_VOLUME, ACC_BID_VOLUME, MARKET_STATE, STREAM_TYPE),
      set(IS_TRADING_SUSPENDED, DELISTING_DATE, MARKET_WARNING)),
  TRADE(
      "trade",
      Part.TRADE,
      CODE,
      set(TRADE_PRICE, TRADE_VOLUME, TRADE_TIMESTAMP),
      Fields.TRADE_FIGURES,
      Fields.TRADE_FIGURES
          | set(TYPE, ASK_BID, CHANGE, CHANGE_PRICE, TRADE_DATE, TRADE_TIME, TIMESTAMP)
          | set(SEQUENTIAL_ID, STREAM_TYPE),
      0),
  BOOK(
      "orderbook",
      Part.BOOK,
      CODE,
      Fields.BOOK_FIGURES,
      Fields.BOOK_FIGURES,
      Fields.BOOK | set(TYPE, STREAM_TYPE),
      set(LEVEL)),
  TICKER_ROW(
      "ticker",
      Part.TICKER,
      MARKET,
      set(TRADE_PRICE, TIMESTAMP),
      Fields.TICKER_FIGURES,
      Fields.TICKER | set(TRADE_DATE_KST, TRADE_TIME_KST),
      0),
  BOOK_ROW(
      "orderbook",
      Part.BOOK,
      MARKET,
      Fields.BOOK_FIGURES,
      Fields.BOOK_FIGURES,
      Fields.BOOK,
      set(LEVEL));

  /** Sets that more than one kind has. */
  private static final class Fields {
    static final long TICKER_FIGURES =
        set(TRADE_PRICE, OPENING_PRICE, HIGH_PRICE, LOW_PRICE, PREV_CLOSING_PRICE)
            | set(ACC_TRADE_VOLUME, ACC_TRADE_PRICE, TIMESTAMP);
    static final long TICKER =
        TICKER_FIGURES
            | set(CHANGE, CHANGE_PRICE, SIGNED_CHANGE_PRICE, CHANGE_RATE, SIGNED_CHANGE_RATE)
            | set(TRADE_VOLUME, ACC_TRADE_VOLUME_24H, ACC_TRADE_PRICE_24H)
            | set(TRADE_DATE, TRADE_TIME, TRADE_TIMESTAMP)
            | set(HIGHEST_52_WEEK_PRICE, HIGHEST_52_WEEK_DATE)
            | set(LOWEST_52_WEEK_PRICE, LOWEST_52_WEEK_DATE);
    static final long TRADE_FIGURES =
        set(TRADE_PRICE, TRADE_VOLUME, PREV_CLOSING_PRICE, TRADE_TIMESTAMP)
            | set(BEST_ASK_PRICE, BEST_ASK_SIZE, BEST_BID_PRICE, BEST_BID_SIZE);
    static final long BOOK_FIGURES = set(TIMESTAMP, ORDERBOOK_UNITS);
    static final long BOOK = BOOK_FIGURES | set(TOTAL_ASK_SIZE, TOTAL_BID_SIZE);
    static final long OF_THE_MESSAGE = set(TYPE, CODE, MARKET, STREAM_TYPE);
  }

  private final String word;
  private final Part part;
  private final UpbitField symbol;
  private final long required;
  private final long unnamed;
  private final long documented;
  private final long known;

  /**
   * One kind.
   *
   * @param required what it is not understood without
   * @param figures what the common fields say
   * @param documented what the venue always sends; fewer is another shape
   * @param optional what it may send besides: deprecated, or only where there is something to say
   */
  UpbitKind(
      String word,
      Part part,
      UpbitField symbol,
      long required,
      long figures,
      long documented,
      long optional) {
    this.word = word;
    this.part = part;
    this.symbol = symbol;
    this.required = required | symbol.bit();
    this.unnamed = figures | Fields.OF_THE_MESSAGE;
    this.documented = documented | symbol.bit();
    this.known = this.documented | optional;
  }

  /** As {@code type} has it. */
  String word() {
    return word;
  }

  Part part() {
    return part;
  }

  /** Where the instrument's code stands. */
  UpbitField symbol() {
    return symbol;
  }

  /** What a record needs and has not. */
  long lacks(long present) {
    return required & ~present;
  }

  /** What a record of the documented shape has and this one has not. */
  long tooFew(long present) {
    return documented & ~present;
  }

  /** What belongs to other records only. */
  long tooMany(long present) {
    return present & ~known;
  }

  /**
   * What a field is called beside the common ones; null where a common one says it. A state is put
   * together from a ticker, a trade and a book: what they name alike is told apart.
   */
  @Nullable String specific(UpbitField field) {
    if ((unnamed & field.bit()) != 0) {
      return null;
    }
    if (this == TRADE && field == TIMESTAMP) {
      return "trade_sent_timestamp"; // "trade_timestamp" is a field of the ticker
    }
    return field == SEQUENTIAL_ID ? field.wireName() : specific(field.wireName());
  }

  /** What a field that nobody knows is called. */
  String specific(String unknown) {
    return switch (part) {
      case TRADE -> "trade_" + unknown;
      case BOOK -> "book_" + unknown;
      case TICKER, STATE -> unknown;
    };
  }
}
