package io.stockobserver.simulator.upbit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Calls of each group in each second of real time. Whoever goes on after five refusals within ten
 * seconds is blocked everywhere: for five seconds at first, twice as long each time.
 */
final class Quota {
  private static final int STRIKES = 5;
  private static final long STRIKES_SECONDS = 10;
  private static final long FIRST_BLOCK_SECONDS = 5;
  private static final int MOST_DOUBLINGS = 8;
  private static final long ORIGIN_SECONDS = 10;

  private static final class Window {
    long number = Long.MIN_VALUE;
    int taken;
  }

  private final LongSupplier nanos;
  private final Map<String, Window> windows = new HashMap<>();
  private long strikesSince;
  private int strikes;
  private int blocks;
  private long blockedUntil = Long.MIN_VALUE;

  /** Counts on this clock. */
  Quota(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
  }

  /** Calls left in this second after this one, or -1 if it is one too many. */
  int take(String group, int limit) {
    return take(group, limit, 1);
  }

  /** The same for whoever says that a web page sent him: once in ten seconds. */
  int takeForPage() {
    return take("origin", 1, ORIGIN_SECONDS);
  }

  /** A request on a socket: five a second, a hundred a minute. */
  boolean takeMessage() {
    return take("minute", 100, 60) >= 0 && take("second", 5, 1) >= 0;
  }

  private int take(String group, int limit, long seconds) {
    Window window = windows.computeIfAbsent(group, name -> new Window());
    long number = Math.floorDiv(millis(), seconds * 1_000);
    if (window.number != number) {
      window.number = number;
      window.taken = 0;
    }
    if (window.taken >= limit) {
      return -1;
    }
    window.taken++;
    return limit - window.taken;
  }

  /** One was refused: perhaps it was one too often. */
  void strike() {
    long now = millis();
    if (now - strikesSince > STRIKES_SECONDS * 1_000) {
      strikesSince = now;
      strikes = 0;
    }
    if (++strikes > STRIKES) {
      blockedUntil = now + (FIRST_BLOCK_SECONDS << Math.min(MOST_DOUBLINGS, blocks)) * 1_000;
      blocks++;
      strikes = 0;
    }
  }

  /** Seconds for which nothing is answered, rounded up; 0 if it is. */
  long blockedSeconds() {
    long left = blockedUntil == Long.MIN_VALUE ? 0 : blockedUntil - millis();
    return left <= 0 ? 0 : (left + 999) / 1_000;
  }
}
