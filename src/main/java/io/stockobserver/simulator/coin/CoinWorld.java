package io.stockobserver.simulator.coin;

import io.stockobserver.simulator.world.Dice;
import io.stockobserver.simulator.world.Surge;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every pair listed, on one market clock, open day and night. A coin's price in BTC or USDT is its
 * price in KRW over theirs. Markets are moved when somebody asks for them. Not thread-safe: one
 * event loop owns it.
 */
public final class CoinWorld {
  private final InstantSource clock;
  private final long firstExactDay;
  private final Map<String, CoinMarket> markets = new LinkedHashMap<>();
  private final Map<String, Double> values = new HashMap<>();

  /**
   * Invents the market of a seed.
   *
   * @param count pairs
   * @param tradesPerSecond of all of them together, on average
   * @param surges who trades more than it would, and when; other codes are left alone
   */
  public CoinWorld(
      long seed, InstantSource clock, int count, double tradesPerSecond, List<Surge> surges) {
    this.clock = clock;
    LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    firstExactDay = today.toEpochDay() - 1;
    Map<String, PricePath> paths = new HashMap<>();
    paths.put("KRW", new PricePath(1, 0, 0));
    for (Asset asset : Assets.of(seed)) {
      long key = Dice.of(seed, asset.symbol(), 1).next();
      paths.put(asset.symbol(), new PricePath(asset.price(), asset.volatility(), key));
    }
    for (Pair pair : new Pairs(seed, today).list(count, tradesPerSecond)) {
      String base = pair.code().substring(pair.code().indexOf('-') + 1);
      PricePath currency = path(paths, pair.quote().name());
      List<Surge> own = surges.stream().filter(s -> s.code().equals(pair.code())).toList();
      Flow flow = new Flow(pair, path(paths, base), currency, own);
      double value = pair.dayValue() * currency.at(today.toEpochDay() * 1_440);
      markets.put(pair.code(), new CoinMarket(pair, flow, value, firstExactDay));
      values.put(pair.code(), value);
    }
  }

  private static PricePath path(Map<String, PricePath> paths, String name) {
    PricePath path = paths.get(name);
    if (path == null) {
      throw new IllegalStateException("simulator: nobody invented " + name);
    }
    return path;
  }

  /** What the market clock shows, in milliseconds since the epoch. */
  public long now() {
    return clock.millis();
  }

  /** The pairs in the order of their listing. */
  public List<Pair> pairs() {
    return markets.values().stream().map(CoinMarket::pair).toList();
  }

  /** Whether the code is listed at all. */
  public boolean lists(String code) {
    return markets.containsKey(code);
  }

  /** The market of that code, moved to that instant; null if nobody listed it. */
  public @Nullable CoinMarket find(String code, long instant) {
    CoinMarket market = markets.get(code);
    if (market != null) {
      market.moveTo(instant);
    }
    return market;
  }

  /** The same market as it was at an earlier instant, or null; the real one stays where it is. */
  public @Nullable CoinMarket past(String code, long instant) {
    CoinMarket market = markets.get(code);
    if (market == null) {
      return null;
    }
    CoinMarket twin = market.twin(values.getOrDefault(code, 0.0), firstExactDay);
    twin.moveTo(instant);
    return twin;
  }

  /** Price of the coin itself in KRW for conversions, or null where it is not traded in KRW. */
  public @Nullable CoinMarket inKrw(Quote quote, long instant) {
    return quote == Quote.KRW ? null : find("KRW-" + quote, instant);
  }

  /** Names of the cautions that a listing can bear. */
  public static List<String> cautions() {
    return Pairs.cautions();
  }
}
