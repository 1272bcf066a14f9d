package io.stockobserver.mitigation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the level changes (founding document §2.10). Up: one condition has been at a level's
 * threshold for {@code sustained} without a break, whatever the others do; straight to level 2
 * where that is its threshold. Down: every known condition has been below its share of the running
 * level's threshold for {@code recover}; one level at a time. What is unknown is neither.
 *
 * <p>Only time between readings counts, and of that twice the interval of readings at most: a clock
 * that steps, or a process that slept, decides nothing. Pure but for its own state; not
 * thread-safe.
 */
final class MitigationPolicy {
  private static final String OBSERVER = "observer";
  private static final String OPERATOR = "operator";

  private MitigationSettings settings;
  private Duration longestStep;
  private final Map<Condition, Runs> over = new EnumMap<>(Condition.class);
  private @Nullable Duration below;
  private @Nullable Instant last;

  /** What the load calls for, also while an operator has fixed another level. */
  private int called;

  private @Nullable Integer fixed;

  /** For how long each level's threshold has been reached; null while it is not. */
  private static final class Runs {
    private final @Nullable Duration[] ofLevel = new Duration[Mitigation.HIGHEST_LEVEL + 1];
  }

  MitigationPolicy(MitigationSettings settings) {
    this.settings = settings;
    this.longestStep = settings.every().multipliedBy(2);
    for (Condition condition : Condition.values()) {
      over.put(condition, new Runs());
    }
  }

  /** By these from now on; for how long a threshold has been reached is counted anew. */
  void turn(MitigationSettings other) {
    settings = other;
    longestStep = other.every().multipliedBy(2);
    over.values().forEach(runs -> Arrays.fill(runs.ofLevel, null));
    below = null;
  }

  int level() {
    return fixed == null ? called : fixed;
  }

  boolean isAuto() {
    return fixed == null;
  }

  /** Takes one reading; null when the level stays. */
  @Nullable LevelChange weigh(Instant at, Load load) {
    Duration step = step(at);
    for (Condition condition : Condition.values()) {
      Double value = load.of(condition);
      @Nullable Duration[] runs = over.get(condition).ofLevel;
      for (int level = 1; level < runs.length; level++) {
        boolean reached = value != null && value >= settings.threshold(condition, level);
        runs[level] = reached ? longer(runs[level], step) : null;
      }
    }
    below = isBelow(load) ? longer(below, step) : null;
    LevelChange change = up(load);
    if (change == null) {
      change = down(load);
    }
    if (change != null) {
      below = isBelow(load) ? Duration.ZERO : null;
    }
    return fixed == null ? change : null;
  }

  /** Whether nothing that is known holds the called level up. */
  private boolean isBelow(Load load) {
    for (Condition condition : Condition.values()) {
      Double value = load.of(condition);
      if (called == 0 || (value != null && value >= settings.recovered(condition, called))) {
        return false;
      }
    }
    return true;
  }

  /** How much of the market's time this reading may speak for. */
  private Duration step(Instant at) {
    Duration passed = last == null ? Duration.ZERO : Duration.between(last, at);
    last = at;
    return passed.isNegative()
        ? Duration.ZERO
        : passed.compareTo(longestStep) > 0 ? longestStep : passed;
  }

  private static Duration longer(@Nullable Duration run, Duration step) {
    return run == null ? Duration.ZERO : run.plus(step);
  }

  private @Nullable LevelChange up(Load load) {
    for (int level = Mitigation.HIGHEST_LEVEL; level > called; level--) {
      for (Condition condition : Condition.values()) {
        Duration run = over.get(condition).ofLevel[level];
        if (run != null && run.compareTo(settings.sustained()) >= 0) {
          return byLoad(
              level,
              condition,
              load.of(condition),
              settings.threshold(condition, level),
              "at its threshold for " + settings.sustained().toSeconds() + " s");
        }
      }
    }
    return null;
  }

  private @Nullable LevelChange down(Load load) {
    if (below == null || below.compareTo(settings.recover()) < 0) {
      return null;
    }
    Condition closest = closest(load);
    return byLoad(
        called - 1,
        closest,
        load.of(closest),
        settings.recovered(closest, called),
        "all below for " + settings.recover().toSeconds() + " s");
  }

  /** The one that is nearest to where it would have held the level up. */
  private Condition closest(Load load) {
    Condition closest = Condition.CPU;
    double nearest = -1;
    for (Condition condition : Condition.values()) {
      Double value = load.of(condition);
      double share = value == null ? -1 : value / settings.recovered(condition, called);
      if (share > nearest) {
        nearest = share;
        closest = condition;
      }
    }
    return closest;
  }

  private LevelChange byLoad(
      int to, Condition condition, @Nullable Double value, double threshold, String reason) {
    LevelChange change =
        new LevelChange(
            called,
            to,
            condition.word(),
            value,
            threshold,
            OBSERVER,
            reason,
            settings.segments().get(to));
    called = to;
    return change;
  }

  /** An operator fixes the level, until {@link #auto}; the load is weighed on meanwhile. */
  LevelChange override(int to, String actor, String reason) {
    int from = level();
    fixed = to;
    return byOperator(from, actor, reason);
  }

  /** An operator gives it back: the level is at once what the load calls for by now. */
  LevelChange auto(String actor, String reason) {
    int from = level();
    fixed = null;
    return byOperator(from, actor, reason);
  }

  private LevelChange byOperator(int from, String actor, String reason) {
    return new LevelChange(
        from, level(), OPERATOR, null, null, actor, reason, settings.segments().get(level()));
  }
}
