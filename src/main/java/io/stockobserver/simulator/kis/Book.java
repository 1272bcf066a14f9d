package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Moment;
import java.util.stream.LongStream;

/**
 * Ten levels a side at one second, as quotes, executions and book frames all show them. Level 1 is
 * the best; a level beyond the price limit is 0, and so is everything while nobody may rest an
 * order.
 */
final class Book {
  static final int LEVELS = 10;

  private final long[] asks = new long[LEVELS];
  private final long[] bids = new long[LEVELS];
  private final long[] askSizes = new long[LEVELS];
  private final long[] bidSizes = new long[LEVELS];

  private Book() {}

  static Book of(Instrument instrument, Moment moment) {
    return of(instrument, Phase.of(instrument.day(), moment), moment.second());
  }

  static Book of(Instrument instrument, Phase phase, int second) {
    Day day = instrument.day();
    Book book = new Book();
    if (phase != Phase.BEFORE && !instrument.listing().halted()) {
      for (int i = 0; i < LEVELS; i++) {
        book.asks[i] = day.ask(i + 1);
        book.bids[i] = day.bid(i + 1);
        book.askSizes[i] = book.asks[i] == 0 ? 0 : day.size(true, i + 1, second);
        book.bidSizes[i] = book.bids[i] == 0 ? 0 : day.size(false, i + 1, second);
      }
    }
    return book;
  }

  /** Ask prices; not to be changed, like the other three. */
  long[] asks() {
    return asks;
  }

  long[] bids() {
    return bids;
  }

  long[] askSizes() {
    return askSizes;
  }

  long[] bidSizes() {
    return bidSizes;
  }

  long totalAsk() {
    return LongStream.of(askSizes).sum();
  }

  long totalBid() {
    return LongStream.of(bidSizes).sum();
  }

  /** Price expected to match in an auction, 0 outside. */
  static long expectedPrice(Instrument instrument, Phase phase) {
    boolean shown = phase.auction() && !instrument.listing().halted();
    return shown ? instrument.day().bid() : 0;
  }

  /** Shares expected to match in an auction, 0 outside. */
  static long expectedSize(Instrument instrument, Phase phase, int second) {
    boolean shown = phase.auction() && !instrument.listing().halted();
    return shown ? instrument.day().size(true, 1, second) * 7 : 0;
  }

  /** What the last auction expected. */
  static long lastExpected(Instrument instrument) {
    return instrument.day().previousVolume() / 37;
  }
}
