package io.stockobserver.simulator.world;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * One instrument's trading day: an opening match within thirty seconds of the open, a walk on the
 * tick grid until the closing auction, a closing match. A function of seed, code and day, however
 * often and in whatever steps it is run forward, but for the surges that somebody asked for. Not
 * thread-safe.
 */
public final class Day {
  private static final long NEVER = Long.MAX_VALUE;
  private static final double BURST_PACE = 6;
  private static final double SECOND_VENUE = 0.2;
  private static final double MID_PRICE = 0.002;
  private static final int KEPT_TRADES = 60;

  private final Listing listing;
  private final LocalDate session;
  private final List<Surge> surges;
  private final TradingCalendar.Hours hours;
  private final Dice dice;
  private final long key;
  private final long base;
  private final long previousVolume;
  private final long upper;
  private final long lower;
  private final long target;
  private final Pace pace;
  private final Tally krx = new Tally();
  private final Tally nxt = new Tally();
  private final Tally unified = new Tally();
  private final Deque<Trade> latest = new ArrayDeque<>();

  private long position;
  private long next;
  private boolean order;
  private boolean opened;
  private long bid;

  Day(Listing listing, long seed, double tradesPerSecond, LocalDate session, List<Surge> surges) {
    this.listing = listing;
    this.surges = surges;
    this.session = session;
    hours = TradingCalendar.hours(session);
    dice = Dice.of(seed, listing.code(), 100_000 + session.toEpochDay());
    key = dice.next();
    long[] bases = Prices.baseAndNext(listing, seed, session);
    base = bases[0];
    previousVolume = Prices.volume(listing, seed, TradingCalendar.openBefore(session));
    boolean product = listing.product();
    upper = Ticks.upperLimit(base, product);
    lower = Ticks.lowerLimit(base, product);
    target = Math.min(upper, Math.max(lower, bases[1]));
    pace = Pace.of(listing, tradesPerSecond, Prices.volume(listing, seed, session), base);
    bid = base;
    next = listing.halted() ? NEVER : hours.open() + 1_000 + dice.below(28_000);
  }

  void runTo(long millis, Consumer<Trade> hearing) {
    while (next <= millis) {
      long at = next;
      if (!opened) {
        open(at, hearing);
      } else if (at >= hours.close()) {
        close(at, hearing);
        next = NEVER;
        continue;
      } else if (order) {
        match(at, hearing);
      }
      plan(at);
    }
    position = Math.max(position, millis);
  }

  private void open(long at, Consumer<Trade> hearing) {
    opened = true;
    boolean product = listing.product();
    double gap = listing.volatility() * 0.35 * dice.normal();
    bid = within(Ticks.floor(Math.max(1, Math.round(base * (1 + gap))), product));
    long size = Math.max(1, Math.round(pace.size() * 300 * pace.orders() * (0.5 + dice.unit())));
    record(at, bid, size, Tally.Side.AUCTION, false, hearing);
  }

  private void close(long at, Consumer<Trade> hearing) {
    bid = within(target);
    long size = Math.max(1, Math.round(pace.size() * 500 * pace.orders() * (0.5 + dice.unit())));
    record(at, bid, size, Tally.Side.AUCTION, false, hearing);
  }

  /** The next order, or the end of the minute if none comes: then the pace may be another. */
  private void plan(long at) {
    double fraction = (double) (at - hours.open()) / (hours.close() - hours.open());
    double orders = pace.orders() * Pace.shape(fraction);
    if (burst(at) != 0) {
      orders *= BURST_PACE;
    }
    for (Surge surge : surges) {
      orders *= surge.at(session, at) ? surge.factor() : 1;
    }
    long wait = (long) (1_000 * dice.exponential() / orders);
    long minute = (at / 60_000 + 1) * 60_000;
    order = at + wait < minute;
    next = order ? at + Math.max(1, wait) : minute;
    if (next >= hours.closingAuction()) {
      next = hours.close() + 1_000 + dice.below(28_000);
    }
  }

  private int burst(long at) {
    return Pace.burst(key, at / 60_000);
  }

