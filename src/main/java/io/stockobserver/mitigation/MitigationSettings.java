package io.stockobserver.mitigation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * When a level begins and ends, and what it means for the files ({@code mitigation.*}).
 *
 * @param thresholds of every condition
 * @param every how often the load is read; one reading speaks for twice that at most
 * @param sustained how long a threshold must be reached without a break
 * @param recoverShare the share of the level's thresholds below which all must stay, 0 to 1
 * @param recover how long they must stay there
 * @param segments how long scalp segments last at levels 0, 1 and 2
 */
public record MitigationSettings(
    Map<Condition, Thresholds> thresholds,
    Duration every,
    Duration sustained,
    double recoverShare,
    Duration recover,
    List<Duration> segments) {
  /** Refuses a condition without thresholds, and spans that are none. */
  public MitigationSettings {
    thresholds = Map.copyOf(thresholds);
    segments = List.copyOf(segments);
    if (thresholds.size() != Condition.values().length
        || segments.size() != Mitigation.HIGHEST_LEVEL + 1
        || !(recoverShare > 0 && recoverShare <= 1)
        || every.compareTo(Duration.ZERO) <= 0
        || sustained.isNegative()
        || recover.isNegative()) {
      throw new IllegalArgumentException(
          "not every condition has thresholds, or a span or share is none");
    }
  }

  double threshold(Condition condition, int level) {
    return thresholds.get(condition).of(level);
  }

  /** Below this a condition no longer calls for the level. */
  double recovered(Condition condition, int level) {
    return threshold(condition, level) * recoverShare;
  }
}
