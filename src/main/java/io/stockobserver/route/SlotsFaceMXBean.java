package io.stockobserver.route;

import java.util.List;

/**
 * The slots of one provider for an operator at a JMX console. An act waits until it is on the tape:
 * while the disk takes nothing, so does the operator.
 */
public interface SlotsFaceMXBean {
  /** How many slots there are. */
  int getCapacity();

  /** How many are confirmed by the venue. */
  int getAcknowledged();

  /** How many are confirmed and really heard. */
  int getReceiving();

  /** Who is wanted and not heard. */
  List<String> getNotReceiving();

  /**
   * Gives a symbol a slot, whatever it scores, until {@link #release} or the day ends.
   *
   * @param actor who says so, for the evidence
   * @param reason why
   */
  void pin(String symbol, String actor, String reason);

  /** Makes a pinned or excluded symbol one among others again. */
  void release(String symbol, String actor, String reason);

  /** Gives a symbol no slot, whatever it scores, until {@link #release} or the day ends. */
  void exclude(String symbol, String actor, String reason);
}
