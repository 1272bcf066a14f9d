package io.stockobserver.slot;

import io.stockobserver.track.Interest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The interest that a symbol has without any trigger: its traded value. It fills the places that
 * triggers leave free, so every score of it is below that of any trigger.
 */
public final class StandingInterest {
  /** Where the triggers' scores begin; those of standing interest end below it. */
  public static final double CEILING = 0.1;

  /** The word in events and decisions. */
  public static final String TRIGGER = "traded_value";

  private static final double HIGHEST = CEILING - 0.0001;

  private StandingInterest() {}

  /**
   * The {@code count} most traded, best first; ties go to the smaller symbol. The score falls
   * evenly with the rank.
   */
  public static List<Interest> ofMostTraded(Map<String, BigDecimal> tradedValue, int count) {
    List<Traded> best = best(tradedValue, count);
    Collections.sort(best);
    List<Interest> ranked = new ArrayList<>(best.size());
    for (int rank = 1; rank <= best.size(); rank++) {
      double score = HIGHEST * (count - rank + 1) / count;
      ranked.add(new Interest(best.get(rank - 1).symbol(), score, TRIGGER));
    }
    return ranked;
  }

  /** The best of them, in no order. */
  private static List<Traded> best(Map<String, BigDecimal> tradedValue, int count) {
    if (tradedValue.size() <= count) {
      List<Traded> all = new ArrayList<>(tradedValue.size());
      tradedValue.forEach((symbol, value) -> all.add(Traded.of(symbol, value)));
      return all;
    }
    PriorityQueue<Traded> best = new PriorityQueue<>(count + 1, Collections.reverseOrder());
    tradedValue.forEach(
        (symbol, value) -> {
          Traded one = Traded.of(symbol, value);
          if (best.size() < count || one.compareTo(best.element()) < 0) {
            best.add(one);
          }
          if (best.size() > count) {
            best.remove();
          }
        });
    return new ArrayList<>(best);
  }

  /**
   * One of them, in the order of the most traded. Whole units are compared first: that is as good,
   * and a tenth of what two long decimals cost.
   */
  private record Traded(String symbol, BigDecimal value, long units) implements Comparable<Traded> {
    private static final int DIGITS_OF_LONG = 18;

    static Traded of(String symbol, BigDecimal value) {
      boolean fits = value.precision() - value.scale() <= DIGITS_OF_LONG;
      return new Traded(
          symbol,
          value,
          fits ? value.longValue() : value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }

    @Override
    public int compareTo(Traded other) {
      int byUnits = Long.compare(other.units, units);
      int byValue = byUnits != 0 ? byUnits : other.value.compareTo(value);
      return byValue != 0 ? byValue : symbol.compareTo(other.symbol);
    }
  }
}
