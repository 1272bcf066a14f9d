package io.stockobserver.provider.upbit;

import org.jspecify.annotations.Nullable;

/** The REST addresses that we can read, and which limit each is under (Upbit sheet 2). */
enum UpbitEndpoint {
  MARKETS("/market/all", "market"),
  TICKER("/ticker", "ticker"),
  TICKER_ALL("/ticker/all", "ticker"),
  BOOK("/orderbook", "orderbook"),
  INSTRUMENTS("/orderbook/instruments", "orderbook"),
  TRADES("/trades/ticks", "trade"),
  DAY_CANDLES("/candles/days", "candle"),
  OTHER_CANDLES("/candles/", "candle");

  private final String path;
  private final String group;

  UpbitEndpoint(String path, String group) {
    this.path = path;
    this.group = group;
  }

  String path() {
    return path;
  }

  /** As {@code Remaining-Req} names it (Upbit sheet 2.8). */
  String group() {
    return group;
  }

  /** Whether it asks for the quotes of named markets. */
  boolean asksForMarkets() {
    return this == TICKER || this == BOOK;
  }

  /** The endpoint of a request on the tape, {@code GET /path?query}; null for none of ours. */
  static @Nullable UpbitEndpoint of(String tapeText) {
    int question = tapeText.indexOf('?');
    String path = question < 0 ? tapeText.strip() : tapeText.substring(0, question);
    for (UpbitEndpoint endpoint : values()) {
      if (path.endsWith(endpoint.path)) {
        return endpoint;
      }
    }
    return path.contains(OTHER_CANDLES.path) ? OTHER_CANDLES : null;
  }
}
