package io.stockobserver.mitigation;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The level of one venue: reads the load when a beat comes, and tells every recorder of each
 * change. A session begins at level 0 with nothing fixed. Thread-safe: one change after the other;
 * whoever brings one waits until it is on the tape, whoever asks never waits.
 */
public final class Mitigation {
  /** 0 is 2 Hz, 1 is 1 Hz, 2 is 0.5 Hz. */
  public static final int HIGHEST_LEVEL = 2;

  private final MitigationPolicy policy;
  private final Supplier<Load> probe;
  private final InstantSource clock;
  private final List<Consumer<LevelChange>> recorders;
  private volatile Load load = Load.UNKNOWN;
  private volatile int level;
  private volatile boolean auto = true;

  /**
   * At level 0.
   *
   * @param probe read once a beat
   * @param clock the market's
   * @param recorders put a change on their tapes
   */
  public Mitigation(
      MitigationSettings settings,
      Supplier<Load> probe,
      InstantSource clock,
      List<Consumer<LevelChange>> recorders) {
    this.policy = new MitigationPolicy(settings);
    this.probe = probe;
    this.clock = clock;
    this.recorders = List.copyOf(recorders);
  }

  /** Other thresholds from now on, and other files from the next change of the level. */
  public synchronized void turn(MitigationSettings other) {
    policy.turn(other);
  }

  /** A beat: reads the load and acts on it. */
  public synchronized void weigh() {
    Load now = probe.get();
    load = now;
    tell(policy.weigh(clock.instant(), now));
  }

  /**
   * Fixes the level until {@link #auto}.
   *
   * @param actor who says so, for the evidence
   * @param reason why
   * @throws IllegalArgumentException for a level that is none, or without actor or reason
   */
  public synchronized void override(int to, String actor, String reason) {
    if (to < 0 || to > HIGHEST_LEVEL) {
      throw new IllegalArgumentException("a level is 0 to " + HIGHEST_LEVEL + ", not " + to);
    }
    check(actor, reason);
    tell(policy.override(to, actor, reason));
  }

  /**
   * Gives a fixed level back to the load.
   *
   * @throws IllegalArgumentException without actor or reason
   */
  public synchronized void auto(String actor, String reason) {
    check(actor, reason);
    tell(policy.auto(actor, reason));
  }

  private static void check(String actor, String reason) {
    if (actor.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException("an operator's act needs an actor and a reason");
    }
  }

  private void tell(@Nullable LevelChange change) {
    level = policy.level();
    auto = policy.isAuto();
    if (change != null) {
      recorders.forEach(recorder -> recorder.accept(change));
    }
  }

  public int level() {
    return level;
  }

  /** Whether the load decides; false while an operator has fixed the level. */
  public boolean isAuto() {
    return auto;
  }

  /** As it was read last. */
  public Load load() {
    return load;
  }
}
