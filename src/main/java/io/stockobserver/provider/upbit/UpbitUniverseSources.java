package io.stockobserver.provider.upbit;

import io.stockobserver.universe.Listing;
import io.stockobserver.universe.UniverseSources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Upbit's universe: the list of markets, and the last complete day of each one that is quoted in a
 * currency that we watch. Immutable.
 */
public final class UpbitUniverseSources implements UniverseSources {
  private final Set<String> quotes;

  /**
   * Sources for the markets of some currencies.
   *
   * @param quotes what a market must be quoted in to be asked about, such as {@code KRW}
   */
  public UpbitUniverseSources(Set<String> quotes) {
    this.quotes = Set.copyOf(quotes);
  }

  @Override
  public Set<String> needed(Map<String, List<Listing>> read) {
    Set<String> all = new LinkedHashSet<>();
    all.add(UpbitListings.MARKETS);
    int traded = 0;
    for (Listing market : read.getOrDefault(UpbitListings.MARKETS, List.of())) {
      if (quotes.contains(market.board())) {
        all.add(UpbitListings.candleOf(market.symbol()));
        traded += candle(market.symbol(), read) == null ? 0 : 1;
      }
    }
    // A few markets are too new to have traded; where it is most, the venue has failed to tell.
    if (2 * traded < all.size() - 1) {
      all.add(UpbitListings.CANDLES);
    }
    return all;
  }

  /** The same rule by the last 24 hours, which one answer tells of everybody. */
  @Override
  public @Nullable List<Listing> meanwhile(Map<String, List<Listing>> read) {
    List<Listing> tickers = read.get(UpbitListings.TICKERS);
    if (tickers == null || !read.containsKey(UpbitListings.MARKETS)) {
      return null;
    }
    Map<String, Listing> all = new LinkedHashMap<>();
    read.get(UpbitListings.MARKETS).forEach(market -> all.put(market.symbol(), market));
    tickers.forEach(
        ticker -> all.computeIfPresent(ticker.symbol(), (symbol, market) -> with(market, ticker)));
    return new ArrayList<>(all.values());
  }

  @Override
  public List<Listing> together(Map<String, List<Listing>> read) {
    Map<String, Listing> all = new LinkedHashMap<>();
    for (Listing market : read.getOrDefault(UpbitListings.MARKETS, List.of())) {
      Listing candle = candle(market.symbol(), read);
      all.put(market.symbol(), candle == null ? market : with(market, candle));
    }
    return new ArrayList<>(all.values());
  }

  /** The candle that tells a price; null for none. */
  private static @Nullable Listing candle(String market, Map<String, List<Listing>> read) {
    return read.getOrDefault(UpbitListings.candleOf(market), List.of()).stream()
        .filter(candle -> candle.basePrice() != null)
        .findFirst()
        .orElse(null);
  }

  private static Listing with(Listing market, Listing candle) {
    return new Listing(
        market.symbol(),
        market.name(),
        candle.basePrice(),
        market.board(),
        market.group(),
        market.halted(),
        market.liquidation(),
        candle.prevVolume(),
        candle.prevValue(),
        market.flags());
  }
}
