package io.stockobserver.trigger;

/**
 * The part of the scores that belongs to one trigger, so that the order of the triggers is the
 * order of the scores, however hard a lesser one fires. Below {@link #PRICE} is standing interest.
 */
enum Band {
  VOLUME("volume_surge", 0.75, 1.0),
  VELOCITY("trade_velocity", 0.5, 0.75),
  VOLATILITY("volatility_spike", 0.25, 0.5),
  PRICE("price_spike", 0.1, 0.25);

  /** A score has four decimals; one step of the last keeps it below the next band. */
  private static final double STEP = 0.0001;

  private final String word;
  private final double from;
  private final double below;

  Band(String word, double from, double below) {
    this.word = word;
    this.from = from;
    this.below = below;
  }

  /** The trigger's word in events and ledgers. */
  String word() {
    return word;
  }

  /**
   * {@code from} at the threshold, half of the band at twice the threshold, never the next band:
   * {@code from + (below - from) * (1 - 1 / excess)}.
   *
   * @param excess the measured value in thresholds, from 1
   */
  double score(double excess) {
    return Math.min(below - STEP, from + (below - from) * (1 - 1 / excess));
  }
}
