package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.coin.Candle;
import io.stockobserver.simulator.coin.CoinHistory;
import io.stockobserver.simulator.coin.CoinMarket;
import io.stockobserver.simulator.coin.Pair;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers {@code /v1/candles/…}. A candle is there only where something traded; newest first. */
final class CandleCalls {
  private static final String MINUTES = "minutes/";
  private static final Set<Integer> UNITS = Set.of(1, 3, 5, 10, 15, 30, 60, 240);
  private static final int MOST = 200;
  private static final int RATE_DECIMALS = 10;
  private static final long DAY = 86_400_000;
  private static final Numbers PRICE = Numbers.SCIENTIFIC;

  private final Listed listed;
  private final Faults faults;

  CandleCalls(Listed listed, Faults faults) {
    this.listed = listed;
    this.faults = faults;
  }

  /** Whether there are candles of this name, what follows {@code /v1/candles/}. */
  static boolean knows(String kind) {
    return kind.startsWith(MINUTES)
        || Set.of("seconds", "days", "weeks", "months", "years").contains(kind);
  }

  String answer(String kind, Ask ask) {
    CoinMarket market = listed.now(ask.required("market"));
    int count = ask.count("count", 1, MOST);
    long now = market.now();
    long to = ask.to(Long.MAX_VALUE / 2);
    if (kind.startsWith(MINUTES)) {
      int unit = unit(kind.substring(MINUTES.length()));
      return minutes(market, unit, told(to, now, unit * 60_000L), now, count);
    }
    return switch (kind) {
      case "seconds" -> seconds(market, told(to, now, 1_000), now, count);
      case "days" ->
          days(market, told(to, now, DAY), now, count, ask.optional("converting_price_unit"));
      default -> periods(market, kind, to, now, count);
    };
  }

  /** Late candles: none is told before its interval has been over for a while. */
  private long told(long to, long now, long length) {
    Fault late = faults.active(FaultKind.LATE_CANDLES);
    return late == null
        ? to
        : Math.min(to, Math.floorDiv(now - late.delay().toMillis(), length) * length);
  }

  private static int unit(String text) {
    try {
      int unit = Integer.parseInt(text);
      if (UNITS.contains(unit)) {
        return unit;
      }
    } catch (NumberFormatException e) {
      throw Refusal.type();
    }
    throw Refusal.value();
  }

  private static Row head(Pair pair, Candle candle, long start) {
    return new Row(false)
        .text("market", pair.code())
        .text("candle_date_time_utc", Times.candle(start))
        .text("candle_date_time_kst", Times.candleKst(start))
        .number("opening_price", PRICE, pair.price(candle.open()))
        .number("high_price", PRICE, pair.price(candle.high()))
        .number("low_price", PRICE, pair.price(candle.low()))
        .number("trade_price", PRICE, pair.price(candle.close()))
        .whole("timestamp", candle.lastAt())
        .number("candle_acc_trade_price", Numbers.PADDED, candle.value())
        .number("candle_acc_trade_volume", Numbers.PADDED, candle.volume());
  }

  private static String array(List<String> rows) {
    return "[" + String.join(",", rows) + "]";
  }

  private static String minutes(CoinMarket market, int unit, long to, long now, int count) {
    List<String> rows = new ArrayList<>();
    for (Candle candle : market.history().minutes(unit, to, now, count)) {
      rows.add(head(market.pair(), candle, candle.start()).whole("unit", unit).json());
    }
    return array(rows);
  }

  private static String seconds(CoinMarket market, long to, long now, int count) {
    List<String> rows = new ArrayList<>();
    for (Candle candle : market.history().seconds(to, now, count)) {
      rows.add(head(market.pair(), candle, candle.start()).json());
    }
    return array(rows);
  }

  /** The candle of a UTC day: the current one as far as it goes; null if nothing traded. */
  private static @Nullable Candle day(CoinMarket market, long day, long now) {
    long today = Math.floorDiv(now, DAY);
    if (day > today) {
      return null;
    }
    if (day < Math.floorDiv(market.now(), DAY)) {
      return market.history().day(day);
    }
    return market.today().traded() ? market.today() : null;
  }

  private String days(CoinMarket market, long to, long now, int count, String unit) {
    if (!unit.isEmpty() && !unit.equals("KRW")) {
      throw Refusal.value();
    }
    List<String> rows = new ArrayList<>();
    Pair pair = market.pair();
    long today = Math.floorDiv(now, DAY);
    long oldest = CoinHistory.oldestDay(today);
    for (long day = Math.min(today, Math.floorDiv(to - 1, DAY));
        rows.size() < count && day > oldest;
        day--) {
      Candle candle = day(market, day, now);
      if (candle == null) {
        continue;
      }
      BigDecimal close = pair.price(market.history().closeBefore(day));
      BigDecimal change = pair.price(candle.close()).subtract(close);
      Row row =
          head(pair, candle, candle.start())
              .number("prev_closing_price", PRICE, close)
              .number("change_price", PRICE, change)
              .number(
                  "change_rate",
                  Numbers.PLAIN,
                  change.divide(close, RATE_DECIMALS, RoundingMode.HALF_UP));
      if (unit.equals("KRW")) {
        row.number("converted_trade_price", PRICE, converted(pair, candle));
      }
      rows.add(row.json());
    }
    return array(rows);
  }

  private BigDecimal converted(Pair pair, Candle candle) {
    BigDecimal price = pair.price(candle.close());
    CoinMarket rate = listed.world().inKrw(pair.quote(), listed.world().now());
    return rate == null ? price : price.multiply(rate.pair().price(rate.price()));
  }

  private static LocalDate begin(String kind, LocalDate day) {
    return switch (kind) {
      case "weeks" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case "months" -> day.withDayOfMonth(1);
      default -> day.withDayOfYear(1);
    };
  }

  private static String periods(CoinMarket market, String kind, long to, long now, int count) {
    List<String> rows = new ArrayList<>();
    LocalDate today = LocalDate.ofEpochDay(Math.floorDiv(now, DAY));
    LocalDate oldest = LocalDate.ofEpochDay(CoinHistory.oldestDay(today.toEpochDay()));
    LocalDate last = LocalDate.ofEpochDay(Math.min(today.toEpochDay(), Math.floorDiv(to - 1, DAY)));
    LocalDate first = begin(kind, last);
    LocalDate end = first.isEqual(begin(kind, today)) ? today : lastOf(kind, first);
    while (rows.size() < count && end.isAfter(oldest)) {
      Candle candle = CoinHistory.empty(market.pair());
      for (LocalDate day = first; !day.isAfter(end); day = day.plusDays(1)) {
        Candle one = day(market, day.toEpochDay(), now);
        if (one != null) {
          candle.add(one);
        }
      }
      if (candle.traded()) {
        rows.add(
            head(market.pair(), candle, first.toEpochDay() * DAY)
                .text("first_day_of_period", first.toString())
                .json());
      }
      end = first.minusDays(1);
      first = begin(kind, end);
    }
    return array(rows);
  }

  private static LocalDate lastOf(String kind, LocalDate first) {
    return switch (kind) {
      case "weeks" -> first.plusDays(6);
      case "months" -> first.plusMonths(1).minusDays(1);
      default -> first.plusYears(1).minusDays(1);
    };
  }
}
