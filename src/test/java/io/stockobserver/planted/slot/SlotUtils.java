package io.stockobserver.planted.slot;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;

public final class SlotUtils {
  private SlotUtils() {}

  static Instant called() {
    return Instant.now();
  }

  static Supplier<Instant> referenced() {
    return Instant::now;
  }

  static long millis() {
    return System.currentTimeMillis();
  }

  static Clock clock() {
    return Clock.systemUTC();
  }

  static Instant asked(Clock clock) {
    return Instant.now(clock);
  }

  @SuppressWarnings("JavaUtilDate")
  static long old(Date date) {
    return date.getTime();
  }
}
