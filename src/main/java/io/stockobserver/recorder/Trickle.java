package io.stockobserver.recorder;

import io.stockobserver.evidence.Event;
import io.stockobserver.observe.Observation;
import io.stockobserver.slot.SlotBoard;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a feed that only beats its heart from a quiet market: it is dead when what is asked by
 * request shows that slots trade of which the feed says nothing (design, section 8). Owned by the
 * recorder's lock; {@link #dead} by anybody.
 */
final class Trickle {
  /** Begins every reason for hanging up such a feed. */
  static final String HEARTBEAT_ONLY = "heartbeat_only";

  /** One symbol's volume may grow by what no feed tells, such as a block trade; three hardly. */
  private static final int ENOUGH = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Trickle.class);

  private final Rulebook rules;
  private final Journal journal;
  private final SlotBoard board;
  private final Map<String, BigDecimal> volumes = new HashMap<>();
  private final Set<String> trading = new HashSet<>();
  private @Nullable Instant since;
  private boolean quiet;
  private volatile @Nullable String dead;

  /**
   * A watch that has heard nothing.
   *
   * @param rules a feed without data for as long as its silence may last is looked at
   */
  Trickle(Rulebook rules, Journal journal, SlotBoard board) {
    this.rules = rules;
    this.journal = journal;
    this.board = board;
  }

  /** Why the open feed is of no use; null while it is. Never waits. */
  @Nullable String dead() {
    return dead;
  }

  /** Volumes of before are no measure: what traded meanwhile could not be heard. */
  void opened(Instant at) {
    volumes.clear();
    since = at;
    heardNothing();
  }

  void closed() {
    since = null;
    heardNothing();
  }

  private void heardNothing() {
    if (!trading.isEmpty()) { // asked for with every message
      trading.clear();
    }
    quiet = false;
    dead = null;
  }

  /** A message of the feed had records, good or bad. */
  void data(Instant at) {
    if (since != null) {
      since = at;
      heardNothing();
    }
  }

  /** What the feed told of one symbol. */
  void streamed(Observation o) {
    if (o.accVolume() != null) {
      volumes.put(o.symbol(), o.accVolume());
    }
  }

  /** What an answer told of one symbol: more traded than was known of it? */
  void asked(Observation o) {
    BigDecimal volume = o.accVolume();
    if (volume == null || since == null || board.acknowledgedAt(o.symbol()) == null) {
      return;
    }
    BigDecimal before = volumes.putIfAbsent(o.symbol(), volume);
    if (before != null && volume.compareTo(before) > 0) {
      trading.add(o.symbol());
    }
  }

  /** Time has passed. */
  void look(Instant at, Days days) {
    Instant from = since;
    Duration limit = rules.now().silence();
    if (from == null
        || dead != null
        || limit.isZero()
        || Duration.between(from, at).compareTo(limit) < 0
        || !days.today().inSession(at)) {
      return;
    }
    int slots = board.acknowledged().size();
    if (slots == 0) {
      return;
    }
    if (trading.size() >= Math.min(ENOUGH, slots)) {
      String seconds = Duration.between(from, at).toSeconds() + "s";
      dead = HEARTBEAT_ONLY + ": " + trading.size() + " slots trade, no data for " + seconds;
      LOG.warn("The feed is dead, {}", dead);
    } else if (!quiet) {
      quiet = true;
      journal.event(Event.of("feed_quiet", at).with("since", from));
    }
  }

  /** The clock was set; what counts is how long it has lasted. */
  void stepped(Duration step) {
    since = since == null ? null : since.plus(step);
  }
}
