package io.stockobserver.recorder;

import io.stockobserver.evidence.GapMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which slots have no line yet, and since when: their first frame is still to come, or the venue's
 * word that they have their places back. Whose waiting ends has a gap marker that says how long it
 * was. Owned by the recorder's lock.
 */
final class Awaiting {
  private static final String SCALP = "scalp";
  private static final String REASON = "awaiting_first_frame";

  private final Rulebook rules;
  private final Journal journal;
  private final Map<String, Instant> frame = new TreeMap<>();
  private final Map<String, Instant> place = new TreeMap<>();
  private final Set<String> told = new HashSet<>();

  Awaiting(Rulebook rules, Journal journal) {
    this.rules = rules;
    this.journal = journal;
  }

  void newDay() {
    frame.clear();
    place.clear();
    tellAgain();
  }

  /** What was told before is told again. */
  void tellAgain() {
    told.clear();
  }

  /** It has its place and nothing was heard; since when, unless it waits already. */
  void frame(String symbol, Instant since) {
    frame.putIfAbsent(symbol, since);
  }

  /** The feed is back, and the place was lost with it. */
  void place(String symbol, Instant since) {
    place.put(symbol, since);
  }

  /** The place is there again. */
  void placed(String symbol) {
    place.remove(symbol);
  }

  /** Who waits for a place. */
  List<String> places() {
    return List.copyOf(place.keySet());
  }

  /** Nobody waits for a place any more: the feed is lost again. */
  void forgetPlaces() {
    place.clear();
  }

  /** Whether anybody waits for anything. */
  boolean anybody() {
    return !frame.isEmpty() || !place.isEmpty();
  }

  /**
   * A sample is taken, and whoever still waits for a place has no line either. Tells of everybody
   * whose waiting is new, together for all that began to wait at once.
   */
  void sampled(Instant now) {
    place.forEach(frame::putIfAbsent);
    told.retainAll(frame.keySet());
    Map<Instant, List<String>> fresh = new TreeMap<>();
    frame.forEach(
        (symbol, since) -> {
          if (told.add(symbol)) {
            fresh.computeIfAbsent(since, s -> new ArrayList<>()).add(symbol);
          }
        });
    fresh.forEach(
        (since, symbols) -> journal.event(GapMarker.began(now, since, SCALP, REASON, symbols)));
  }

  /** It will not have its place back: what it waited for ends. */
  void gone(String symbol, Instant at, Days days) {
    Instant since = place.remove(symbol);
    if (since != null) {
      frame.putIfAbsent(symbol, since);
    }
    end(List.of(symbol), at, days);
  }

  /** One marker for all that waited equally long, of what lies in the window. */
  void end(Collection<String> symbols, Instant at, Days days) {
    Map<Instant, List<String>> together = new TreeMap<>();
    for (String symbol : symbols) {
      Instant since = frame.remove(symbol);
      if (since != null && at.isAfter(since)) {
        together.computeIfAbsent(since, s -> new ArrayList<>()).add(symbol);
      }
    }
    together.forEach(
        (since, waited) ->
            journal.gap(
                rules.clip(new GapMarker(since, at, SCALP, REASON, null, waited), days.today()),
                at));
  }

  void endAll(Instant at, Days days) {
    end(List.copyOf(frame.keySet()), at, days);
  }

  /** The clock was set: what was told by it before ends there and goes on as it tells it now. */
  void stepped(Instant before, Instant after, Days days) {
    List<String> waiting = List.copyOf(frame.keySet());
    end(waiting, before, days);
    waiting.forEach(symbol -> frame.put(symbol, after));
    place.replaceAll((symbol, since) -> after);
    tellAgain();
  }
}
