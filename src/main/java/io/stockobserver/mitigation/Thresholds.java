package io.stockobserver.mitigation;

/**
 * From where on one condition is too much, in the condition's unit.
 *
 * @param level1 calls for level 1
 * @param level2 calls for level 2
 */
public record Thresholds(double level1, double level2) {
  public Thresholds {
    if (!(level1 > 0) || !(level2 >= level1)) {
      throw new IllegalArgumentException("thresholds rise from above 0: " + level1 + ", " + level2);
    }
  }

  /** The threshold of level 1 or 2. */
  double of(int level) {
    return level == 1 ? level1 : level2;
  }
}
