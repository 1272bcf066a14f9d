package io.stockobserver.trigger;

/**
 * The price swings wider than usual: the range of the window's slice closes in percent of the
 * lowest, in times of the mean of that over the baseline's windows. The mean counts at least as
 * {@code trigger.volatility.floor} percent. Fires from {@code trigger.volatility.spike} times;
 * needs prices in three slices, and as many windows with a range as the warm-up has.
 */
final class VolatilitySpike implements Trigger {
  private final double threshold;
  private final double floor;

  VolatilitySpike(TriggerSettings settings) {
    threshold = settings.volatilitySpike();
    floor = settings.volatilityFloor();
  }

  @Override
  public Band band() {
    return Band.VOLATILITY;
  }

  @Override
  public double excess(Picture p) {
    return p.windowRange() / Math.max(p.baselineRange(), floor) / threshold;
  }
}
