package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.market.Window;
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

  private final Window window;
  private final Journal journal;
  private final Counters counters;
  private boolean open;
  private boolean stopping;
  private @Nullable Instant lastMessage;
  private @Nullable Instant lastGood;
  private @Nullable Instant lostSince;
  private String lostReason = NOT_CONNECTED;
  private List<String> lostSlots = List.of();
  private Duration disconnected = Duration.ZERO;

  FeedWatch(Window window, Journal journal, Counters counters) {
    this.window = window;
    this.journal = journal;
    this.counters = counters;
  }

  boolean open() {
    return open;
  }

  @Nullable Instant lastMessage() {
    return lastMessage;
  }

  Duration disconnected() {
    return disconnected;
  }

  /** A session begins; nothing is heard until the feed is open and has said something. */
  void begin(Instant at) {
    open = false;
    stopping = false;
    lastMessage = null;
    lastGood = null;
    lostSince = at;
    lostReason = NOT_CONNECTED;
    lostSlots = List.of();
    disconnected = Duration.ZERO;
  }

  /** A day ends: an interruption is told to the day that it belongs to, and goes on in the next. */
  void endDay(Instant at, Days days) {
    if (lostSince != null) {
      endGap(at, at, days);
      lostSince = at;
    }
  }

  /** Who had been acknowledged when the connection was lost. */
  List<String> lostSlots() {
    return lostSlots;
  }

  void opened(JsonNode note, Instant at) {
    open = true;
    int attempt = note.path("attempt").asInt();
    if (attempt > 0) {
      counters.reconnects++;
      journal.event(
          reconnection(note, at, attempt, "SUCCESS").with("recovered_slot_list", lostSlots));
    }
  }

  void failed(JsonNode note, Instant at) {
    journal.event(reconnection(note, at, Math.max(1, note.path("attempt").asInt()), "FAIL"));
  }

  private Event reconnection(JsonNode note, Instant at, int attempt, String result) {
    return Event.of("reconnection_event", at)
        .with("attempt_no", attempt)
        .with("backoff_seconds", note.path("backoff_seconds").asInt())
        .with("result", result)
        .with("mitigation_level_after", journal.level())
        .with("detail", note.hasNonNull("why") ? note.path("why").asText() : null);
  }

  /**
   * The connection is gone.
   *
   * @param slots who had been acknowledged on it
   */
  void closed(Instant at, List<String> slots) {
    if (open) {
      open = false;
      if (lostSince == null && !stopping) {
        lostSince = lastGood == null ? at : lastGood;
        lostReason = DISCONNECTED;
        lostSlots = slots;
      }
    }
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
    }
    if (good || alive) {
      lastGood = at;
    }
    lastMessage = at;
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
    open = false;
  }

  private void endGap(Instant end, Instant at, Days days) {
    Instant start = lostSince;
    if (start != null && !end.isBefore(start) && days.today().open()) {
      GapMarker gap =
          new GapMarker(start, end, "scalp", lostReason, null, null)
              .clip(window.start(days.today()), window.end(days.today()));
      if (gap != null) {
        disconnected = disconnected.plus(Duration.between(gap.start(), gap.end()));
      }
      journal.gap(gap, at);
    }
    lostSince = null;
  }
}
