package io.stockobserver.trigger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Decimals as longs, for sums on the hot path: volumes in 1/10,000, prices in 1/100,000,000; what
 * is finer is cut off. Whole numbers, as KIS sends them, cost no object.
 */
final class Fixed {
  static final long NONE = -1;
  static final long VOLUME_UNIT = 10_000;
  static final long PRICE_UNIT = 100_000_000;

  private static final int VOLUME_PLACES = 4;
  private static final int PRICE_PLACES = 8;
  private static final int MOST_DIGITS = 18;

  private Fixed() {}

  /** A volume; {@link #NONE} where there is none, a negative one or one beyond 10^14. */
  static long volume(@Nullable BigDecimal volume) {
    return volume == null || volume.signum() < 0 ? NONE : units(volume, VOLUME_PLACES, VOLUME_UNIT);
  }

  /** A price; {@link #NONE} where there is none, none above 0 or one beyond 10^10. */
  static long price(@Nullable BigDecimal price) {
    return price == null || price.signum() <= 0 ? NONE : units(price, PRICE_PLACES, PRICE_UNIT);
  }

  /** For a ratio: no price is kept so. */
  static double price(long units) {
    return (double) units / PRICE_UNIT;
  }

  private static long units(BigDecimal n, int places, long unit) {
    if ((long) n.precision() - n.scale() > MOST_DIGITS - places) {
      return NONE;
    }
    return n.scale() == 0 ? n.longValue() * unit : n.movePointRight(places).longValue();
  }
}
