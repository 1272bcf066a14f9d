package io.stockobserver.simulator.world;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Base prices from day to day: a slow walk of the logarithm that passes through the listing's own
 * price on the reference day. Trading days before {@link #FIRST} do not exist.
 */
final class Prices {
  /** The day whose base price is the listing's price. */
  static final LocalDate REFERENCE = LocalDate.of(2026, 11, 20);

  static final LocalDate FIRST = LocalDate.of(2025, 1, 2);
  private static final LocalDate LAST = LocalDate.of(2028, 1, 31);
  private static final Map<LocalDate, Integer> INDEX = index();
  private static final int REFERENCE_INDEX = at(REFERENCE);

  private Prices() {}

  private static Map<LocalDate, Integer> index() {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = FIRST; day.isBefore(LAST); day = TradingCalendar.openAfter(day)) {
      days.add(day);
    }
    Map<LocalDate, Integer> index = new HashMap<>();
    for (int i = 0; i < days.size(); i++) {
      index.put(days.get(i), i);
    }
    return index;
  }

  static int at(LocalDate session) {
    Integer at = INDEX.get(session);
    if (at != null) {
      return at;
    }
    return session.isBefore(FIRST) ? 0 : INDEX.size() - 1;
  }

  static long base(Listing listing, long seed, LocalDate session) {
    return baseAndNext(listing, seed, session)[0];
  }

  /** Base price of a day and of the trading day after it, which is the close of the first. */
  static long[] baseAndNext(Listing listing, long seed, LocalDate session) {
    if (listing.halted()) {
      return new long[] {listing.price(), listing.price()};
    }
    int wanted = at(session);
    int next = Math.min(wanted + 1, INDEX.size() - 1);
    int end = Math.max(next, REFERENCE_INDEX);
    Dice dice = Dice.of(seed, listing.code(), 1);
    double walk = 0;
    double there = 0;
    double after = 0;
    double reference = 0;
    for (int i = 0; i <= end; i++) {
      if (i == wanted) {
        there = walk;
      }
      if (i == next) {
        after = walk;
      }
      if (i == REFERENCE_INDEX) {
        reference = walk;
      }
      walk = 0.985 * walk + listing.volatility() * dice.normal();
    }
    return new long[] {price(listing, there - reference), price(listing, after - reference)};
  }

  private static long price(Listing listing, double away) {
    if (away == 0) {
      return listing.price();
    }
    long price = Math.max(100, Math.round(listing.price() * Math.exp(away)));
    return Ticks.floor(price, listing.product());
  }

  /** Shares traded on a day, as the day after tells it. */
  static long volume(Listing listing, long seed, LocalDate session) {
    if (listing.halted()) {
      return 0;
    }
    Dice dice = Dice.of(seed, listing.code(), 1000 + session.toEpochDay());
    return Math.max(1, Math.round(listing.volume() * Math.exp(0.4 * dice.normal())));
  }
}
