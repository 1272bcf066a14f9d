package io.stockobserver.trigger;

/**
 * What is known of one symbol at one instant. A figure that too little was seen for is NaN.
 *
 * @param windowRate units traded a second, in the part of the window that was seen; NaN below half
 *     of it
 * @param steadyRate units traded a second in the middle one of the window's slices
 * @param baselineRate units traded a second before the window; NaN during warm-up
 * @param last the last price in {@link Fixed#PRICE_UNIT}, 0 for none
 * @param windowRange percent between the lowest and the highest of the window's slice closes
 * @param baselineRange the mean of that over the baseline's windows; NaN during warm-up
 * @param move percent from the window's first slice close to its last, without sign
 */
record Picture(
    double windowRate,
    double steadyRate,
    double baselineRate,
    long last,
    double windowRange,
    double baselineRange,
    double move) {

  /**
   * The rate that is usual: the baseline's, but at least that of the floor.
   *
   * @param floor in the market's currency a minute
   */
  double usualRate(double floor) {
    return last == 0 ? Double.NaN : Math.max(baselineRate, floor / 60 / Fixed.price(last));
  }
}
