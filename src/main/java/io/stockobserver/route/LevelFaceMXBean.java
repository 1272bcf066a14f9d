package io.stockobserver.route;

import java.util.Map;

/**
 * The level of mitigation for an operator at a JMX console. An act waits until it is on the tape:
 * while the disk takes nothing, so does the operator.
 */
public interface LevelFaceMXBean {
  /** 0 is 2 Hz, 1 is 1 Hz, 2 is 0.5 Hz. */
  int getLevel();

  /** Whether the load decides; false while an operator has fixed the level. */
  boolean isAuto();

  /** The last reading by name and unit, such as {@code cpu_percent}; what is unknown is absent. */
  Map<String, Double> getLoad();

  /**
   * Fixes the level until {@link #auto}.
   *
   * @param actor who says so, for the evidence
   * @param reason why
   */
  void override(int level, String actor, String reason);

  /** Gives the level back to the load. */
  void auto(String actor, String reason);
}
