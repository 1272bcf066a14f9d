package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.WireWidth;
import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;

/** Writes order books: 59 fields that never changed, then what the years have added. */
final class BookRecord {
  private BookRecord() {}

  static void append(
      StringBuilder to,
      Instrument instrument,
      KisTrs tr,
      int second,
      long millis,
      WireWidth width,
      int extra) {
    Day day = instrument.day();
    Phase phase = Phase.of(day, millis);
    Book book = Book.of(instrument, phase, second);
    Book before = Book.of(instrument, phase, second - 1);
    long expected = Book.expectedPrice(instrument, phase);
    long change = expected - day.base();
    to.append(instrument.listing().code()).append('^');
    Figures.appendClock(to, second);
    to.append('^').append(phase.hourClass());
    all(to, book.asks());
    all(to, book.bids());
    all(to, book.askSizes());
    all(to, book.bidSizes());
    to.append('^').append(book.totalAsk()).append('^').append(book.totalBid());
    to.append("^0^0^").append(expected);
    to.append('^').append(Book.expectedSize(instrument, phase, second));
    to.append('^').append(Book.lastExpected(instrument));
    to.append('^').append(change).append('^').append(Figures.sign(change)).append('^');
    Figures.append(to, Figures.percent(change, day.base()));
    to.append('^').append(tr.tally(day).volume());
    to.append('^').append(book.totalAsk() - before.totalAsk());
    to.append('^').append(book.totalBid() - before.totalBid());
    to.append("^0^0^0");
    if (tr.venue() == KisTrs.Venue.KRX) {
      krx(to, day, width.book());
    } else {
      bothVenues(to, day, tr, width);
    }
    TradeRecord.extra(to, extra);
  }

  private static void krx(StringBuilder to, Day day, int width) {
    if (width >= 62) {
      mid(to, day);
    }
    if (width >= 63) {
      to.append("^2");
    }
  }

  private static void bothVenues(StringBuilder to, Day day, KisTrs tr, WireWidth width) {
    mid(to, day);
    to.append("^").append(middle(day)).append("^0^0");
    if (tr.venue() == KisTrs.Venue.BOTH && width.unifiedBook() >= 66) {
      to.append("^1");
    }
  }

  private static void mid(StringBuilder to, Day day) {
    to.append('^').append(middle(day)).append('^').append(day.size(true, 11, 0)).append("^2");
  }

  private static long middle(Day day) {
    return day.ask() == 0 ? day.bid() : (day.ask() + day.bid()) / 2;
  }

  private static void all(StringBuilder to, long[] values) {
    for (long value : values) {
      to.append('^').append(value);
    }
  }
}
