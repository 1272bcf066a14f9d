package io.stockobserver.trigger;

import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Specifics;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A market that a test drives by hand: seconds from 09:30, rows that are asked for, trades that are
 * told. It keeps each symbol's accumulated volume.
 */
final class Scene {
  static final Instant BEGIN = Instant.parse("2026-11-20T00:30:00Z");

  /** No trigger can fire; a test turns down the one it is about. */
  static final TriggerSettings NEVER =
      new TriggerSettings(
          Duration.ofSeconds(60),
          Duration.ofMinutes(20),
          1e9,
          new BigDecimal("10000000"),
          1e9,
          1e9,
          0.3,
          1e9);

  final TriggerEngine engine;
  private final Map<String, Long> acc = new HashMap<>();

  Scene(TriggerSettings settings) {
    engine = new TriggerEngine(settings);
  }

  static TriggerSettings volume(double times) {
    return settings(times, 1e9, 1e9, 1e9);
  }

  static TriggerSettings velocity(double times) {
    return settings(1e9, times, 1e9, 1e9);
  }

  static TriggerSettings volatility(double times) {
    return settings(1e9, 1e9, times, 1e9);
  }

  static TriggerSettings price(double percent) {
    return settings(1e9, 1e9, 1e9, percent);
  }

  static TriggerSettings settings(double volume, double velocity, double volatility, double price) {
    return new TriggerSettings(
        NEVER.window(),
        NEVER.baseline(),
        volume,
        // 600 KRW a minute: at 10,000 KRW a thousandth of a share a second.
        new BigDecimal("600"),
        velocity,
        volatility,
        NEVER.volatilityFloor(),
        price);
  }

  static Instant at(double second) {
    return BEGIN.plusMillis(Math.round(second * 1000));
  }

  /** A row at {@code second}, after {@code growth} more shares. */
  Scene row(String symbol, double second, long growth, @Nullable String price) {
    engine.see(seen(symbol, second, price, null, grow(symbol, growth), false));
    return this;
  }

  /** Rows in {@code (from, to]}, one every ten seconds, each after so much growth. */
  Scene rows(String symbol, int from, int to, long growth, String price) {
    for (int second = from + 10; second <= to; second += 10) {
      row(symbol, second, growth, price);
    }
    return this;
  }

  /** The first row and thirty minutes of 10 shares a second at 10,000 KRW: until 10:00:00. */
  Scene calm(String symbol) {
    return row(symbol, 0, 5_000, "10000").rows(symbol, 0, 1800, 100, "10000");
  }

  Scene trade(String symbol, double second, long size, String price) {
    engine.see(seen(symbol, second, price, BigDecimal.valueOf(size), grow(symbol, size), false));
    return this;
  }

  Scene see(Observation o) {
    engine.see(o);
    return this;
  }

  List<String> firing(double second) {
    return engine.evaluate(at(second)).stream()
        .map(i -> i.symbol() + ' ' + i.trigger() + ' ' + i.score())
        .toList();
  }

  private String grow(String symbol, long growth) {
    return String.valueOf(acc.merge(symbol, growth, Long::sum));
  }

  static Observation seen(
      String symbol,
      double second,
      @Nullable String price,
      @Nullable BigDecimal size,
      @Nullable String accVolume,
      boolean halted) {
    Instant when = at(second);
    return new Observation(
        symbol,
        when,
        true,
        price == null ? null : new BigDecimal(price),
        null,
        null,
        null,
        null,
        size,
        accVolume == null ? null : new BigDecimal(accVolume),
        null,
        null,
        null,
        null,
        null,
        halted,
        Specifics.NONE,
        new Entry(1, Draft.heard(when, 0, "any", new byte[0]), "tape/x.jsonl", 1));
  }
}
