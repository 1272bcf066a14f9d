package io.stockobserver.simulator.world;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One instrument on the day it stands at. {@link World} moves it forward; it never goes back within
 * a day. Prices in KRW, sizes in shares. Not thread-safe.
 */
public final class Instrument {
  private static final int KEPT_TRADES = 30;

  private final Listing listing;
  private final long seed;
  private final double tradesPerSecond;

  private Day day;
  private final Consumer<Trade> telling = this::tell;
  private @Nullable Watcher watcher;

  Instrument(Listing listing, long seed, double tradesPerSecond, LocalDate session) {
    this.listing = listing;
    this.seed = seed;
    this.tradesPerSecond = tradesPerSecond;
    day = startDay(session);
  }

  private void tell(Trade trade) {
    if (watcher != null) {
      watcher.traded(this, trade);
    }
  }

  private Day startDay(LocalDate session) {
    return new Day(listing, seed, tradesPerSecond, session);
  }

  void moveTo(Moment moment) {
    boolean rewound = moment.sessionMillis() < day.position() - 60_000;
    if (!day.session().equals(moment.session()) || rewound) {
      day = startDay(moment.session());
      day.runTo(moment.sessionMillis(), trade -> {});
      return;
    }
    day.runTo(moment.sessionMillis(), telling);
  }

  /** Who hears this instrument's trades from now on; null for nobody. */
  public void watch(@Nullable Watcher hearing) {
    watcher = hearing;
  }

  /** What the exchange says about it. */
  public Listing listing() {
    return listing;
  }

  /** The day it stands at. */
  public Day day() {
    return day;
  }

  /** Newest first, at most thirty, as far as the walk has come. */
  public List<Trade> latestTrades() {
    return day.latest(KEPT_TRADES);
  }

  /** Walks the day once more from its open, for those who want every trade of it. */
  public void retell(Consumer<Trade> hearing) {
    Day again = startDay(day.session());
    again.runTo(day.position(), hearing);
  }

  /** Finished days before the one it stands at, newest first. */
  public List<PastDay> past(LocalDate from, LocalDate to, int limit) {
    List<PastDay> days = new ArrayList<>();
    LocalDate at =
        TradingCalendar.openOnOrBefore(
            to.isBefore(day.session()) ? to : day.session().minusDays(1));
    while (!at.isBefore(from) && days.size() < limit && !at.isBefore(Prices.FIRST)) {
      days.add(PastDay.of(listing, seed, at));
      at = TradingCalendar.openBefore(at);
    }
    return days;
  }
}
