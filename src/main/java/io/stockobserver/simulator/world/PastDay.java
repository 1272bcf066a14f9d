package io.stockobserver.simulator.world;

import java.time.LocalDate;

/**
 * One finished trading day: KRW and shares. Its open, high and low are invented around its ends.
 */
public record PastDay(
    LocalDate session,
    long base,
    long open,
    long high,
    long low,
    long close,
    long volume,
    long value) {

  static PastDay of(Listing listing, long seed, LocalDate session) {
    boolean product = listing.product();
    long[] bases = Prices.baseAndNext(listing, seed, session);
    long base = bases[0];
    long close = bases[1];
    Dice dice = Dice.of(seed, listing.code(), 5000 + session.toEpochDay());
    double swing = listing.volatility() / 2;
    long open = Ticks.floor(Math.round(base * (1 + swing * dice.normal() / 2)), product);
    long top = Math.max(open, close);
    long bottom = Math.min(open, close);
    long high = Ticks.floor(Math.round(top * (1 + swing * dice.unit())), product);
    long low = Ticks.ceiling(Math.round(bottom * (1 - swing * dice.unit())), product);
    long volume = Prices.volume(listing, seed, session);
    long value = volume * ((open + close + high + low) / 4);
    return new PastDay(
        session, base, open, Math.max(high, top), Math.min(low, bottom), close, volume, value);
  }
}
