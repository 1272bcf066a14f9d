package io.stockobserver.route;

import java.util.Map;

/**
 * The level of mitigation for an operator at a JMX console. An act waits until it is on the tape:
 * while the disk takes nothing, so does the operator.
 */
@Meaning("The level of mitigation of one provider. Attributes are state, operations are knobs.")
public interface LevelFaceMXBean {
  /** 0 is 2 Hz, 1 is 1 Hz, 2 is 0.5 Hz. */
  @Meaning("0 is 2 Hz, 1 is 1 Hz, 2 is 0.5 Hz; now.")
  int getLevel();

  /** Whether the load decides; false while an operator has fixed the level. */
  @Meaning("Whether the load decides; false while an operator has fixed the level.")
  boolean isAuto();

  /** The last reading by name and unit, such as {@code cpu_percent}; what is unknown is absent. */
  @Meaning(
      "The last reading by name and unit; as old as mitigation.every. What is unknown is absent.")
  Map<String, Double> getLoad();

  /**
   * Fixes the level until {@link #auto}.
   *
   * @param actor who says so, for the evidence
   * @param reason why
   */
  @Meaning(
      "Fixes the level, 0 to 2, until auto. In the console the actor is the account that is logged in.")
  void override(
      @Meaning("level") int level,
      @Meaning("actor") String actor,
      @Meaning("reason") String reason);

  /** Gives the level back to the load. */
  @Meaning("Gives the level back to the load.")
  void auto(@Meaning("actor") String actor, @Meaning("reason") String reason);
}
