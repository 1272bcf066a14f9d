package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Moment;
import io.stockobserver.simulator.world.TradingCalendar;

/** Where a trading day stands, and the codes that say so. */
enum Phase {
  BEFORE("B", "10", "311"),
  OPENING_AUCTION("B", "10", "311"),
  CONTINUOUS("0", "20", "112"),
  CLOSING_AUCTION("A", "20", "121"),
  AFTER("0", "30", "129");

  private static final long AUCTION_MILLIS = 30 * 60_000;

  private final String hourClass;
  private final String operation;
  private final String expected;

  Phase(String hourClass, String operation, String expected) {
    this.hourClass = hourClass;
    this.operation = operation;
    this.expected = expected;
  }

  static Phase of(Day day, Moment moment) {
    return of(day, moment.sessionMillis());
  }

  static Phase of(Day day, long millis) {
    TradingCalendar.Hours hours = day.hours();
    if (millis < hours.open() - AUCTION_MILLIS) {
      return BEFORE;
    }
    if (millis < hours.open()) {
      return OPENING_AUCTION;
    }
    if (millis < hours.closingAuction()) {
      return CONTINUOUS;
    }
    return millis < hours.close() ? CLOSING_AUCTION : AFTER;
  }

  boolean auction() {
    return this == OPENING_AUCTION || this == CLOSING_AUCTION;
  }

  /** HOUR_CLS_CODE. */
  String hourClass() {
    return hourClass;
  }

  /** NEW_MKOP_CLS_CODE. */
  String operation() {
    return operation;
  }

  /** ANTC_MKOP_CLS_CODE. */
  String expected() {
    return expected;
  }
}
