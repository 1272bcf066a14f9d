package io.stockobserver.route;

import java.util.List;

/**
 * The slots of one provider for an operator at a JMX console. An act waits until it is on the tape:
 * while the disk takes nothing, so does the operator.
 */
@Meaning(
    "The slots of one provider. Attributes are state, operations are knobs; each act is an event with who and why.")
public interface SlotsFaceMXBean {
  /** How many slots there are. */
  @Meaning("How many slots there are; fixed for the session.")
  int getCapacity();

  /** How many are confirmed by the venue. */
  @Meaning("Slots confirmed by the venue; now.")
  int getAcknowledged();

  /** How many are confirmed and really heard. */
  @Meaning("Slots confirmed and really heard; now.")
  int getReceiving();

  /** Who is wanted and not heard. */
  @Meaning("Symbols that are wanted and not heard although they should be; now.")
  List<String> getNotReceiving();

  /** The board, a row a slot; as of now. */
  @Meaning("The board: a row for each symbol that the venue may count for us; now.")
  List<SlotRow> getBoard();

  /**
   * Gives a symbol a slot, whatever it scores, until {@link #release} or the day ends.
   *
   * @param actor who says so, for the evidence
   * @param reason why
   */
  @Meaning(
      "Gives a symbol a slot, whatever it scores, until it is released or the day ends. In the console the actor is the account that is logged in.")
  void pin(
      @Meaning("symbol") String symbol,
      @Meaning("actor") String actor,
      @Meaning("reason") String reason);

  /** Makes a pinned or excluded symbol one among others again. */
  @Meaning("Makes a pinned or excluded symbol one among others again.")
  void release(
      @Meaning("symbol") String symbol,
      @Meaning("actor") String actor,
      @Meaning("reason") String reason);

  /** Gives a symbol no slot, whatever it scores, until {@link #release} or the day ends. */
  @Meaning("Gives a symbol no slot, whatever it scores, until it is released or the day ends.")
  void exclude(
      @Meaning("symbol") String symbol,
      @Meaning("actor") String actor,
      @Meaning("reason") String reason);
}
