package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Listing;
import io.stockobserver.simulator.world.Tally;
import io.stockobserver.simulator.world.Trade;
import java.time.format.DateTimeFormatter;

/**
 * Writes executions, 47 fields, and expected executions, the first 45 of them. The instrument must
 * stand at the trade.
 */
final class TradeRecord {
  private static final int WIDE = 47;

  private TradeRecord() {}

  static void append(
      StringBuilder to, Instrument instrument, KisTrs tr, Trade trade, int width, int extra) {
    Day day = instrument.day();
    Tally tally = tr.tally(day);
    Phase phase = Phase.of(day, trade.second() * 1_000L);
    long price = trade.price();
    to.append(instrument.listing().code()).append('^');
    Figures.appendClock(to, trade.second());
    change(to, day, price);
    plus(to, Figures.hundredths(tally.value(), tally.volume(), 1));
    plain(to, tally.open(), tally.high(), tally.low());
    plain(to, day.ask(), day.bid(), trade.size(), tally.volume(), tally.value());
    plain(to, tally.sells(), tally.buys(), tally.buys() - tally.sells());
    plus(to, Figures.percent(tally.bought(), tally.sold()));
    plain(to, tally.sold(), tally.bought());
    to.append('^').append(side(trade.side()));
    plus(to, Figures.hundredths(tally.bought(), tally.volume(), 1));
    plus(to, Figures.percent(tally.volume(), day.previousVolume()));
    since(to, tally.openAt(), price - tally.open());
    since(to, tally.highAt(), price - tally.high());
    since(to, tally.lowAt(), price - tally.low());
    tail(to, instrument, phase, tally.volume(), trade.second());
    to.append("^^").append(tally.open());
    if (width >= WIDE) {
      to.append("^2");
    }
    extra(to, extra);
  }

  /** What an auction expects at this second: the volume counted so far, and no trade. */
  static void expected(
      StringBuilder to, Instrument instrument, KisTrs tr, Phase phase, int second) {
    Day day = instrument.day();
    Tally tally = tr.tally(day);
    long price = Book.expectedPrice(instrument, phase);
    to.append(instrument.listing().code()).append('^');
    Figures.appendClock(to, second);
    change(to, day, price);
    to.append("^0");
    plain(to, tally.open(), tally.high(), tally.low());
    plain(to, day.ask(), day.bid(), Book.expectedSize(instrument, phase, second));
    plain(to, tally.volume(), tally.value(), 0, 0, 0);
    to.append("^0.00^0^0^3^0.00^0.00^000000^3^0^000000^3^0^000000^3^0");
    tail(to, instrument, phase, tally.volume(), second);
    to.append('^');
    if (tr != KisTrs.H0STANC0) {
      to.append('^').append(tally.open());
    }
  }

  static void extra(StringBuilder to, int count) {
    for (int i = 0; i < count; i++) {
      to.append("^X").append(i);
    }
  }

  /** Fields 2 to 5. */
  private static void change(StringBuilder to, Day day, long price) {
    long change = price - day.base();
    to.append('^').append(price).append('^').append(Figures.sign(day, price));
    to.append('^').append(change);
    plus(to, Figures.percent(change, day.base()));
  }

  /** Time of an extreme and the distance to it. */
  private static void since(StringBuilder to, int second, long difference) {
    to.append('^');
    Figures.appendClock(to, second);
    to.append('^').append(Figures.sign(difference)).append('^').append(difference);
  }

  /** Fields 33 to 43. */
  private static void tail(
      StringBuilder to, Instrument instrument, Phase phase, long volume, int second) {
    Day day = instrument.day();
    Listing listing = instrument.listing();
    Book book = Book.of(instrument, phase, second);
    long before = sameTimeYesterday(day, second);
    to.append('^').append(DateTimeFormatter.BASIC_ISO_DATE.format(day.session()));
    to.append('^').append(phase.operation()).append('^').append(listing.halted() ? 'Y' : 'N');
    plain(to, book.askSizes()[0], book.bidSizes()[0], book.totalAsk(), book.totalBid());
    plus(to, Figures.percent(volume, listing.shares()));
    plain(to, before);
    plus(to, Figures.percent(volume, before));
    to.append('^').append(phase.hourClass());
  }

  private static long sameTimeYesterday(Day day, int second) {
    long open = day.hours().open() / 1_000;
    long length = day.hours().close() / 1_000 - open;
    long elapsed = Math.max(1, Math.min(length, second - open));
    return Math.max(1, day.previousVolume() * elapsed / length);
  }

  private static char side(Tally.Side side) {
    return switch (side) {
      case BUY -> '1';
      case SELL -> '5';
      case AUCTION -> '3';
    };
  }

  private static void plain(StringBuilder to, long... values) {
    for (long value : values) {
      to.append('^').append(value);
    }
  }

  private static void plus(StringBuilder to, long hundredths) {
    to.append('^');
    Figures.append(to, hundredths);
  }
}
