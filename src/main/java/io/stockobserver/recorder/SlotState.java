package io.stockobserver.recorder;

import io.stockobserver.observe.Observation;
import io.stockobserver.slot.SlotBoard;
import io.stockobserver.track.Interest;
import io.stockobserver.universe.Universe;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One slot at one moment, for people.
 *
 * @param name the universe's; empty where it has none
 * @param standing with the venue; null for one that has not been asked for yet
 * @param since when the venue confirmed it; null when it has not
 * @param trigger why it should have a slot; null for one that is about to lose it
 * @param heardAt the last thing told of it, on the feed or by a sweep; null for nothing yet
 * @param prevClose what change is reckoned from
 * @param fresh whether what is known came from the connection that stands
 * @param silent whether frames should come and do not
 */
public record SlotState(
    String symbol,
    String name,
    SlotBoard.@Nullable Standing standing,
    @Nullable Instant since,
    @Nullable String trigger,
    @Nullable Instant heardAt,
    @Nullable BigDecimal lastPrice,
    @Nullable BigDecimal prevClose,
    boolean fresh,
    boolean silent) {

  static SlotState of(
      String symbol,
      Universe.@Nullable Member member,
      SlotBoard.@Nullable Standing standing,
      @Nullable Instant since,
      @Nullable Interest interest,
      @Nullable Instant streamed,
      @Nullable Observation state,
      boolean fresh,
      boolean silent) {
    BigDecimal told = state == null ? null : state.prevClose();
    return new SlotState(
        symbol,
        member == null || member.name() == null ? "" : member.name(),
        standing,
        since,
        interest == null ? null : interest.trigger(),
        streamed != null || state == null ? streamed : state.source().heardAt(),
        state == null ? null : state.lastPrice(),
        told == null && member != null ? member.prevClose() : told,
        fresh,
        silent);
  }
}
