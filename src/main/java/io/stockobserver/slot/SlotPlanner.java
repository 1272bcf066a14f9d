package io.stockobserver.slot;

import io.stockobserver.track.Interest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who should sit in the places, round by round: pins first, then whoever has not yet stayed for the
 * least stay, then the highest scores, where the seated have a margin so that nobody flaps. It
 * remembers who was given a place and when, and asks no clock: the same rounds lead to the same
 * plans. Not thread-safe.
 */
public final class SlotPlanner {
  /** Out of a seat because trading in it is halted, or it is no longer in the universe. */
  public static final String NOT_TRADING = "not_trading";

  /** Out because an operator wants it out. */
  public static final String OPERATOR = "operator";

  /** Out because others scored higher. */
  public static final String OUTRANKED = "outranked";

  /** The trigger of whoever is pinned: above all others. */
  public static final String MANUAL = "manual_override";

  private static final String NOTHING_FIRED = "none";
  private static final Comparator<Interest> ORDER =
      Comparator.comparingDouble(Interest::score).reversed().thenComparing(Interest::symbol);

  private SlotRules rules;
  private final Map<String, Instant> seated = new LinkedHashMap<>();
  private final Map<String, Instant> leftAt = new HashMap<>();
  private final Set<String> pinned = new LinkedHashSet<>();
  private final Set<String> excluded = new LinkedHashSet<>();

  public SlotPlanner(SlotRules rules) {
    this.rules = rules;
  }

  /** A new day or session: nobody sits anywhere. What an operator has said of symbols ends too. */
  public void forget() {
    seated.clear();
    leftAt.clear();
    pinned.clear();
    excluded.clear();
  }

  /**
   * From the next round on by these rules. Where there are fewer places, whoever is least
   * interesting leaves, pins last, also before its least stay.
   */
  public void turn(SlotRules other) {
    rules = other;
  }

  /** The clock was set: what counts is how long somebody has sat, or been gone. */
  public void stepped(Duration step) {
    seated.replaceAll((symbol, since) -> since.plus(step));
    leftAt.replaceAll((symbol, since) -> since.plus(step));
  }

  /** From the next round on it has a place, whatever it scores; ends an exclusion. */
  public void pin(String symbol) {
    excluded.remove(symbol);
    pinned.add(symbol);
  }

  /** It is one among others again, neither pinned nor excluded. */
  public void release(String symbol) {
    pinned.remove(symbol);
    excluded.remove(symbol);
  }

  /** From the next round on it has no place, whatever it scores; ends a pin. */
  public void exclude(String symbol) {
    pinned.remove(symbol);
    excluded.add(symbol);
  }

  /** Who is pinned, in the order of pinning. */
  public Set<String> pinned() {
    return new LinkedHashSet<>(pinned);
  }

  /** Who is excluded. */
  public Set<String> excluded() {
    return new LinkedHashSet<>(excluded);
  }

  /**
   * One planning round.
   *
   * @param scored every candidate that scored, each symbol once
   * @param trading whether a symbol trades now; whoever does not gets no place and no decision
   * @param refused whether the venue has refused a symbol a short while ago
   */
  public SlotPlan plan(
      Instant now,
      Collection<Interest> scored,
      Predicate<String> trading,
      Predicate<String> refused) {
    Map<String, Interest> interests = interests(scored, trading);
    List<Interest> ranked = interests.values().stream().sorted(ORDER).toList();
    Set<String> wanted = new LinkedHashSet<>();
    take(wanted, pinned, trading);
    List<Interest> sitting = new ArrayList<>();
    List<Interest> challengers = new ArrayList<>(ranked.size());
    for (Interest one : ranked) {
      (seated.containsKey(one.symbol()) ? sitting : challengers).add(one);
    }
    take(wanted, symbols(sitting), symbol -> mustStay(symbol, now));
    take(
        wanted,
        byChance(sitting, challengers),
        symbol -> seated.containsKey(symbol) || !cooling(symbol, now) && !refused.test(symbol));

    List<Decision> decisions = new ArrayList<>();
    for (Interest one : ranked) {
      if (!wanted.contains(one.symbol())) {
        decisions.add(new Decision(one, reason(one, now, refused)));
      }
    }
    return new SlotPlan(
        wanted.stream().map(interests::get).toList(), change(wanted, now, trading), decisions);
  }

  /** Of all who trade; the seated for whom nothing fired are there with a score of nothing. */
  private Map<String, Interest> interests(Collection<Interest> scored, Predicate<String> trading) {
    Map<String, Interest> all = new HashMap<>();
    scored.forEach(one -> all.put(one.symbol(), one));
    seated.keySet().forEach(s -> all.putIfAbsent(s, new Interest(s, 0, NOTHING_FIRED)));
    pinned.forEach(s -> all.put(s, new Interest(s, 1, MANUAL)));
    all.keySet().removeIf(symbol -> !trading.test(symbol));
    return all;
  }

  /** In the order in which places are given away: the seated are ahead by the margin. */
  private List<String> byChance(List<Interest> sitting, List<Interest> challengers) {
    List<String> merged = new ArrayList<>(sitting.size() + challengers.size());
    int next = 0;
    for (Interest one : challengers) {
      while (next < sitting.size() && sitting.get(next).score() + rules.margin() >= one.score()) {
        merged.add(sitting.get(next++).symbol());
      }
      merged.add(one.symbol());
    }
    merged.addAll(symbols(sitting.subList(next, sitting.size())));
    return merged;
  }

  private static List<String> symbols(List<Interest> interests) {
    return interests.stream().map(Interest::symbol).toList();
  }

  private void take(Set<String> wanted, Collection<String> symbols, Predicate<String> may) {
    for (String symbol : symbols) {
      if (wanted.size() < rules.places() && !excluded.contains(symbol) && may.test(symbol)) {
        wanted.add(symbol);
      }
    }
  }

  private boolean mustStay(String symbol, Instant now) {
    Instant since = seated.get(symbol);
    return since != null && now.isBefore(since.plus(rules.minStay()));
  }

  private boolean cooling(String symbol, Instant now) {
    Instant left = leftAt.get(symbol);
    return left != null && now.isBefore(left.plus(rules.cooldown()));
  }

  private Decision.Reason reason(Interest one, Instant now, Predicate<String> refused) {
    String symbol = one.symbol();
    if (excluded.contains(symbol)) {
      return Decision.Reason.MANUAL_EXCLUDE;
    }
    if (cooling(symbol, now) || refused.test(symbol)) {
      return Decision.Reason.COOLDOWN;
    }
    return one.score() < StandingInterest.CEILING
        ? Decision.Reason.LOW_SCORE
        : Decision.Reason.SLOT_FULL;
  }

  /** Seats the wanted; who had to go, and why. */
  private Map<String, String> change(Set<String> wanted, Instant now, Predicate<String> trading) {
    Map<String, String> gone = new TreeMap<>();
    for (String symbol : List.copyOf(seated.keySet())) {
      if (!wanted.contains(symbol)) {
        boolean outranked = trading.test(symbol) && !excluded.contains(symbol);
        gone.put(
            symbol, outranked ? OUTRANKED : excluded.contains(symbol) ? OPERATOR : NOT_TRADING);
        seated.remove(symbol);
        if (outranked) {
          leftAt.put(symbol, now);
        }
      }
    }
    wanted.forEach(symbol -> seated.putIfAbsent(symbol, now));
    leftAt.values().removeIf(left -> !now.isBefore(left.plus(rules.cooldown())));
    return gone;
  }
}
