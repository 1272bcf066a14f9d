package io.stockobserver.simulator.coin;

import io.stockobserver.simulator.world.Dice;
import io.stockobserver.simulator.world.Surge;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a pair trades in a minute and where its best prices are: a function of seed, pair and time
 * alone. Not thread-safe: it remembers the minute asked for last.
 */
final class Flow {
  static final long MINUTE = 60_000;
  static final long DAY = 86_400_000;
  private static final int MINUTES_A_DAY = 1_440;
  private static final double FILLS_PER_ORDER = 1.5;
  private static final int SLEEPER_WAKES = 7;

  private final Pair pair;
  private final PricePath coin;
  private final PricePath currency;
  private final List<Surge> surges;
  private long minute = Long.MIN_VALUE;
  private double from;
  private double to;

  /**
   * Of a pair whose price is that of the coin in that of the currency.
   *
   * @param surges of this pair
   */
  Flow(Pair pair, PricePath coin, PricePath currency, List<Surge> surges) {
    this.pair = pair;
    this.coin = coin;
    this.currency = currency;
    this.surges = List.copyOf(surges);
  }

  /** Every match of this minute since the epoch, in time order. */
  void minute(long wanted, Consumer<Fill> sink) {
    double usual = orders(wanted);
    if (usual == 0) {
      return;
    }
    Dice dice = new Dice(Dice.mix(pair.key() ^ wanted * 0x2545F4914F6CDD1DL));
    double boost = boost(wanted * MINUTE, MINUTE);
    int orders = (int) (usual * (0.3 + 1.4 * dice.unit()) * boost + dice.unit());
    double mean = meanSize(Math.floorDiv(wanted, MINUTES_A_DAY));
    long before = -1;
    int nth = 0;
    for (int i = 0; i < orders; i++) {
      long at = wanted * MINUTE + (long) ((i + dice.unit()) * MINUTE / orders);
      boolean buyer = dice.chance(0.5);
      int fills = 1 + (dice.chance(0.3) ? 1 + dice.below(2) : 0);
      // Outside of a surge only the usual share of its minute's orders is there.
      boolean there = dice.unit() * boost < boost(at, 1);
      long bid = bid(at);
      long price = buyer ? ask(at, bid) : bid;
      nth = at == before ? nth : 0;
      for (int j = 0; j < fills; j++) {
        long size = Math.max(1, (long) (mean * dice.exponential()));
        if (there) {
          sink.accept(new Fill(at, price, size, buyer, nth++));
          before = at;
        }
      }
    }
  }

  /** Orders a minute without chance: busier when Asia and America are awake. */
  private double orders(long wanted) {
    if (!awake(Math.floorDiv(wanted, MINUTES_A_DAY))) {
      return 0;
    }
    double hour = Math.floorMod(wanted, MINUTES_A_DAY) / 60.0;
    double shape = 1 + 0.3 * Math.cos((hour - 2) * Math.PI / 6);
    return pair.tradesPerDay() / MINUTES_A_DAY / FILLS_PER_ORDER * shape;
  }

  /** Whether anything trades on that day. */
  boolean awake(long day) {
    return !pair.sleeps() || Math.floorMod(day + pair.key(), SLEEPER_WAKES) == 0;
  }

  /** How much more than usual a day trades. */
  double dayFactor(long day) {
    return Math.exp(0.25 * new Dice(Dice.mix(pair.key() + day * 0x9FB21C651E98DF25L)).normal());
  }

  /** Mean size of a match of that day in size units. */
  double meanSize(long day) {
    double coins = pair.dayValue() * dayFactor(day) / pair.tradesPerDay() / price(day * DAY);
    return coins * Math.pow(10, pair.sizeScale());
  }

  private double boost(long begin, long length) {
    double most = 1;
    for (Surge surge : surges) {
      if (begin < surge.to().toEpochMilli() && begin + length > surge.from().toEpochMilli()) {
        most = Math.max(most, surge.factor());
      }
    }
    return most;
  }

  /** The price between the best ones, in the quote currency. */
  double price(long at) {
    long wanted = Math.floorDiv(at, MINUTE);
    if (wanted != minute) {
      from = wanted == minute + 1 ? to : ratio(wanted);
      to = ratio(wanted + 1);
      minute = wanted;
    }
    return from + (to - from) * (at - wanted * MINUTE) / MINUTE;
  }

  private double ratio(long wanted) {
    return coin.at(wanted) / currency.at(wanted);
  }

  /** The best bid at that instant. */
  long bid(long at) {
    Dice second = second(at);
    double jitter = 0.5 * pair.volatility() / Math.sqrt(MINUTES_A_DAY) * second.normal();
    return pair.floor(price(at) * (1 + jitter));
  }

  /** The best ask at that instant above this best bid: one tick, or some where little is traded. */
  long ask(long at, long bid) {
    Dice second = second(at + 500);
    int ticks = 1 + (second.chance(0.2) ? 1 : 0);
    if (pair.tradesPerDay() < MINUTES_A_DAY) {
      ticks += second.below(6);
    }
    long ask = bid;
    for (int i = 0; i < ticks; i++) {
      ask = pair.up(ask);
    }
    return ask;
  }

  private Dice second(long at) {
    return new Dice(Dice.mix(pair.key() + Math.floorDiv(at, 1_000) * 0xD1342543DE82EF95L));
  }
}
