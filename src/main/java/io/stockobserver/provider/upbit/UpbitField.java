package io.stockobserver.provider.upbit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every field that Upbit is known to send, with its name in the DEFAULT and in the SIMPLE format
 * (Upbit sheet 2 and 4). REST rows have the DEFAULT names, and some of their own.
 */
enum UpbitField {
  TYPE("type", "ty"),
  CODE("code", "cd"),
  MARKET("market", null),
  OPENING_PRICE("opening_price", "op"),
  HIGH_PRICE("high_price", "hp"),
  LOW_PRICE("low_price", "lp"),
  TRADE_PRICE("trade_price", "tp"),
  PREV_CLOSING_PRICE("prev_closing_price", "pcp"),
  CHANGE("change", "c"),
  CHANGE_PRICE("change_price", "cp"),
  SIGNED_CHANGE_PRICE("signed_change_price", "scp"),
  CHANGE_RATE("change_rate", "cr"),
  SIGNED_CHANGE_RATE("signed_change_rate", "scr"),
  TRADE_VOLUME("trade_volume", "tv"),
  ACC_TRADE_VOLUME("acc_trade_volume", "atv"),
  ACC_TRADE_VOLUME_24H("acc_trade_volume_24h", "atv24h"),
  ACC_TRADE_PRICE("acc_trade_price", "atp"),
  ACC_TRADE_PRICE_24H("acc_trade_price_24h", "atp24h"),
  /** Of a ticker {@code tdt}, of a trade {@code td}. */
  TRADE_DATE("trade_date", "tdt"),
  TRADE_TIME("trade_time", "ttm"),
  TRADE_DATE_KST("trade_date_kst", null),
  TRADE_TIME_KST("trade_time_kst", null),
  TRADE_TIMESTAMP("trade_timestamp", "ttms"),
  ASK_BID("ask_bid", "ab"),
  ACC_ASK_VOLUME("acc_ask_volume", "aav"),
  ACC_BID_VOLUME("acc_bid_volume", "abv"),
  HIGHEST_52_WEEK_PRICE("highest_52_week_price", "h52wp"),
  HIGHEST_52_WEEK_DATE("highest_52_week_date", "h52wdt"),
  LOWEST_52_WEEK_PRICE("lowest_52_week_price", "l52wp"),
  LOWEST_52_WEEK_DATE("lowest_52_week_date", "l52wdt"),
  MARKET_STATE("market_state", "ms"),
  IS_TRADING_SUSPENDED("is_trading_suspended", "its"),
  DELISTING_DATE("delisting_date", "dd"),
  MARKET_WARNING("market_warning", "mw"),
  TIMESTAMP("timestamp", "tms"),
  STREAM_TYPE("stream_type", "st"),
  SEQUENTIAL_ID("sequential_id", "sid"),
  BEST_ASK_PRICE("best_ask_price", "bap"),
  BEST_ASK_SIZE("best_ask_size", "bas"),
  BEST_BID_PRICE("best_bid_price", "bbp"),
  BEST_BID_SIZE("best_bid_size", "bbs"),
  TOTAL_ASK_SIZE("total_ask_size", "tas"),
  TOTAL_BID_SIZE("total_bid_size", "tbs"),
  ORDERBOOK_UNITS("orderbook_units", "obu"),
  LEVEL("level", "lv"),
  ASK_PRICE("ask_price", "ap"),
  BID_PRICE("bid_price", "bp"),
  ASK_SIZE("ask_size", "as"),
  BID_SIZE("bid_size", "bs");

  /** How many there are; the sets of them below fit into a long. */
  static final int COUNT = values().length;

  /** Where no name stands. */
  static final int UNKNOWN = -1;

  private static final int SLOTS = 512;
  private static final UpbitField[] FIELDS = new UpbitField[SLOTS];
  private static final byte[][] NAMES = new byte[SLOTS][];

  static {
    for (UpbitField field : values()) {
      enter(field, field.wireName);
      if (field.shortName != null) {
        enter(field, field.shortName);
      }
    }
    enter(TRADE_DATE, "td");
  }

  private final String wireName;
  private final @Nullable String shortName;

  UpbitField(String wireName, @Nullable String shortName) {
    this.wireName = wireName;
    this.shortName = shortName;
  }

  private static void enter(UpbitField field, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    int slot = slot(bytes, 0, bytes.length);
    while (NAMES[slot] != null) {
      slot = (slot + 1) % SLOTS;
    }
    NAMES[slot] = bytes;
    FIELDS[slot] = field;
  }

  /** Where the name {@code b[from, to)} stands, in whatever format; {@link #UNKNOWN} for none. */
  static int find(byte[] b, int from, int to) {
    if (from == to) {
      return UNKNOWN;
    }
    int slot = slot(b, from, to);
    for (byte[] name = NAMES[slot]; name != null; name = NAMES[slot]) {
      if (Arrays.equals(b, from, to, name, 0, name.length)) {
        return slot;
      }
      slot = (slot + 1) % SLOTS;
    }
    return UNKNOWN;
  }

  /** Whose name it is; null for nobody's. */
  static @Nullable UpbitField of(int name) {
    return name == UNKNOWN ? null : FIELDS[name];
  }

  static int lengthOf(int name) {
    return name == UNKNOWN ? 0 : NAMES[name].length;
  }

  /** Whether this name stands in {@code b} at {@code from}, which has as many bytes as it. */
  static boolean stands(int name, byte[] b, int from) {
    return name != UNKNOWN
        && Arrays.equals(b, from, from + NAMES[name].length, NAMES[name], 0, NAMES[name].length);
  }

  private static int slot(byte[] b, int from, int to) {
    int length = to - from;
    int mixed = length * 31 + b[from];
    mixed = mixed * 31 + b[from + length / 2];
    mixed = mixed * 31 + b[from + length / 4];
    mixed = mixed * 31 + b[to - 1];
    return (mixed * 0x9E3779B9) >>> 23;
  }

  /** Its name in the DEFAULT format and in REST rows. */
  String wireName() {
    return wireName;
  }

  /** Its place among all, from 0. */
  @SuppressWarnings("EnumOrdinal") // nothing outside the process sees it
  int index() {
    return ordinal();
  }

  /** Itself as a set. */
  long bit() {
    return 1L << index();
  }

  static long set(UpbitField... fields) {
    long all = 0;
    for (UpbitField field : fields) {
      all |= field.bit();
    }
    return all;
  }
}
