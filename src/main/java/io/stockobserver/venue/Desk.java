package io.stockobserver.venue;

import io.stockobserver.market.TradingDay;
import io.stockobserver.track.SlotAct;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a venue's live side puts what it said and heard, and what it may ask of the recorder.
 * Thread-safe. Every method that records returns once the entry is on the tape and read.
 */
public interface Desk {
  /** Records a request; returns its number on the tape. */
  long say(Call call);

  /**
   * Records an answer.
   *
   * @param tapeBody the body as the tape may show it: without secrets
   */
  void hear(Answer answer, byte[] tapeBody);

  /** Records what is said on the streaming feed, as the tape may show it. */
  void sayOnFeed(String feed, String tapeText);

  /** Records what was heard on the streaming feed, in order. */
  void hearOnFeed(FeedBatch batch);

  /** Records a tick or an act of the observer's own. */
  void note(String feed, String name, Map<String, ?> fields);

  /** The market's time. */
  Instant now();

  TradingDay today();

  /** Today's symbols; empty until the universe is frozen. */
  List<String> universe();

  /**
   * Whether {@link #universe()} is today's own; until then a market that never closes has the last.
   */
  default boolean universeFrozen() {
    return !universe().isEmpty();
  }

  /**
   * Why the open feed is of no use though it says something, in a few words; null while it is. What
   * only beats its heart while its slots trade is dead. Never waits.
   */
  default @Nullable String deadFeed() {
    return null;
  }

  /** Who should be streamed now, for a venue that takes the whole list at once, in order. */
  SortedSet<String> wanted();

  /** The next word to the venue about slots; null when nothing need be said now. */
  @Nullable SlotAct nextAct();
}
