package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import io.stockobserver.observe.Latest;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Observation.Part;
import io.stockobserver.observe.Quality;
import io.stockobserver.observe.Snapshot;
import io.stockobserver.observe.Verdict;
import io.stockobserver.slot.SlotBoard;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fast track: the slots, the latest state of each, and one line a slot at every sample instant
 * while the feed is alive. Owned by the recorder's lock.
 */
final class ScalpTrack {
  private final RecorderSettings settings;
  private final Rulebook rules;
  private final Journal journal;
  private final CandidateMonitor candidates;
  private final FeedWatch feed;
  private final SlotBoard board;
  private final Planning planning;
  private final StreamedStates states;
  private final SampleWatch samples;
  private final Crossings crossings;
  private final Awaiting awaiting;
  private final Unheard unheard;
  private @Nullable Instant lastSample;

  ScalpTrack(
      RecorderSettings settings,
      Rulebook rules,
      Journal journal,
      SwingTrack swing,
      CandidateMonitor candidates,
      FeedWatch feed,
      SlotBoard board) {
    this.settings = settings;
    this.rules = rules;
    this.journal = journal;
    this.candidates = candidates;
    this.feed = feed;
    this.board = board;
    this.planning = new Planning(rules, journal, candidates, feed, board);
    this.states = new StreamedStates(swing, candidates);
    this.samples = new SampleWatch(rules, journal);
    this.crossings = new Crossings(journal);
    this.awaiting = new Awaiting(rules, journal);
    this.unheard = new Unheard(journal);
  }

  SlotBoard board() {
    return board;
  }

  Planning planning() {
    return planning;
  }

  SampleWatch samples() {
    return samples;
  }

  /** A session begins: nothing that was registered before is. */
  void begin() {
    newDay();
    board.disconnected();
    samples.begin();
    lastSample = null;
  }

  void newDay() {
    states.newDay();
    awaiting.newDay();
    crossings.newDay();
    planning.forget();
  }

  /** Another day of a market that never closes: who has a place is sampled on. */
  void goOn(Instant at) {
    crossings.newDay();
    awaiting.tellAgain();
    if (feed.open()) {
      samples.due(at);
    }
  }

  /** Chooses anew who should sit in the slots. */
  void plan(Instant at, Days days) {
    if (!settings.traits().confirms()) {
      // Nobody refuses there: what the venue does not know it passes over in silence.
      board
          .unanswered(at)
          .forEach(symbol -> refused(symbol, "no_data", "asked for, and nothing came of it", at));
      unheard.look(at, days, candidates);
    }
    planning.round(at, days);
    List<String> returning = awaiting.places();
    Set<String> wanted = returning.isEmpty() ? Set.of() : board.wanted();
    for (String symbol : returning) {
      if (!wanted.contains(symbol) && board.acknowledgedAt(symbol) == null) {
        gone(symbol, at, days);
      }
    }
  }

  /** It had a place on a connection that was lost, and is not asked for again. */
  private void gone(String symbol, Instant at, Days days) {
    awaiting.gone(symbol, at, days);
    states.forget(symbol);
    journal.event(
        Event.of("slot_released", at).with("symbol", symbol).with("reason", "connection-lost"));
  }

  /** Judges one streamed record and keeps it as the latest state. */
  Verdict take(Observation o, Days days) {
    Verdict verdict = states.take(o, days);
    if (verdict.kept()) {
      if (o.part() == Part.STATE) {
        candidates.seen(o);
      }
      planning.receiving().heard(o.symbol(), o.source().heardAt(), o.accVolume());
    }
    return verdict;
  }

  /** A kept ticker of the stream, which tells of everybody: a slot's state has its figures. */
  void told(Observation o, Verdict verdict) {
    states.told(o, verdict);
    planning.receiving().toldBeside(o.symbol(), o.source().heardAt(), o.accVolume());
  }

  /** A kept row of a sweep: what it says to have traded should have been streamed. */
  void swept(Observation o) {
    planning.receiving().swept(o.symbol(), o.source().heardAt(), o.accVolume());
  }

  void acknowledged(String symbol, Instant at) {
    if (board.acknowledged(symbol, at)) {
      confirmed(symbol, at);
    }
  }

  /** Data came that only a place brings. */
  void proven(String symbol, Instant at) {
    if (board.proven(symbol, at)) {
      confirmed(symbol, at);
    }
  }

  /** We asked for exactly these; whoever is not among them has no place any more. */
  void replaced(Set<String> symbols, Instant at, Days days) {
    unheard.asked(at);
    board.replaced(symbols, at).forEach(symbol -> left(symbol, at, days));
  }

  private void confirmed(String symbol, Instant at) {
    planning.acknowledged(symbol, at);
    if (lastSample != null && !at.isAfter(lastSample)) {
      // Heard before the last sample and read after it: it has no line at that instant.
      awaiting.frame(symbol, at);
    }
  }

  void released(String symbol, Instant at, Days days) {
    if (board.released(symbol)) {
      left(symbol, at, days);
    }
  }

  private void left(String symbol, Instant at, Days days) {
    journal.swapped();
    awaiting.end(List.of(symbol), at, days);
    states.forget(symbol);
    crossings.left(symbol, at);
    planning.released(symbol, at);
  }

