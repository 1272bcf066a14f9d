package io.stockobserver.trigger;

/**
 * The price is far from where it was a window ago: percent from the window's first slice close to
 * the last price, up or down. No baseline, hence no warm-up. Fires from {@code trigger.price.spike}
 * percent. Watched in addition; the least of the triggers.
 */
final class PriceSpike implements Trigger {
  private final double threshold;

  PriceSpike(TriggerSettings settings) {
    threshold = settings.priceSpike();
  }

  @Override
  public Band band() {
    return Band.PRICE;
  }

  @Override
  public double excess(Picture p) {
    return p.move() / threshold;
  }
}
