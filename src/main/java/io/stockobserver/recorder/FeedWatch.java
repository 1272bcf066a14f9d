package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.venue.FeedPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the streaming feed is alive, and what an interruption of it leaves in the archive: one
 * gap marker from the last good message to the first good one after it. Owned by the recorder's
 * lock.
 */
final class FeedWatch {
  private static final String NOT_CONNECTED = "not_connected";
  private static final String DISCONNECTED = "ws_disconnect";
  private static final String OPERATOR = "operator";

  /** How a connection ends whose route is stopped while the session goes on: somebody's act. */
  private static final String ROUTE_STOPPED = "route stopped";

  /** Further behind than this, what a sample tells is old (design, section 4). */
  static final Duration PROMPT = Duration.ofSeconds(2);

  private final Rulebook rules;
  private final Journal journal;
  private final Counters counters;
  private final Trickle trickle;
  private final Reconnects reconnects;
  private boolean open;
  private boolean stopping;
  private boolean secretSeen;
  private @Nullable Instant lastMessage;
  private @Nullable Instant lastGood;
  private volatile @Nullable Instant lastData;
  private @Nullable Instant lostSince;
  private String lostReason = NOT_CONNECTED;
  private @Nullable String lostDetail;
  private List<String> lostSlots = List.of();
  private Duration disconnected = Duration.ZERO;

  /** The open gap is one of messages given up; the connection stood. */
  private boolean holed;

  /** The archive says that the interruption began. */
  private boolean told;

  private @Nullable Instant lastSample;
  private boolean behind;

  FeedWatch(
      Rulebook rules, Journal journal, Counters counters, Trickle trickle, Reconnects reconnects) {
    this.rules = rules;
    this.journal = journal;
    this.counters = counters;
    this.trickle = trickle;
    this.reconnects = reconnects;
  }

  boolean open() {
    return open;
  }

  @Nullable Instant lastMessage() {
    return lastMessage;
  }

  /** When data was last kept, or a slot acknowledged; heartbeats are no data. */
  @Nullable Instant lastData() {
    return lastData;
  }

  Duration disconnected() {
    return disconnected;
  }

  /** A session begins; nothing is heard until the feed is open and has said something. */
  void begin(Instant at) {
    open = false;
    stopping = false;
    secretSeen = false;
    lastMessage = null;
    lastGood = null;
    lastData = null;
    lostSince = at;
    lostReason = NOT_CONNECTED;
    lostDetail = null;
    lostSlots = List.of();
    disconnected = Duration.ZERO;
    trickle.closed();
    reconnects.begin(at);
    holed = false;
    told = false;
    lastSample = null;
    behind = false;
  }

  /**
   * Tells of an interruption that begins, or goes on into this day or into its window: one that is
   * over before anything is due has no marker that would tell its end.
   */
  void tellBegan(Instant at, Days days) {
    if (lostSince != null && !holed && !told && rules.inScalp(days.today(), at)) {
      journal.event(GapMarker.began(at, lostSince, "scalp", lostReason, null));
      told = true;
    }
  }

  /** A day ends: an interruption is told to the day that it belongs to, and goes on in the next. */
  void endDay(Instant at, Days days) {
    if (lostSince != null) {
      endGap(at, at, days);
      lostSince = at;
    }
    reconnects.endDay();
  }

  /** Who had been acknowledged when the connection was lost. */
  List<String> lostSlots() {
    return lostSlots;
  }

  void opened(JsonNode note, Instant at) {
    open = true;
    if (note.path("attempt").asInt() > 0) {
      counters.reconnects++;
    }
    trickle.opened(at);
    reconnects.opened(note, at, lostSlots);
  }

