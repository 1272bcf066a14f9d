package io.stockobserver;

import io.stockobserver.trigger.TriggerSettings;
import java.time.Duration;

/** The keys of the triggers, read and checked. */
final class TriggerKeys {
  private TriggerKeys() {}

  static TriggerSettings read(Settings s) {
    Duration window = s.span("trigger.window", Duration.ofSeconds(10), Duration.ofMinutes(10));
    Duration baseline = s.span("trigger.baseline", window.multipliedBy(2), Duration.ofHours(2));
    return new TriggerSettings(
        window,
        baseline,
        s.amount("trigger.volume.surge", "1.5", "100").doubleValue(),
        s.amount("trigger.volume.floor", "1", "1000000000000"),
        s.amount("trigger.velocity.surge", "1.5", "100").doubleValue(),
        s.amount("trigger.volatility.spike", "1.5", "100").doubleValue(),
        s.amount("trigger.volatility.floor", "0.01", "10").doubleValue(),
        s.amount("trigger.price.spike", "0.1", "30").doubleValue());
  }
}
