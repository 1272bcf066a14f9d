package io.stockobserver.trigger;

/**
 * Trades follow one another faster than usual, all through the window: units a second in the middle
 * one of the window's six slices in times of units a second in the baseline. Fires from {@code
 * trigger.velocity.surge} times; floor and warm-up as in {@link VolumeSurge}; needs three slices.
 *
 * <p>Not trades a second: no answer of a venue counts trades, so only symbols that have a slot
 * would have a velocity. Units stand for trades, since a symbol's trades are on average of one
 * size; the middle slice, because a block is one trade and fills one slice, or two where rows were
 * spread, however large it is.
 */
final class TradeVelocity implements Trigger {
  private final double threshold;
  private final double floor;

  TradeVelocity(TriggerSettings settings) {
    threshold = settings.velocitySurge();
    floor = settings.volumeFloor().doubleValue();
  }

  @Override
  public Band band() {
    return Band.VELOCITY;
  }

  @Override
  public double excess(Picture p) {
    return p.steadyRate() / p.usualRate(floor) / threshold;
  }
}
