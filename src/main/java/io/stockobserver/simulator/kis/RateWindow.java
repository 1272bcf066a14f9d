package io.stockobserver.simulator.kis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many calls through in every sliding second. Refused calls do not count. */
final class RateWindow {
  private final int limit;
  private final LongSupplier nanos;
  private final Deque<Long> taken = new ArrayDeque<>();

  RateWindow(int limit, LongSupplier nanos) {
    this.limit = limit;
    this.nanos = nanos;
  }

  boolean take() {
    long now = nanos.getAsLong();
    Long oldest = taken.peekFirst();
    while (oldest != null && now - oldest >= TimeUnit.SECONDS.toNanos(1)) {
      taken.removeFirst();
      oldest = taken.peekFirst();
    }
    if (taken.size() >= limit) {
      return false;
    }
    taken.addLast(now);
    return true;
  }
}
