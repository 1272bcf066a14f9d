package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private final SwingTrack swing;
  private final CandidateMonitor candidates;
  private final FeedWatch feed;
  private final SlotBoard board;
  private final Planning planning;
  private final Map<String, Latest> latest = new HashMap<>();
  private final Map<String, Instant> awaiting = new TreeMap<>();
  private final Map<String, Instant> returning = new TreeMap<>();
  private final Set<String> afterGap = new HashSet<>();
  private final SampleWatch samples;
  private final Crossings crossings;
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
    this.swing = swing;
    this.candidates = candidates;
    this.feed = feed;
    this.board = board;
    this.planning = new Planning(rules, journal, candidates, feed, board);
    this.samples = new SampleWatch(rules, journal);
    this.crossings = new Crossings(journal);
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
    latest.clear();
    awaiting.clear();
    crossings.newDay();
    returning.clear();
    afterGap.clear();
    planning.forget();
  }

  /** Another day of a market that never closes: who has a place is sampled on. */
  void goOn(Instant at) {
    crossings.newDay();
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
    Set<String> wanted = returning.isEmpty() ? Set.of() : board.wanted();
    for (String symbol : List.copyOf(returning.keySet())) {
      if (!wanted.contains(symbol) && board.acknowledgedAt(symbol) == null) {
        gone(symbol, at, days);
      }
    }
  }

  /** It had a place on a connection that was lost, and is not asked for again. */
  private void gone(String symbol, Instant at, Days days) {
    Instant since = returning.remove(symbol);
    if (since != null) {
      awaiting.putIfAbsent(symbol, since);
    }
    endAwaiting(List.of(symbol), at, days);
    latest.remove(symbol);
    afterGap.remove(symbol);
    journal.event(
        Event.of("slot_released", at).with("symbol", symbol).with("reason", "connection-lost"));
  }

  /** Judges one streamed record and keeps it as the latest state. */
  Verdict take(Observation o, Days days) {
    Latest before = latest.get(o.symbol());
    if (before == null) {
      before = o.part() == Part.STATE ? new Latest() : begun(o.symbol());
      latest.put(o.symbol(), before);
    }
    Verdict verdict = Verdicts.judge(o, days, before);
    if (verdict.kept()) {
      before.take(o, verdict);
      if (o.part() == Part.STATE) {
        candidates.seen(o);
      }
      planning.receiving().heard(o.symbol(), o.source().heardAt(), o.accVolume());
    }
    return verdict;
  }

  /** A state of a slot that is told in parts: the ticker is known, trades are from now on. */
  private Latest begun(String symbol) {
    Latest fresh = new Latest();
    Latest known = candidates.latest(symbol);
    Observation ticker = known == null ? null : known.state();
    if (ticker != null) {
      fresh.take(ticker, known.verdict());
    }
    fresh.countTrades();
    return fresh;
  }

  /** A kept ticker of the stream, which tells of everybody: a slot's state has its figures. */
  void told(Observation o, Verdict verdict) {
    Latest own = latest.get(o.symbol());
    if (own != null) {
      boolean heard = own.fresh();
      own.take(o, verdict);
      if (!heard) {
        own.interrupted(); // only what a place brings makes it fresh again
      }
    }
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
      awaiting.putIfAbsent(symbol, at);
    }
  }

  void released(String symbol, Instant at, Days days) {
    if (board.released(symbol)) {
      left(symbol, at, days);
    }
  }

  private void left(String symbol, Instant at, Days days) {
    journal.swapped();
    endAwaiting(List.of(symbol), at, days);
    latest.remove(symbol);
    afterGap.remove(symbol);
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
    had.addAll(returning.keySet());
    returning.clear();
    feed.closed(note, at, List.copyOf(had), days);
    samples.lost(at, days);
    endAwaiting(List.copyOf(awaiting.keySet()), at, days);
    planning.feedLost();
    unheard.feedLost();
    candidates.interrupted(at);
    latest.values().forEach(Latest::interrupted);
    afterGap.addAll(had);
    afterGap.addAll(latest.keySet());
  }

  /** The feed is back: whoever had a place has no line until the venue has confirmed it again. */
  void resumed(List<String> lost, Instant at) {
    lost.forEach(symbol -> returning.put(symbol, at));
    samples.due(at);
  }

  /** Whether a slot has no line yet: its first frame or its confirmation is still to come. */
  boolean awaits() {
    return !awaiting.isEmpty() || !returning.isEmpty();
  }

  /** Writes one line for every acknowledged slot. */
  void sample(Instant grid, Instant now, Days days) {
    crossings.sampled(grid, now);
    feed.tellBegan(now, days);
    if (!feed.open() || !rules.inScalp(days.today(), grid)) {
      return;
    }
    if (samples.sampled(grid, now, days)) {
      afterGap.addAll(latest.keySet());
    }
    String old = old(grid, now);
    List<String> written = new ArrayList<>();
    for (String symbol : board.held()) {
      returning.remove(symbol);
      Latest own = latest.get(symbol);
      if (own != null && own.fresh()) {
        write(own, grid, now, old);
        written.add(symbol);
      } else if (borrow(symbol, grid, now)) {
        written.add(symbol);
      }
    }
    endAwaiting(written, grid, days);
    returning.forEach(awaiting::putIfAbsent);
    crossings.tellAwaiting(awaiting, now);
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
    boolean first = afterGap.remove(state.symbol());
    Quality quality = first ? Quality.GAP : reason != null ? Quality.DEGRADED : verdict.quality();
    reason = reason != null ? reason : verdict.reason();
    journal.scalp(now, snapshot(state, grid, quality, reason, own.takeVolume()));
  }

  /** Nothing was heard on the feed yet: the last sweep's state serves, and says so. */
  private boolean borrow(String symbol, Instant grid, Instant now) {
    Observation state = lastSwept(symbol);
    if (state == null) {
      Instant since = board.acknowledgedAt(symbol);
      awaiting.putIfAbsent(symbol, since == null ? grid : since);
      return false;
    }
    journal.scalp(now, snapshot(state, grid, Quality.DEGRADED, "awaiting-first-frame", null));
    return true;
  }

  /** The later of what the swing sweep and the candidate sweep found. */
  private @Nullable Observation lastSwept(String symbol) {
    Latest slow = swing.latest(symbol);
    Latest quick = candidates.latest(symbol);
    Observation a = slow == null ? null : slow.state();
    Observation b = quick == null ? null : quick.state();
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.source().seq() > b.source().seq() ? a : b;
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

  /** One marker for all that waited equally long, of what lies in the window. */
  private void endAwaiting(List<String> symbols, Instant at, Days days) {
    Map<Instant, List<String>> together = new TreeMap<>();
    for (String symbol : symbols) {
      Instant since = awaiting.remove(symbol);
      if (since != null && at.isAfter(since)) {
        together.computeIfAbsent(since, s -> new ArrayList<>()).add(symbol);
      }
    }
    together.forEach(
        (since, waited) ->
            journal.gap(
                rules.clip(
                    new GapMarker(since, at, "scalp", "awaiting_first_frame", null, waited),
                    days.today()),
                at));
  }

  private boolean silent(Instant now) {
    Instant last = feed.lastData();
    Duration silence = rules.now().silence();
    return last != null && !silence.isZero() && Duration.between(last, now).compareTo(silence) > 0;
  }

  /** Instants were passed over, or messages: every next line's volume spans them. */
  void passedOver(Instant at) {
    candidates.interrupted(at);
    afterGap.addAll(latest.keySet());
  }

  /**
   * The clock was set: what is awaited is told as it told it before, and goes on as it does now.
   */
  void stepped(Instant before, Instant after, Instant at, Days days) {
    List<String> waiting = List.copyOf(awaiting.keySet());
    endAwaiting(waiting, before, days);
    waiting.forEach(symbol -> awaiting.put(symbol, after));
    crossings.newDay();
    returning.replaceAll((symbol, since) -> after);
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
      Latest own = latest.get(symbol);
      Observation state = own == null || own.state() == null ? lastSwept(symbol) : own.state();
      told.add(
          SlotState.of(
              symbol,
              days.members().member(symbol),
              board.standing(symbol),
              board.heldSince(symbol),
              planning.interest(symbol),
              planning.receiving().heardAt(symbol),
              state,
              feed.open() && own != null && own.fresh(),
              planning.silent(symbol)));
    }
    return told;
  }

  /** How many slots are really heard: confirmed, with a state of their own, and not silent. */
  int receiving() {
    int n = 0;
    for (String symbol : board.acknowledged()) {
      Latest own = latest.get(symbol);
      if (own != null && own.fresh() && !planning.silent(symbol)) {
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
    endAwaiting(List.copyOf(awaiting.keySet()), at, days);
    samples.over(at, days);
  }
}
