package io.stockobserver.trigger;

import io.stockobserver.observe.Observation;
import io.stockobserver.track.Interest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches every symbol and says which deserve a closer look. A pure function of what it is told and
 * in which order: it asks no clock. Not thread-safe: whoever reads the tape owns it.
 *
 * <p>About 0.8 kB a symbol with a baseline of 20 windows; {@value #MOST_SYMBOLS} symbols at most,
 * others are passed over: a universe has a few thousand. An operator's pin is above all triggers
 * and no measurement: the slot planner knows it.
 */
public final class TriggerEngine {
  /** No universe has so many; a venue that makes up names shall not fill the memory. */
  static final int MOST_SYMBOLS = 20_000;

  private static final Comparator<Interest> ORDER =
      Comparator.comparingDouble(Interest::score).reversed().thenComparing(Interest::symbol);

  private TriggerSettings settings;
  private Trigger[] byPriority;
  private final Map<String, Rolling> symbols = new HashMap<>();
  private long brokenAt = Long.MIN_VALUE;

  /** An engine that has seen nothing. */
  public TriggerEngine(TriggerSettings settings) {
    this.settings = settings;
    byPriority = triggers(settings);
  }

  private static Trigger[] triggers(TriggerSettings settings) {
    return new Trigger[] {
      new VolumeSurge(settings),
      new TradeVelocity(settings),
      new VolatilitySpike(settings),
      new PriceSpike(settings)
    };
  }

  /**
   * Judges by others from now on. What was seen is kept, unless window or baseline are others: it
   * was gathered by those, and what is usual has to be learnt anew.
   */
  public void turn(TriggerSettings other) {
    if (!other.window().equals(settings.window())
        || !other.baseline().equals(settings.baseline())) {
      symbols.clear();
    }
    settings = other;
    byPriority = triggers(other);
  }

  /**
   * Takes a kept observation, whatever its source, as of when it was heard. One that tells of a
   * trade counts as streamed, any other as a row that was asked for.
   */
  public void see(Observation o) {
    long heardAt = o.source().heardAt().toEpochMilli();
    Rolling rolling = symbols.get(o.symbol());
    if (rolling == null && symbols.size() >= MOST_SYMBOLS) {
      return;
    }
    if (rolling == null || rolling.isAheadOf(heardAt)) {
      rolling = new Rolling(settings);
      symbols.put(o.symbol(), rolling);
    }
    rolling.see(o, heardAt, brokenAt);
  }

  /**
   * Every symbol for which a trigger fires, with the first that does in the order of priority; best
   * first, ties by symbol.
   *
   * @param now the end of the window, in market time
   */
  public List<Interest> evaluate(Instant now) {
    long millis = now.toEpochMilli();
    List<Interest> fired = new ArrayList<>();
    for (Map.Entry<String, Rolling> one : symbols.entrySet()) {
      Interest interest = interest(one.getKey(), one.getValue(), millis);
      if (interest != null) {
        fired.add(interest);
      }
    }
    fired.sort(ORDER);
    return fired;
  }

  private @Nullable Interest interest(String symbol, Rolling rolling, long now) {
    if (rolling.halted()) {
      return null;
    }
    Picture picture = rolling.picture(now);
    for (Trigger trigger : byPriority) {
      double excess = trigger.excess(picture);
      if (excess >= 1) {
        return new Interest(symbol, trigger.band().score(excess), trigger.band().word());
      }
    }
    return null;
  }

  /**
   * Something kept us from listening: the feed was lost, the host paused, the clock was set. What
   * traded meanwhile arrives at once in the next accumulated volume, and when it traded nobody
   * knows: it is ignored, and the time until each source's next word counts as not seen, in the
   * window and in the baseline. Prices stay: a move within the window is one.
   *
   * @param at what was heard until then, this instant included, is not reckoned from any more
   */
  public void interrupted(Instant at) {
    brokenAt = at.toEpochMilli();
  }

  /** Another day or session: nothing that was seen counts any more. */
  public void forget() {
    symbols.clear();
    brokenAt = Long.MIN_VALUE;
  }

  /** How many symbols are remembered. */
  public int size() {
    return symbols.size();
  }
}