  void refused(String symbol, String code, String message, Instant at) {
    boolean held = board.isHeld(symbol);
    board.refused(symbol, at);
    journal.event(
        Event.of("slot_refused", at)
            .with("symbol", symbol)
            .with("code", code)
            .with("message", message));
    if (held && !board.isHeld(symbol)) {
      // A refusal of what had been confirmed takes the place away.
      crossings.left(symbol, at);
      journal.event(Event.of("slot_released", at).with("symbol", symbol).with("reason", "refused"));
    }
  }

  /** What is known is old from now on; every next line says that its volume spans the gap. */
  void connectionLost(JsonNode note, Instant at, Days days) {
    Set<String> had = new TreeSet<>(board.disconnected());
    had.addAll(awaiting.places());
    awaiting.forgetPlaces();
    feed.closed(note, at, List.copyOf(had), days);
    samples.lost(at, days);
    awaiting.endAll(at, days);
    planning.feedLost();
    unheard.feedLost();
    candidates.interrupted(at);
    states.interrupted(had);
  }

  /** The feed is back: whoever had a place has no line until the venue has confirmed it again. */
  void resumed(List<String> lost, Instant at) {
    lost.forEach(symbol -> awaiting.place(symbol, at));
    samples.due(at);
  }

  /** Whether a slot has no line yet: its first frame or its confirmation is still to come. */
  boolean awaits() {
    return awaiting.anybody();
  }

  /** Writes one line for every acknowledged slot. */
  void sample(Instant grid, Instant now, Days days) {
    crossings.sampled(grid, now);
    feed.tellBegan(now, days);
    if (!feed.open() || !rules.inScalp(days.today(), grid)) {
      return;
    }
    if (samples.sampled(grid, now, days)) {
      states.passedOver();
    }
    String old = old(grid, now);
    List<String> written = new ArrayList<>();
    for (String symbol : board.held()) {
      awaiting.placed(symbol);
      Latest own = states.of(symbol);
      if (own != null && own.fresh()) {
        write(own, grid, now, old);
        written.add(symbol);
      } else if (borrow(symbol, grid, now)) {
        written.add(symbol);
      }
    }
    awaiting.end(written, grid, days);
    awaiting.sampled(now);
    lastSample = grid;
    feed.sampled(now);
  }

  /** Why what is known is not what is true at this instant; null where nothing speaks for it. */
  private @Nullable String old(Instant grid, Instant now) {
    if (silent(now)) {
      return "feed-silent";
    }
    boolean late = Duration.between(grid, now).compareTo(FeedWatch.PROMPT) > 0;
    return late || feed.behind() ? "behind" : null;
  }

  private void write(Latest own, Instant grid, Instant now, @Nullable String old) {
    Observation state = own.state();
    if (state == null) {
      return;
    }
    Verdict verdict = own.verdict();
    String reason = old != null ? old : planning.silent(state.symbol()) ? "slot-silent" : null;
    boolean first = states.takeAfterGap(state.symbol());
    Quality quality = first ? Quality.GAP : reason != null ? Quality.DEGRADED : verdict.quality();
    reason = reason != null ? reason : verdict.reason();
    journal.scalp(now, snapshot(state, grid, quality, reason, own.takeVolume()));
  }

  /** Nothing was heard on the feed yet: the last sweep's state serves, and says so. */
  private boolean borrow(String symbol, Instant grid, Instant now) {
    Observation state = states.lastSwept(symbol);
    if (state == null) {
      Instant since = board.acknowledgedAt(symbol);
      awaiting.frame(symbol, since == null ? grid : since);
      return false;
    }
    journal.scalp(now, snapshot(state, grid, Quality.DEGRADED, "awaiting-first-frame", null));
    return true;
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

  private boolean silent(Instant now) {
    Instant last = feed.lastData();
    Duration silence = rules.now().silence();
    return last != null && !silence.isZero() && Duration.between(last, now).compareTo(silence) > 0;
  }

  /** Instants were passed over, or messages: every next line's volume spans them. */
  void passedOver(Instant at) {
    candidates.interrupted(at);
    states.passedOver();
  }

  /**
   * The clock was set: what is awaited is told as it told it before, and goes on as it does now.
   */
  void stepped(Instant before, Instant after, Instant at, Days days) {
    awaiting.stepped(before, after, days);
    crossings.newDay();
    Duration step = Duration.between(before, after);
    samples.stepped(after);
    board.stepped(step);
    planning.stepped(step);
  }

  /** Every place, and who is wanted and has none yet; for people. */
  List<SlotState> slots(Days days) {
    Set<String> all = new LinkedHashSet<>(board.seated());
    all.addAll(new TreeSet<>(board.wanted()));
    List<SlotState> told = new ArrayList<>(all.size());
    for (String symbol : all) {
      Latest own = states.of(symbol);
      Observation state =
          own == null || own.state() == null ? states.lastSwept(symbol) : own.state();
      told.add(
          SlotState.of(
              symbol,
              days.members().member(symbol),
              board.standing(symbol),
              board.heldSince(symbol),
              planning.interest(symbol),
              planning.receiving().heardAt(symbol),
              state,
              feed.open() && states.fresh(symbol),
              planning.silent(symbol)));
    }
    return told;
  }

  /** How many slots are really heard: confirmed, with a state of their own, and not silent. */
  int receiving() {
    int n = 0;
    for (String symbol : board.acknowledged()) {
      if (states.fresh(symbol) && !planning.silent(symbol)) {
        n++;
      }
    }
    return n;
  }

  @Nullable Instant lastSample() {
    return lastSample;
  }

  /** A day or the session ends: what is still awaited ends with it. */
  void finish(Instant at, Days days) {
    awaiting.endAll(at, days);
    samples.over(at, days);
  }
}
