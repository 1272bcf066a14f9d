package io.stockobserver.simulator.coin;

import io.stockobserver.simulator.world.Dice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pairs are listed: 289 in KRW, 328 in BTC, 238 in USDT, or fewer in the same proportion. Of
 * the KRW pairs the first 100 of 289 trade about 1,000,000,000 KRW a day and more; near the end
 * stand two that sleep, one with a warning, one with cautions, one that will be delisted.
 */
final class Pairs {
  private static final int ALL = 855;
  private static final int KRW = 289;
  private static final int BTC = 328;
  private static final List<String> CAUTIONS =
      List.of(
          "PRICE_FLUCTUATIONS",
          "TRADING_VOLUME_SOARING",
          "DEPOSIT_AMOUNT_SOARING",
          "GLOBAL_PRICE_DIFFERENCES",
          "CONCENTRATION_OF_SMALL_ACCOUNTS");
  private static final double LINE = 1e9;
  private static final int ABOVE_LINE = 102;
  private static final double DOLLAR = 1_452;
  private static final double LEAST_BTC_KRW = 40;
  private static final double LEAST_TRADES = 5;

  private final long seed;
  private final LocalDate today;
  private final List<Asset> assets;

  Pairs(long seed, LocalDate today) {
    this.seed = seed;
    this.today = today;
    assets = Assets.of(seed);
  }

  /** The listing, KRW first, with all their trades together so many a second. */
  List<Pair> list(int count, double tradesPerSecond) {
    int krw = Math.max(1, Math.round((float) count * KRW / ALL));
    int btc = Math.max(1, Math.round((float) count * BTC / ALL));
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < krw; i++) {
      drafts.add(new Draft(assets.get(i), Quote.KRW, value(i, krw), i - krw));
    }
    quoted(drafts, Quote.BTC, btc);
    quoted(drafts, Quote.USDT, count - krw - btc);
    double weights = drafts.stream().mapToDouble(Draft::weight).sum();
    List<Pair> pairs = new ArrayList<>();
    for (Draft draft : drafts) {
      double trades = 86_400 * tradesPerSecond * draft.weight() / weights;
      pairs.add(pair(draft, Math.max(LEAST_TRADES, trades)));
    }
    return pairs;
  }

  /**
   * A pair to be.
   *
   * @param value of a usual day in KRW
   * @param place counted from the end of the KRW pairs: -1 is the last; 0 for other pairs
   */
  private record Draft(Asset asset, Quote quote, double value, int place) {
    /** Trades come more evenly than money does. */
    double weight() {
      return Math.pow(value, 0.55);
    }
  }

  private static double value(int index, int of) {
    double rank = (index + 0.5) * KRW / of;
    double value = LINE * Math.pow(ABOVE_LINE / (rank + 2), 1.5);
    return rank < 150 ? value : value * Math.exp((150 - rank) / 60);
  }

  private void quoted(List<Draft> drafts, Quote quote, int wanted) {
    int found = 0;
    for (int i = 0; found < wanted; i++) {
      Asset asset = assets.get(i);
      boolean itself = asset.symbol().equals(quote.name()) || asset.stable();
      if (!itself && asset.price() >= (quote == Quote.BTC ? LEAST_BTC_KRW : 0.002)) {
        drafts.add(new Draft(asset, quote, 3e8 * Math.pow(found + 1, -0.8), 0));
        found++;
      }
    }
  }

  private Pair pair(Draft draft, double trades) {
    Asset asset = draft.asset();
    Quote quote = draft.quote();
    double currency =
        switch (quote) {
          case KRW -> 1;
          case BTC -> assets.get(0).price();
          case USDT -> DOLLAR;
        };
    double price = asset.price() / currency;
    String code = quote + "-" + asset.symbol();
    int priceScale = asset.stable() && quote == Quote.KRW ? 1 : priceScale(quote, price / 10);
    int place = draft.place();
    return new Pair(
        code,
        quote,
        asset.korean(),
        asset.english(),
        price,
        priceScale,
        Math.min(8, quote.digits() - priceScale),
        draft.value() / currency,
        trades,
        asset.volatility(),
        place == -3,
        place == -5 ? Set.copyOf(CAUTIONS.subList(0, 2)) : Set.of(),
        delisting(place),
        place == -1 || place == -2,
        asset.stable(),
        // Both sleepers wake on another day of the week.
        Dice.of(seed, code, 0).next() / 7 * 7 + (place == -2 ? 3 : 0));
  }

  private @Nullable String delisting(int place) {
    return place == -4 ? today.plusDays(14).toString() : null;
  }

  /** Decimals that a price needs, also if it falls to this. */
  private static int priceScale(Quote quote, double lowest) {
    long tick = quote.tick(Math.max(1, (long) (lowest * 1e8)));
    int scale = 8;
    while (scale > 0 && tick % 10 == 0) {
      tick /= 10;
      scale--;
    }
    return scale;
  }

  /** The cautions that a venue knows. */
  static List<String> cautions() {
    return CAUTIONS;
  }
}