  /**
   * The connection is gone. One that only beat its heart was lost with its last data, not with its
   * last heartbeat.
   *
   * @param slots who had been acknowledged on it
   */
  void closed(JsonNode note, Instant at, List<String> slots, Days days) {
    if (!open) {
      return;
    }
    open = false;
    trickle.closed();
    if (stopping) {
      return;
    }
    if (lostSince == null || holed) {
      boolean trickled = note.path("why").asText().contains(Trickle.HEARTBEAT_ONLY);
      Instant last = trickled ? lastData : lastGood;
      if (!holed) { // else what was shed began it
        lostSince = last == null ? at : last;
      }
      holed = false;
      lostReason = reasonOf(note.path("why").asText());
      lostDetail = trickled ? Trickle.HEARTBEAT_ONLY : null;
      lostSlots = slots;
      tellBegan(at, days);
    }
    reconnects.lost(note, at);
    if (reasonOf(note.path("why").asText()).equals(OPERATOR)) {
      reconnects.stopped();
    }
  }

  private String reasonOf(String why) {
    if (secretSeen || why.endsWith(FeedPolicy.SECRET_SEEN)) {
      return FeedPolicy.SECRET_SEEN;
    }
    return why.endsWith(ROUTE_STOPPED) ? OPERATOR : DISCONNECTED;
  }

  /** Nobody listens any more: an interruption that goes on has another reason from now on. */
  void secretSeen(Instant at, Days days) {
    secretSeen = true;
    reconnects.secretSeen();
    if (lostSince != null && !holed && !lostReason.equals(FeedPolicy.SECRET_SEEN)) {
      endGap(at, at, days);
      lostSince = at;
      lostReason = FeedPolicy.SECRET_SEEN;
      lostDetail = null;
      tellBegan(at, days);
    }
  }

  /** Messages were given up before the tape; until the next good one nothing is known. */
  void shed(Instant first, String reason) {
    if (open && lostSince == null) {
      lostSince = lastGood == null ? first : lastGood;
      lostReason = reason;
      lostDetail = null;
      lostSlots = List.of();
      holed = true;
    }
  }

  /** A sample is taken at this moment. */
  void sampled(Instant now) {
    lastSample = now;
  }

  /**
   * True while messages come from the queue that had been heard well before the last sample: what
   * is known is not yet what had been heard then.
   */
  boolean behind() {
    return behind;
  }

  /**
   * Something was heard; true if it is the first good message after an interruption.
   *
   * @param good data that was kept, or an acknowledgement: only that ends an interruption
   * @param alive a sign of life: an interruption after it begins with it
   */
  boolean heard(Instant at, boolean good, boolean alive, Days days) {
    boolean first = good && lostSince != null;
    if (first) {
      endGap(at, at, days);
      reconnects.good(at);
    }
    if (good || alive) {
      lastGood = at;
    }
    if (good) {
      lastData = at;
    }
    lastMessage = at;
    behind = lastSample != null && at.isBefore(lastSample.minus(PROMPT));
    return first;
  }

  /** We are about to close it ourselves: no gap begins then. */
  void stopping() {
    stopping = true;
  }

  /** The session ends: what is still open ends with it. */
  void stop(Instant at, Days days) {
    if (lostSince != null) {
      endGap(at, at, days);
    }
    reconnects.finish(at);
    open = false;
  }

  private void endGap(Instant end, Instant at, Days days) {
    Instant start = lostSince;
    if (start != null && !end.isBefore(start) && days.today().open()) {
      GapMarker gap =
          rules.clip(
              new GapMarker(start, end, "scalp", lostReason, lostDetail, null), days.today());
      if (gap != null && !holed) {
        disconnected = disconnected.plus(Duration.between(gap.start(), gap.end()));
      }
      journal.gap(gap, at);
    }
    lostSince = null;
    holed = false;
    told = false;
  }

  /**
   * The clock was set: an interruption is told as the clock told it before, and goes on as it tells
   * it now; what is compared with the clock later moves with it.
   */
  void stepped(Instant before, Instant after, Instant at, Days days) {
    if (lostSince != null) {
      boolean still = holed;
      endGap(before, at, days);
      lostSince = after;
      holed = still;
      tellBegan(at, days);
    }
    Duration step = Duration.between(before, after);
    lastMessage = lastMessage == null ? null : lastMessage.plus(step);
    lastGood = lastGood == null ? null : lastGood.plus(step);
    Instant data = lastData;
    lastData = data == null ? null : data.plus(step);
    lastSample = lastSample == null ? null : lastSample.plus(step);
    trickle.stepped(step);
    reconnects.stepped(step);
  }
}
