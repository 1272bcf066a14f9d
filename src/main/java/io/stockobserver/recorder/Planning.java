package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import io.stockobserver.slot.Decision;
import io.stockobserver.slot.Receiving;
import io.stockobserver.slot.SlotBoard;
import io.stockobserver.slot.SlotPlan;
import io.stockobserver.slot.SlotPlanner;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.track.Interest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The planning rounds of the fast track: who scored, who is given a place, who is not and why, and
 * who has one and is not heard. Owned by the recorder's lock.
 */
final class Planning {
  /** A wanted symbol that the venue has not confirmed for longer is not receiving. */
  private static final Duration UNCONFIRMED = Duration.ofSeconds(20);

  /** Twice as many candidates as places: the other half is in the ledger. */
  private static final int CANDIDATES_A_PLACE = 2;

  private final Rulebook rules;
  private final Journal journal;
  private final CandidateMonitor monitor;
  private final FeedWatch feed;
  private final SlotBoard board;
  private final SlotPlanner planner;
  private final Receiving receiving = new Receiving();
  private final Map<String, Interest> wanted = new HashMap<>();
  private final Map<String, Instant> wantedSince = new HashMap<>();
  private final Map<String, String> leaving = new HashMap<>();
  private final Map<String, Instant> silent = new TreeMap<>();

  Planning(
      Rulebook rules, Journal journal, CandidateMonitor monitor, FeedWatch feed, SlotBoard board) {
    this.rules = rules;
    this.journal = journal;
    this.monitor = monitor;
    this.feed = feed;
    this.board = board;
    this.planner = new SlotPlanner(rules.now().slots());
  }

  Receiving receiving() {
    return receiving;
  }

  /** A new day or session begins with nobody wanted. */
  void forget() {
    planner.forget();
    receiving.clear();
    wanted.clear();
    wantedSince.clear();
    leaving.clear();
    silent.clear();
    board.want(List.of());
  }

  /** Places are given away by other rules from the next round on. */
  void turn(SlotRules other) {
    planner.turn(other);
    board.capacity(other.places());
  }

  /** Chooses anew, and writes down who was not chosen. */
  void round(Instant at, Days days) {
    int standing = CANDIDATES_A_PLACE * board.capacity();
    SlotPlan plan =
        planner.plan(
            at,
            monitor.candidates(at, days, standing),
            symbol -> monitor.trading(symbol, days),
            symbol -> board.refusedLately(symbol, at));
    leaving.putAll(plan.left());
    wanted.clear();
    plan.wanted().forEach(one -> wanted.put(one.symbol(), one));
    board.want(plan.wanted().stream().map(Interest::symbol).toList());
    if (rules.inScalp(days.today(), at)) {
      ledger(plan, at);
    }
    if (feed.open()) {
      lookForSilence(at);
    }
  }

  /** Ledger and recorded time together cover every minute of everybody who scored. */
  private void ledger(SlotPlan plan, Instant at) {
    plan.decisions().forEach(decision -> journal.overflow(decision, board.capacity(), at));
    for (Interest one : plan.wanted()) {
      if (board.acknowledgedAt(one.symbol()) == null) {
        journal.overflow(new Decision(one, Decision.Reason.NOT_ACKNOWLEDGED), board.capacity(), at);
      }
    }
  }

  /** Tells once of each wanted symbol that is not heard, and once when it is again. */
  private void lookForSilence(Instant at) {
    wantedSince.keySet().retainAll(wanted.keySet());
    silent.keySet().retainAll(wanted.keySet());
    wanted.keySet().forEach(symbol -> wantedSince.putIfAbsent(symbol, at));
    Set<String> news = new TreeSet<>(); // told in the order of the symbols
    for (String symbol : wanted.keySet()) {
      if ((notReceivingSince(symbol, at) != null) != silent.containsKey(symbol)) {
        news.add(symbol);
      }
    }
    for (String symbol : news) {
      Instant since = notReceivingSince(symbol, at);
      Instant told = silent.get(symbol);
      if (since != null && told == null) {
        silent.put(symbol, since);
        journal.event(
            Event.of("slot_silent", at)
                .with("symbol", symbol)
                .with("since", since)
                .with(
                    "why",
                    board.acknowledgedAt(symbol) == null ? "not_acknowledged" : "no_frames"));
      } else if (since == null && told != null) {
        silent.remove(symbol);
        journal.event(
            Event.of("slot_receiving", at)
                .with("symbol", symbol)
                .with("silent_seconds", Duration.between(told, at).toSeconds()));
      }
    }
  }

  private @Nullable Instant notReceivingSince(String symbol, Instant at) {
    if (board.acknowledgedAt(symbol) != null) {
      return receiving.silentSince(symbol, at);
    }
    Instant since = wantedSince.getOrDefault(symbol, at);
    return at.isBefore(since.plus(UNCONFIRMED)) ? null : since;
  }

  /** The clock was set: what counts is how long ago something was. */
  void stepped(Duration step) {
    planner.stepped(step);
    receiving.stepped(step);
    wantedSince.replaceAll((symbol, since) -> since.plus(step));
    silent.replaceAll((symbol, since) -> since.plus(step));
  }

  /** The feed is gone: a gap tells of everybody, and who is heard is found out anew. */
  void feedLost() {
    receiving.clear();
    wantedSince.clear();
    silent.clear();
  }

  /** Why it should have a place; null for one that should not. */
  @Nullable Interest interest(String symbol) {
    return wanted.get(symbol);
  }

  /** Whether frames of it should come and do not. */
  boolean silent(String symbol) {
    return silent.containsKey(symbol);
  }

  /** Who is wanted and not heard. */
  List<String> silent() {
    return List.copyOf(silent.keySet());
  }

  /** The venue confirmed a registration. */
  void acknowledged(String symbol, Instant at) {
    receiving.acknowledged(symbol, at);
    Interest why = wanted.get(symbol);
    journal.event(
        Event.of("slot_assigned", at)
            .with("symbol", symbol)
            .with("slots_taken", board.acknowledgedCount())
            .with("trigger", why == null ? null : why.trigger())
            .with("score", why == null ? null : why.score()));
  }

  /** The venue confirmed the end of one; nobody but the venue wanted it where we did not. */
  void released(String symbol, Instant at) {
    receiving.released(symbol);
    String reason = leaving.remove(symbol);
    journal.event(
        Event.of("slot_released", at)
            .with("symbol", symbol)
            .with("reason", reason == null ? "venue" : reason));
  }

  /** An operator's word about one symbol; it takes effect at once. */
  void operator(JsonNode note, Instant at, Days days) {
    String symbol = note.path("symbol").asText();
    String type =
        switch (note.path("act").asText()) {
          case "pin" -> {
            planner.pin(symbol);
            yield "slot_pinned";
          }
          case "exclude" -> {
            planner.exclude(symbol);
            yield "slot_excluded";
          }
          default -> {
            planner.release(symbol);
            yield "slot_unpinned";
          }
        };
    journal.event(
        Event.of(type, at)
            .with("symbol", symbol)
            .with("actor", note.path("actor").asText())
            .with("reason", note.path("reason").asText()));
    round(at, days);
  }
}
