package io.stockobserver.slot;

import io.stockobserver.track.Interest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
  private static final Comparator<Map.Entry<String, BigDecimal>> WORST_FIRST =
      Map.Entry.<String, BigDecimal>comparingByValue()
          .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));

  private StandingInterest() {}

  /**
   * The {@code count} most traded, best first; ties go to the smaller symbol. The score falls
   * evenly with the rank.
   */
  public static List<Interest> ofMostTraded(Map<String, BigDecimal> tradedValue, int count) {
    PriorityQueue<Map.Entry<String, BigDecimal>> best = new PriorityQueue<>(count + 1, WORST_FIRST);
    for (Map.Entry<String, BigDecimal> one : tradedValue.entrySet()) {
      if (best.size() < count || WORST_FIRST.compare(one, best.peek()) > 0) {
        best.add(one);
      }
      if (best.size() > count) {
        best.poll();
      }
    }
    List<Interest> ranked = new ArrayList<>();
    for (int rank = best.size(); rank > 0; rank--) {
      double score = HIGHEST * (count - rank + 1) / count;
      ranked.add(new Interest(best.remove().getKey(), score, TRIGGER));
    }
    Collections.reverse(ranked);
    return ranked;
  }
}
