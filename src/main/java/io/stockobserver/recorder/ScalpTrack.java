package io.stockobserver.recorder;

import io.stockobserver.archive.Lane;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.observe.Latest;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Quality;
import io.stockobserver.observe.Snapshot;
import io.stockobserver.observe.Verdict;
import io.stockobserver.slot.Candidate;
import io.stockobserver.slot.SlotBoard;
import io.stockobserver.slot.SlotPlanner;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fast track: the slots, the latest state of each, and one line a slot at every sample instant
 * while the feed is alive. Owned by the recorder's lock.
 */
final class ScalpTrack {
  private final RecorderSettings settings;
  private final Journal journal;
  private final SwingTrack swing;
  private final FeedWatch feed;
  private final SlotPlanner planner;
  private final SlotBoard board;
  private final Map<String, Latest> latest = new HashMap<>();
  private final Map<String, Instant> awaiting = new TreeMap<>();
  private @Nullable Instant lastSample;

  ScalpTrack(
      RecorderSettings settings,
      Journal journal,
      SwingTrack swing,
      FeedWatch feed,
      SlotPlanner planner) {
    this.settings = settings;
    this.journal = journal;
    this.swing = swing;
    this.feed = feed;
    this.planner = planner;
    this.board = new SlotBoard(settings.slots());
  }

  SlotBoard board() {
    return board;
  }

  void newDay() {
    latest.clear();
    awaiting.clear();
    board.want(List.of());
  }

  /** Chooses anew who should sit in the slots. */
  void plan(Days days) {
    Map<String, BigDecimal> interest =
        swing.sweepsDone() > 0 ? swing.interest() : days.members().firstInterest();
    List<Candidate> candidates = new ArrayList<>(interest.size());
    interest.forEach((symbol, value) -> candidates.add(new Candidate(symbol, value)));
    board.want(planner.choose(candidates, settings.slots()));
  }

  /** Judges one streamed record and keeps it as the latest state. */
  Verdict take(Observation o, Days days) {
    Latest before = latest.get(o.symbol());
    if (before == null) {
      before = new Latest();
      latest.put(o.symbol(), before);
    }
    Verdict verdict = Verdicts.judge(o, days, before);
    if (verdict.kept()) {
      before.take(o, verdict);
    }
    return verdict;
  }

  void acknowledged(String symbol, Instant at) {
    if (board.acknowledged(symbol, at)) {
      journal.event(
          Event.of("slot_assigned", at)
              .with("symbol", symbol)
              .with("slots_taken", board.acknowledged().size()));
    }
  }

  void released(String symbol, Instant at) {
    if (board.released(symbol)) {
      endAwaiting(symbol, at);
      latest.remove(symbol);
      journal.event(Event.of("slot_released", at).with("symbol", symbol));
    }
  }

  void refused(String symbol, String code, String message, Instant at) {
    board.refused(symbol, at);
    journal.event(
        Event.of("slot_refused", at)
            .with("symbol", symbol)
            .with("code", code)
            .with("message", message));
  }

  void connectionLost(Instant at) {
    feed.closed(at, board.disconnected());
    List.copyOf(awaiting.keySet()).forEach(symbol -> endAwaiting(symbol, at));
  }

  /**
   * The first good message after an interruption: every next line says that its volume spans it.
   */
  void afterGap() {
    latest.values().forEach(Latest::markGap);
  }

  /** Writes one line for every acknowledged slot. */
  void sample(Instant grid, Instant now, Days days) {
    if (!feed.open() || !settings.scalpWindow().contains(days.today(), grid)) {
      return;
    }
    boolean silent = silent(now);
    for (String symbol : board.acknowledged()) {
      Latest own = latest.get(symbol);
      if (own != null && own.state() != null) {
        endAwaiting(symbol, grid);
        write(own, grid, now, silent);
      } else {
        borrow(symbol, grid, now);
      }
    }
    lastSample = grid;
  }

  private void write(Latest own, Instant grid, Instant now, boolean silent) {
    Observation state = own.state();
    if (state == null) {
      return;
    }
    Verdict verdict = own.verdict();
    Quality quality = own.takeGap() ? Quality.GAP : silent ? Quality.DEGRADED : verdict.quality();
    String reason = silent ? "feed-silent" : verdict.reason();
    journal.snapshot(Lane.SCALP, now, snapshot(state, grid, quality, reason, own.takeVolume()));
  }

  /** Nothing was heard on the feed yet: the last sweep's state serves, and says so. */
  private void borrow(String symbol, Instant grid, Instant now) {
    Latest swept = swing.latest(symbol);
    Observation state = swept == null ? null : swept.state();
    if (state == null) {
      Instant since = board.acknowledgedAt(symbol);
      awaiting.putIfAbsent(symbol, since == null ? grid : since);
    } else {
      endAwaiting(symbol, grid);
      journal.snapshot(
          Lane.SCALP, now, snapshot(state, grid, Quality.DEGRADED, "awaiting-first-frame", null));
    }
  }

  private Snapshot snapshot(
      Observation state,
      Instant grid,
      Quality quality,
      @Nullable String reason,
      @Nullable BigDecimal volume) {
    return new Snapshot(
        "scalp",
        settings.provider(),
        settings.market(),
        state,
        grid,
        journal.sessionId(),
        journal.level(),
        quality,
        reason,
        volume);
  }

  private void endAwaiting(String symbol, Instant at) {
    Instant since = awaiting.remove(symbol);
    if (since != null && at.isAfter(since)) {
      journal.gap(
          new GapMarker(since, at, "scalp", "awaiting_first_frame", null, List.of(symbol)), at);
    }
  }

  private boolean silent(Instant now) {
    Instant last = feed.lastMessage();
    return last != null && Duration.between(last, now).compareTo(settings.silence()) > 0;
  }

  /** How many slots have a state of their own. */
  int receiving() {
    int n = 0;
    for (String symbol : board.acknowledged()) {
      Latest own = latest.get(symbol);
      if (own != null && own.state() != null) {
        n++;
      }
    }
    return n;
  }

  @Nullable Instant lastSample() {
    return lastSample;
  }

  void stop(Instant at) {
    List.copyOf(awaiting.keySet()).forEach(symbol -> endAwaiting(symbol, at));
  }
}
