package io.stockobserver.track;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much a symbol deserves a slot, and what says so.
 *
 * @param score from 0.0 to 1.0, to four decimals, so that it is written and compared as one value
 * @param trigger the word for what fired, such as {@code volume_surge}
 */
public record Interest(String symbol, double score, String trigger) {
  private static final double STEPS = 10_000;

  public Interest {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score of " + score + " is not within 0.0 and 1.0");
    }
    score = rounded(score);
  }

  /** To four places, as decimals are rounded; away from the middle there is no doubt about it. */
  private static double rounded(double score) {
    double scaled = score * STEPS;
    double near = Math.rint(scaled);
    return Math.abs(scaled - near) < 0.49
        ? near / STEPS
        : BigDecimal.valueOf(score).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
  }
}
