package io.stockobserver.trigger;

import java.math.BigDecimal;
import java.time.Duration;

/** The triggers' settings as the configuration ships them, for tests that need some. */
public final class ShippedTriggers {
  private ShippedTriggers() {}

  public static TriggerSettings settings() {
    return new TriggerSettings(
        Duration.ofSeconds(60),
        Duration.ofMinutes(20),
        4,
        new BigDecimal("10000000"),
        2.5,
        3,
        0.3,
        3);
  }
}
