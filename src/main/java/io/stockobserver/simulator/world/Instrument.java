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
  /** A clock set back by less than this does not undo trades. */
  private static final long REWOUND_MILLIS = 60_000;

  private final Listing listing;
  private final long seed;
  private final double tradesPerSecond;
  private final List<Surge> surges;

  private final Consumer<Trade> telling = this::tell;
  private @Nullable Day day;
  private @Nullable Watcher watcher;

  Instrument(Listing listing, long seed, double tradesPerSecond, List<Surge> surges) {
    this.listing = listing;
    this.seed = seed;
    this.tradesPerSecond = tradesPerSecond;
    this.surges = surges;
  }

  private void tell(Trade trade) {
    if (watcher != null) {
      watcher.traded(this, trade);
    }
  }

  private Day startDay(LocalDate session) {
    return new Day(listing, seed, tradesPerSecond, session, surges);
  }

  void moveTo(Moment moment) {
    Day at = day;
    if (at == null
        || !at.session().equals(moment.session())
        || moment.sessionMillis() < at.position() - REWOUND_MILLIS) {
      at = startDay(moment.session());
      day = at;
      at.runTo(moment.sessionMillis(), trade -> {});
    } else {
      at.runTo(moment.sessionMillis(), telling);
    }
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
    Day at = day;
    if (at == null) {
      throw new IllegalStateException(listing.code() + " was not moved to any moment yet");
    }
    return at;
  }

  /** Newest first, the last sixty at most, as far as the walk has come. */
  public List<Trade> latestTrades() {
    return day().latest();
  }

  /** Walks the day once more from its open, for those who want every trade of it. */
  public void retell(Consumer<Trade> hearing) {
    Day again = startDay(day().session());
    again.runTo(day().position(), hearing);
  }

  /** Finished days before the one it stands at, newest first. */
  public List<PastDay> past(LocalDate from, LocalDate to, int limit) {
    List<PastDay> days = new ArrayList<>();
    LocalDate at =
        TradingCalendar.openOnOrBefore(
            to.isBefore(day().session()) ? to : day().session().minusDays(1));
    while (!at.isBefore(from) && days.size() < limit && !at.isBefore(Prices.FIRST)) {
      days.add(PastDay.of(listing, seed, at));
      at = TradingCalendar.openBefore(at);
    }
    return days;
  }
}
