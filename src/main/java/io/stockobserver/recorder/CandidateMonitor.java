package io.stockobserver.recorder;

import io.stockobserver.observe.Latest;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Quality;
import io.stockobserver.observe.Verdict;
import io.stockobserver.slot.StandingInterest;
import io.stockobserver.track.Interest;
import io.stockobserver.trigger.TriggerEngine;
import io.stockobserver.trigger.TriggerSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches the whole universe for symbols that deserve a slot: everything that sweeps, rankings and
 * the feed tell passes by here. Writes no lines. Owned by the recorder's lock.
 */
final class CandidateMonitor {
  private static final Verdict NOT_OURS =
      new Verdict(Quality.DEGRADED, null, "not-in-the-universe");

  private final TriggerEngine triggers;
  private final Map<String, Latest> latest = new HashMap<>();
  private final Map<String, BigDecimal> tradedValue = new HashMap<>();
  private final Set<String> halted = new HashSet<>();

  CandidateMonitor(TriggerSettings settings) {
    this.triggers = new TriggerEngine(settings);
  }

  /** Other triggers from now on. */
  void turn(TriggerSettings other) {
    triggers.turn(other);
  }

  /** A new day or session: nothing is known of anybody. */
  void forget() {
    triggers.forget();
    latest.clear();
    tradedValue.clear();
    halted.clear();
  }

  /**
   * Judges one row of a candidate sweep or a ranking. A ranking also names symbols that nobody
   * asked for; those are understood and left alone.
   *
   * @param askedFor false for a row of a ranking, which says nothing of halts
   */
  Verdict take(Observation o, boolean askedFor, Days days) {
    if (days.members().limits(o.symbol()) == null) {
      return NOT_OURS;
    }
    Latest before = latest.computeIfAbsent(o.symbol(), s -> new Latest());
    Verdict verdict = Verdicts.judge(o, days, before);
    if (verdict.kept()) {
      before.take(o, verdict);
      if (askedFor) {
        swept(o);
      } else {
        seen(o);
      }
    }
    return verdict;
  }

  /** A kept row of any sweep. */
  void swept(Observation o) {
    seen(o);
    if (o.accValue() != null) {
      tradedValue.put(o.symbol(), o.accValue());
    }
    if (o.halted()) {
      halted.add(o.symbol());
    } else {
      halted.remove(o.symbol());
    }
  }

  /** Anything else that was kept: triggers see all that is known. */
  void seen(Observation o) {
    triggers.see(o);
  }

  /** Something kept us from listening: what traded meanwhile comes at once and is no surge. */
  void interrupted(Instant at) {
    triggers.interrupted(at);
  }

  /** Whether it is in the universe and not halted, as far as is known. */
  boolean trading(String symbol, Days days) {
    return days.members().limits(symbol) != null && !halted.contains(symbol);
  }

  /** The state that a candidate sweep found last; null for none. */
  @Nullable Latest latest(String symbol) {
    return latest.get(symbol);
  }

  /**
   * Every symbol that scored, each once, in no order.
   *
   * @param standing how many of the most traded are candidates without any trigger
   */
  List<Interest> candidates(Instant at, Days days, int standing) {
    // Before half of the universe was swept, yesterday's values are the better guide.
    boolean known = 2 * tradedValue.size() >= days.members().symbols().size();
    Map<String, Interest> all = new HashMap<>();
    for (Interest one :
        StandingInterest.ofMostTraded(
            known ? tradedValue : days.members().firstInterest(), standing)) {
      all.put(one.symbol(), one);
    }
    for (Interest fired : triggers.evaluate(at)) {
      all.put(fired.symbol(), fired);
    }
    return new ArrayList<>(all.values());
  }
}