  private void match(long at, Consumer<Trade> hearing) {
    int burst = burst(at);
    double line =
        base + (target - base) * (double) (at - hours.open()) / (hours.close() - hours.open());
    double pull = Math.max(-0.15, Math.min(0.15, 15 * (line - bid) / base));
    boolean buy = dice.chance(0.5 + pull + 0.2 * burst) && ask() > 0;
    if (dice.chance(burst == 0 ? pace.moveChance() : Math.min(0.6, 3 * pace.moveChance()))) {
      move(buy);
    }
    boolean secondVenue = listing.nxt() && onSecondVenue(at) && dice.chance(SECOND_VENUE);
    long price = buy && ask() > 0 ? ask() : bid;
    Tally.Side side = price == bid ? Tally.Side.SELL : Tally.Side.BUY;
    long tick = Ticks.size(bid, listing.product());
    int matches = matches();
    if (!listing.product() && tick % 2 == 0 && dice.chance(MID_PRICE) && ask() == bid + tick) {
      price = bid + tick / 2;
      matches = 1;
    }
    for (int i = 0; i < matches; i++) {
      double size = pace.size() * Math.exp(0.9 * dice.normal() - 0.4) * (burst == 0 ? 1 : 2);
      record(at, price, Math.max(1, Math.round(size)), side, secondVenue, hearing);
    }
  }

  private int matches() {
    double unit = dice.unit();
    return unit < 0.6 ? 1 : unit < 0.8 ? 2 : unit < 0.92 ? 3 : 4;
  }

  private void move(boolean up) {
    boolean product = listing.product();
    long at = bid;
    for (int i = 0; i < pace.moveTicks(); i++) {
      at = up ? Ticks.up(at, product) : Ticks.down(at, product);
    }
    bid = within(at);
  }

  private long within(long price) {
    return Math.max(lower, Math.min(upper, price));
  }

  private boolean onSecondVenue(long at) {
    return at >= hours.open() + 30_000 && at < hours.closingAuction();
  }

  private void record(
      long at, long price, long size, Tally.Side side, boolean second, Consumer<Trade> hearing) {
    int clock = (int) (at / 1_000);
    (second ? nxt : krx).add(clock, price, size, side);
    unified.add(clock, price, size, side);
    Tally tally = second ? nxt : krx;
    long strength = tally.sold() == 0 ? 0 : (tally.bought() * 20_000 / tally.sold() + 1) / 2;
    Trade trade = new Trade(clock, price, size, side, strength, second);
    if (latest.size() == KEPT_TRADES) {
      latest.removeLast();
    }
    latest.addFirst(trade);
    hearing.accept(trade);
  }

  List<Trade> latest() {
    return List.copyOf(latest);
  }

  long position() {
    return position;
  }

  /** The trading day. */
  public LocalDate session() {
    return session;
  }

  /** Its hours. */
  public TradingCalendar.Hours hours() {
    return hours;
  }

  /** What KRX counts. */
  public Tally krx() {
    return krx;
  }

  /** What NXT counts. */
  public Tally nxt() {
    return nxt;
  }

  /** What both count together. */
  public Tally unified() {
    return unified;
  }

  /** The base price that changes and limits are reckoned from. */
  public long base() {
    return base;
  }

  /** The raw close of the day before: other than the base price only on an ex-rights day. */
  public long previousClose() {
    boolean anew = listing.rights() && session.equals(Prices.REFERENCE);
    return anew ? Ticks.floor(base * 11 / 10, listing.product()) : base;
  }

  /** Shares traded the day before. */
  public long previousVolume() {
    return previousVolume;
  }

  /** Upper price limit. */
  public long upper() {
    return upper;
  }

  /** Lower price limit. */
  public long lower() {
    return lower;
  }

  /** Last price on KRX, the base price before the first trade. */
  public long price() {
    return krx.volume() == 0 ? base : krx.last();
  }

  /** Best bid. */
  public long bid() {
    return bid;
  }

  /** Best ask; 0 at the upper limit. */
  public long ask() {
    long ask = Ticks.up(bid, listing.product());
    return ask > upper ? 0 : ask;
  }

  /** Price of a bid level from 1 to 10; 0 beyond the limit. */
  public long bid(int level) {
    long at = bid;
    for (int i = 1; i < level; i++) {
      at = Ticks.down(at, listing.product());
      if (at < lower) {
        return 0;
      }
    }
    return at;
  }

  /** Price of an ask level from 1 to 10; 0 beyond the limit. */
  public long ask(int level) {
    long at = bid;
    for (int i = 0; i < level; i++) {
      at = Ticks.up(at, listing.product());
      if (at > upper) {
        return 0;
      }
    }
    return at;
  }

  /** Shares resting at a level; each level changes every four seconds. */
  public long size(boolean asks, int level, int second) {
    long unit = Math.max(4, previousVolume / 500);
    long mixed = Dice.mix(key + level * 31L + (asks ? 977 : 0) + (second + level) / 4 * 104_729L);
    return 1 + Math.floorMod(mixed, unit * 2);
  }
}
