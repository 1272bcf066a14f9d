package io.stockobserver.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes whoever fails wait, each time twice as long: some failures are free, then a second, two,
 * four. Remembers a thousand, and of those that failed longest ago nothing. Thread-safe.
 */
final class Slowdown {
  private static final int MOST = 1000;
  private static final int MOST_DOUBLINGS = 20;

  private final int free;
  private final Duration longest;
  private final LongSupplier nanos;
  private final Map<String, Failures> all =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST;
        }
      };

  private record Failures(int inARow, long until) {}

  /**
   * Knows of nobody.
   *
   * @param free how many failures cost nothing
   * @param longest that anybody waits
   * @param nanos a monotonic clock
   */
  Slowdown(int free, Duration longest, LongSupplier nanos) {
    this.free = free;
    this.longest = longest;
    this.nanos = nanos;
  }

  /** How long this one must wait yet; zero when it need not. */
  synchronized Duration left(String who) {
    Failures failures = all.get(who);
    return failures == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, failures.until() - nanos.getAsLong()));
  }

  synchronized void failed(String who) {
    Failures before = all.get(who);
    int inARow = before == null ? 1 : before.inARow() + 1;
    Duration wait = Duration.ZERO;
    if (inARow >= free) {
      Duration doubled = Duration.ofSeconds(1L << Math.min(inARow - free, MOST_DOUBLINGS));
      wait = doubled.compareTo(longest) > 0 ? longest : doubled;
    }
    all.put(who, new Failures(inARow, nanos.getAsLong() + wait.toNanos()));
  }

  synchronized void succeeded(String who) {
    all.remove(who);
  }
}
