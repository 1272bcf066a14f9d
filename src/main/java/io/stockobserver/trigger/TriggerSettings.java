package io.stockobserver.trigger;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * When a trigger fires.
 *
 * @param window the time that is judged, ending now ({@code trigger.window})
 * @param baseline the time before it that says what is usual ({@code trigger.baseline}); a quarter
 *     of it, or one window, is the warm-up: it must have been seen
 * @param volumeSurge times the usual volume ({@code trigger.volume.surge})
 * @param volumeFloor what a minute's usual trading counts at least as, in the market's currency
 *     ({@code trigger.volume.floor}): without it one trade would be a surge where nothing trades
 * @param velocitySurge times the usual pace ({@code trigger.velocity.surge})
 * @param volatilitySpike times the usual range ({@code trigger.volatility.spike})
 * @param volatilityFloor what a window's usual range counts at least as, in percent ({@code
 *     trigger.volatility.floor}): without it one tick would be a spike where nothing moves
 * @param priceSpike percent within the window ({@code trigger.price.spike})
 */
public record TriggerSettings(
    Duration window,
    Duration baseline,
    double volumeSurge,
    BigDecimal volumeFloor,
    double velocitySurge,
    double volatilitySpike,
    double volatilityFloor,
    double priceSpike) {
  /** The window is looked at in so many slices. */
  static final int SLICES = 6;

  public TriggerSettings {
    require(window.toMillis() >= SLICES, "window", window);
    require(baseline.compareTo(window) >= 0, "baseline", baseline);
    require(volumeSurge >= 1, "volumeSurge", volumeSurge);
    require(volumeFloor.signum() > 0, "volumeFloor", volumeFloor);
    require(velocitySurge >= 1, "velocitySurge", velocitySurge);
    require(volatilitySpike >= 1, "volatilitySpike", volatilitySpike);
    require(volatilityFloor > 0, "volatilityFloor", volatilityFloor);
    require(priceSpike > 0, "priceSpike", priceSpike);
  }

  private static void require(boolean right, String name, Object value) {
    if (!right) {
      throw new IllegalArgumentException(name + " cannot be " + value);
    }
  }

  long sliceMillis() {
    return window.toMillis() / SLICES;
  }

  /** Six slices: the window, rounded down to what six divide. */
  long windowMillis() {
    return sliceMillis() * SLICES;
  }

  /** How much of the baseline must have been seen, in windows. */
  int warmupWindows() {
    return Math.max(1, baselineWindows() / 4);
  }

  /** How many windows the baseline is made of, rounded up. */
  int baselineWindows() {
    return (int) ((baseline.toMillis() + windowMillis() - 1) / windowMillis());
  }
}
