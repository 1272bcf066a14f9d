package io.stockobserver.mitigation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured at one moment; null for what the machine does not tell, or not yet.
 *
 * @param cpuPercent of all processors that the process may use, since the reading before
 * @param memoryPercent of the heap's maximum, after collection
 */
public record Load(
    @Nullable Double cpuPercent,
    @Nullable Double memoryPercent,
    @Nullable Duration diskDelay,
    @Nullable Duration queueDelay) {
  /** Nothing was measured yet. */
  public static final Load UNKNOWN = new Load(null, null, null, null);

  /** One of them in the unit that its word ends in; null when it is unknown. */
  public @Nullable Double of(Condition condition) {
    return switch (condition) {
      case CPU -> cpuPercent;
      case MEMORY -> memoryPercent;
      case DISK_DELAY -> millis(diskDelay);
      case QUEUE_DELAY -> millis(queueDelay);
    };
  }

  /** What is known, by word. */
  public Map<String, Double> asMap() {
    Map<String, Double> all = new LinkedHashMap<>();
    for (Condition condition : Condition.values()) {
      Double value = of(condition);
      if (value != null) {
        all.put(condition.word(), value);
      }
    }
    return all;
  }

  private static @Nullable Double millis(@Nullable Duration delay) {
    return delay == null ? null : delay.toNanos() / 1e6;
  }
}
