package io.stockobserver.simulator.coin;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pair traded before now: minutes are added up match by match however long ago; days too, if
 * they are not before the first exact one, else they are drawn with a few strokes.
 */
public final class CoinHistory {
  private static final int KEPT_DAYS = 400;
  private static final long SECOND = 1_000;
  // Days after which a pair is not looked for any more.
  private static final int OLDEST_DAYS = 3 * 365;
  private static final int SECONDS_KEPT_DAYS = 90;

  private final Pair pair;
  private final Flow flow;
  private final long firstExactDay;
  private final Map<Long, Candle> days =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Candle> eldest) {
          return size() > KEPT_DAYS;
        }
      };

  /**
   * Highest and lowest with their days, in the pair's units.
   *
   * @param high highest price
   * @param low lowest price
   */
  public record Extremes(long high, LocalDate highDay, long low, LocalDate lowDay) {}

  CoinHistory(Pair pair, Flow flow, long firstExactDay) {
    this.pair = pair;
    this.flow = flow;
    this.firstExactDay = firstExactDay;
  }

  /**
   * Candles of so many minutes that begin before {@code to} and hold matches up to {@code now},
   * newest first.
   */
  public List<Candle> minutes(int unit, long to, long now, int count) {
    long length = unit * Flow.MINUTE;
    List<Candle> candles = new ArrayList<>();
    long start = Math.floorDiv(Math.min(to - 1, now), length) * length;
    long oldest = now - OLDEST_DAYS / 8 * Flow.DAY;
    for (; candles.size() < count && start > oldest; start -= length) {
      Candle candle = new Candle(pair, start);
      for (int i = 0; i < unit; i++) {
        flow.minute(start / Flow.MINUTE + i, fill -> add(candle, fill, now));
      }
      if (candle.traded()) {
        candles.add(candle);
      }
    }
    return candles;
  }

  private static void add(Candle candle, Fill fill, long now) {
    if (fill.at() <= now) {
      candle.add(fill);
    }
  }

  /** Candles of one second, newest first; none older than three months. */
  public List<Candle> seconds(long to, long now, int count) {
    List<Candle> candles = new ArrayList<>();
    long latest = Math.min(to - 1, now);
    long oldest = now - SECONDS_KEPT_DAYS * Flow.DAY;
    for (long minute = Math.floorDiv(latest, Flow.MINUTE);
        candles.size() < count && minute * Flow.MINUTE > oldest;
        minute--) {
      List<Candle> own = new ArrayList<>();
      flow.minute(minute, fill -> second(own, fill, Math.min(now, latest - latest % SECOND + 999)));
      for (int i = own.size() - 1; i >= 0 && candles.size() < count; i--) {
        candles.add(own.get(i));
      }
    }
    return candles;
  }

  private void second(List<Candle> own, Fill fill, long latest) {
    if (fill.at() > latest) {
      return;
    }
    long start = fill.at() / SECOND * SECOND;
    if (own.isEmpty() || own.get(own.size() - 1).start() != start) {
      own.add(new Candle(pair, start));
    }
    own.get(own.size() - 1).add(fill);
  }

  /** Matches of [from, to), newest first. */
  public List<Fill> fills(long from, long to, int count) {
    List<Fill> found = new ArrayList<>();
    for (long minute = Math.floorDiv(to - 1, Flow.MINUTE);
        found.size() < count && (minute + 1) * Flow.MINUTE > from;
        minute--) {
      List<Fill> own = new ArrayList<>();
      flow.minute(minute, own::add);
      for (int i = own.size() - 1; i >= 0 && found.size() < count; i--) {
        Fill fill = own.get(i);
        if (fill.at() < to && fill.at() >= from) {
          found.add(fill);
        }
      }
    }
    return found;
  }

  /** A whole UTC day before the one of {@code now}, or null if nothing traded on it. */
  public @Nullable Candle day(long epochDay) {
    Candle candle = days.computeIfAbsent(epochDay, this::draw);
    return candle.traded() ? candle : null;
  }

  /** Price of the last match before this day, in the pair's units. */
  public long closeBefore(long epochDay) {
    for (long day = epochDay - 1; day > epochDay - 20; day--) {
      Candle candle = day(day);
      if (candle != null) {
        return candle.close();
      }
    }
    return flow.bid(epochDay * Flow.DAY);
  }

  /** The oldest day there is, as seen from this one. */
  public static long oldestDay(long today) {
    return today - OLDEST_DAYS;
  }

  /** A candle of nothing, to add days to. */
  public static Candle empty(Pair pair) {
    return new Candle(pair, 0);
  }

  private Candle draw(long day) {
    Candle candle = new Candle(pair, day * Flow.DAY);
    if (day >= firstExactDay) {
      for (int i = 0; i < 1_440; i++) {
        flow.minute(day * 1_440 + i, candle::add);
      }
    } else if (flow.awake(day)) {
      long high = 0;
      long low = Long.MAX_VALUE;
      for (int i = 0; i <= 24; i++) {
        long price = flow.bid(day * Flow.DAY + i * (Flow.DAY - 1) / 24);
        high = Math.max(high, price);
        low = Math.min(low, price);
      }
      long first = flow.bid(day * Flow.DAY);
      long close = flow.bid((day + 1) * Flow.DAY - 1);
      long size = (long) (flow.meanSize(day) * pair.tradesPerDay());
      long last = (day + 1) * Flow.DAY - 1 - Math.floorMod(pair.key() + day, 600_000L);
      candle.sketch(first, high, low, close, last, Math.max(1, size));
    }
    return candle;
  }

  /** Highest and lowest of 52 weeks up to this day, today's included. */
  Extremes year(long today, Candle current) {
    long high = current.traded() ? current.high() : 0;
    long low = current.traded() ? current.low() : Long.MAX_VALUE;
    long highDay = today;
    long lowDay = today;
    for (int week = 1; week <= 52; week++) {
      long day = today - 7L * week;
      long price = flow.bid(day * Flow.DAY);
      if (price > high) {
        high = price;
        highDay = day;
      }
      if (price < low) {
        low = price;
        lowDay = day;
      }
    }
    return new Extremes(high, LocalDate.ofEpochDay(highDay), low, LocalDate.ofEpochDay(lowDay));
  }
}
