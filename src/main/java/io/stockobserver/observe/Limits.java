package io.stockobserver.observe;

import java.math.BigDecimal;

/**
 * Between which prices an instrument can trade today.
 *
 * @param flagged whether it may leave them: new listings and ex-rights days have other limits
 */
public record Limits(BigDecimal lowest, BigDecimal highest, boolean flagged) {
  private static final BigDecimal DOWN = new BigDecimal("0.70");
  private static final BigDecimal UP = new BigDecimal("1.30");

  /** A market without daily limits: any price that is one. */
  public static final Limits NONE = new Limits(BigDecimal.ZERO, new BigDecimal("1e30"), true);

  /** 30 % around the reference, as KRX has it (KIS sheet, section 7.6). */
  public static Limits around(BigDecimal reference, boolean flagged) {
    return new Limits(plain(reference.multiply(DOWN)), plain(reference.multiply(UP)), flagged);
  }

  /** Without needless decimals: figures of one scale compare many times faster. */
  private static BigDecimal plain(BigDecimal figure) {
    BigDecimal stripped = figure.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  boolean hold(BigDecimal price) {
    return price.compareTo(lowest) >= 0 && price.compareTo(highest) <= 0;
  }
}
