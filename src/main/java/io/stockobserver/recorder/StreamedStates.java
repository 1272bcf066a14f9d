package io.stockobserver.recorder;

import io.stockobserver.observe.Latest;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Observation.Part;
import io.stockobserver.observe.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of each slot as the stream tells it, and where nothing was streamed yet what the
 * sweeps found. Knows whose next line spans a gap. Owned by the recorder's lock.
 */
final class StreamedStates {
  private final SwingTrack swing;
  private final CandidateMonitor candidates;
  private final Map<String, Latest> latest = new HashMap<>();
  private final Set<String> afterGap = new HashSet<>();

  StreamedStates(SwingTrack swing, CandidateMonitor candidates) {
    this.swing = swing;
    this.candidates = candidates;
  }

  void newDay() {
    latest.clear();
    afterGap.clear();
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
  }

  /** Null where nothing was streamed yet. */
  @Nullable Latest of(String symbol) {
    return latest.get(symbol);
  }

  /** Whether something was streamed on the connection that stands. */
  boolean fresh(String symbol) {
    Latest own = latest.get(symbol);
    return own != null && own.fresh();
  }

  /** The later of what the swing sweep and the candidate sweep found. */
  @Nullable Observation lastSwept(String symbol) {
    Latest slow = swing.latest(symbol);
    Latest quick = candidates.latest(symbol);
    Observation a = slow == null ? null : slow.state();
    Observation b = quick == null ? null : quick.state();
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.source().seq() > b.source().seq() ? a : b;
  }

  /** It has no place any more. */
  void forget(String symbol) {
    latest.remove(symbol);
    afterGap.remove(symbol);
  }

  /** The connection is lost: what is known is old, of those who had a place too. */
  void interrupted(Set<String> had) {
    latest.values().forEach(Latest::interrupted);
    afterGap.addAll(had);
    passedOver();
  }

  /** Instants or messages were passed over: every next line's volume spans them. */
  void passedOver() {
    afterGap.addAll(latest.keySet());
  }

  /** Whether its next line spans a gap; asking clears it. */
  boolean takeAfterGap(String symbol) {
    return afterGap.remove(symbol);
  }
}
