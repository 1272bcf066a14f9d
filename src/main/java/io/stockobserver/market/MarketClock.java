package io.stockobserver.market;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The one clock that rules everything: the system clock, moved by an offset. {@code --at} and the
 * simulator move only this clock. Thread-safe; microsecond resolution or finer where the system has
 * it.
 */
public final class MarketClock extends Clock {
  private final Clock system;
  private volatile Duration offset;

  private MarketClock(Clock system, Duration offset) {
    this.system = system;
    this.offset = offset;
  }

  /** The market's time is the system's time. */
  public static MarketClock live() {
    return new MarketClock(Clock.systemUTC(), Duration.ZERO);
  }

  /** Shows {@code market} at this very moment and runs on from there. */
  public static MarketClock startingAt(Instant market) {
    return startingAt(market, Clock.systemUTC().instant());
  }

  /**
   * Shows {@code market} when the system clock shows {@code system}: for programs that must agree.
   */
  public static MarketClock startingAt(Instant market, Instant system) {
    return new MarketClock(Clock.systemUTC(), Duration.between(system, market));
  }

  /** How far the market's time is ahead of the system's. */
  public Duration offset() {
    return offset;
  }

  /**
   * Sets the clock forward, or back, from this moment on, as somebody does who sets the system's:
   * for rehearsing what that does.
   */
  public synchronized void step(Duration by) {
    offset = offset.plus(by);
  }

  @Override
  public Instant instant() {
    return system.instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(system, offset).withZone(zone);
  }
}
