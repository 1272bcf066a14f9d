package io.stockobserver.simulator.coin;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pair in motion: the figures of its UTC day, its book and its past. Moved forward when
 * somebody asks; asked for an earlier instant it begins that day anew.
 */
public final class CoinMarket {
  // Nobody sleeps longer.
  private static final int LONGEST_SLEEP_MINUTES = 20 * 1_440;

  private final Pair pair;
  private final Flow flow;
  private final BookShelf shelf;
  private final CoinHistory history;
  private final List<Fill> ahead = new ArrayList<>();
  private int next;
  private long aheadMinute = Long.MIN_VALUE;
  private long now;
  private long day;
  private Candle today;
  private long previousClose;
  private @Nullable Fill last;
  private @Nullable FillWatcher watcher;
  private long bookAt;

  CoinMarket(Pair pair, Flow flow, double dayValueKrw, long firstExactDay) {
    this.pair = pair;
    this.flow = flow;
    shelf = new BookShelf(pair, flow, dayValueKrw);
    history = new CoinHistory(pair, flow, firstExactDay);
    today = new Candle(pair, 0);
  }

  /** Another of the same pair that nobody watches, for a look at an earlier instant. */
  CoinMarket twin(double dayValueKrw, long firstExactDay) {
    return new CoinMarket(pair, flow, dayValueKrw, firstExactDay);
  }

  /** What is listed. */
  public Pair pair() {
    return pair;
  }

  /** Whom to tell of every match from now on; null for nobody. */
  public void watch(@Nullable FillWatcher whom) {
    watcher = whom;
  }

  /**
   * Moves to this instant, in milliseconds since the epoch. A clock that was set back by less than
   * a minute is waited for; by more, the day begins anew, and nobody is told what he knows.
   */
  public void moveTo(long instant) {
    if (instant <= now && now - instant < Flow.MINUTE) {
      return;
    }
    FillWatcher whom = watcher;
    if (instant < now || Math.floorDiv(instant, Flow.DAY) > day + 1) {
      begin(instant);
      watcher = null;
    }
    for (long minute = Math.floorDiv(now, Flow.MINUTE);
        minute <= Math.floorDiv(instant, Flow.MINUTE);
        minute++) {
      if (minute != aheadMinute) {
        roll(minute);
        ahead.clear();
        next = 0;
        flow.minute(minute, ahead::add);
        aheadMinute = minute;
      }
      while (next < ahead.size() && ahead.get(next).at() <= instant) {
        take(ahead.get(next++));
      }
    }
    now = instant;
    watcher = whom;
  }

  private void begin(long instant) {
    day = Math.floorDiv(instant, Flow.DAY);
    today = new Candle(pair, day * Flow.DAY);
    now = day * Flow.DAY;
    aheadMinute = Long.MIN_VALUE;
    last = lastBefore(now);
    previousClose = last == null ? flow.bid(now) : last.price();
    bookAt = 0;
  }

  /** A new UTC day begins with its first minute. */
  private void roll(long minute) {
    long its = Math.floorDiv(minute * Flow.MINUTE, Flow.DAY);
    if (its != day) {
      day = its;
      today = new Candle(pair, day * Flow.DAY);
      previousClose = last == null ? previousClose : last.price();
    }
  }

  private void take(Fill fill) {
    today.add(fill);
    last = fill;
    if (watcher != null) {
      watcher.filled(this, fill);
    }
  }

  private @Nullable Fill lastBefore(long instant) {
    List<Fill> fills = new ArrayList<>();
    long minute = Math.floorDiv(instant, Flow.MINUTE) - 1;
    for (int i = 0; i < LONGEST_SLEEP_MINUTES && fills.isEmpty(); i++) {
      flow.minute(minute - i, fills::add);
    }
    return fills.isEmpty() ? null : fills.get(fills.size() - 1);
  }

  /** Milliseconds since the epoch it was moved to. */
  public long now() {
    return now;
  }

  /** What traded since 00:00 UTC. */
  public Candle today() {
    return today;
  }

  /** The newest match, of today or before; null if there was none for weeks. */
  public @Nullable Fill last() {
    return last;
  }

  /** Price of the newest match, in the pair's units. */
  public long price() {
    return last == null ? previousClose : last.price();
  }

  /** Price of the last match before today. */
  public long previousClose() {
    return previousClose;
  }

  /** The book as of its last change; changes become visible every 100 ms. */
  public CoinBook book() {
    return shelf.at(bookChanged());
  }

  /** When the book changed last, in milliseconds since the epoch, on the grid of 100 ms. */
  public long bookChanged() {
    long traded = last == null ? 0 : (last.at() / BookShelf.GRID + 1) * BookShelf.GRID;
    long known = Math.max(bookAt, traded <= now ? traded : 0);
    bookAt = shelf.lastStir(now, known == 0 ? now - Flow.DAY : known);
    return bookAt;
  }

  /** The book just before this instant; for a frame, one of the grid. */
  public CoinBook bookAt(long instant) {
    return shelf.at(instant);
  }

  /**
   * What traded in the last 24 hours: today's amounts and the share of yesterday's usual ones that
   * is less than a day ago. An estimate, because nobody can check it without every match.
   */
  public CoinDayAmounts last24Hours() {
    return CoinDayAmounts.of(pair, flow, today, now);
  }

  /** Highest and lowest of about 52 weeks, of the path and of today. */
  public CoinHistory.Extremes year() {
    return history.year(day, today);
  }

  /** Candles, matches and days of the past. */
  public CoinHistory history() {
    return history;
  }

  /** The UTC day it stands in. */
  public LocalDate utcDay() {
    return LocalDate.ofEpochDay(day);
  }
}
