package io.stockobserver.recorder;

import io.stockobserver.evidence.Event;
import io.stockobserver.track.SampleGrid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a minute should have brought and what it did: scalp lines due and written, frames kept and
 * shed. A function of the tape; owned by the recorder's lock.
 */
final class MinuteTally {
  private final Rulebook rules;
  private final Counters counters;
  private @Nullable Instant reached;
  private long expected;
  private long lines;
  private long frames;
  private long shed;

  MinuteTally(Rulebook rules, Counters counters) {
    this.rules = rules;
    this.counters = counters;
  }

  /** A session begins; the counters begin anew with it. */
  void begin(Instant at) {
    reached = at;
    expected = 0;
    lines = 0;
    frames = 0;
    shed = 0;
  }

  /**
   * Counts what was due until now, with the slots and the level as they have been so far. Asked
   * before either changes. A sample that may yet come is not due.
   */
  void until(Instant at, Days days, ScalpTrack scalp, int level) {
    Instant last = scalp.lastSample();
    SampleGrid grid = rules.now().samples();
    // The next one is missing when its own successor is due.
    boolean mayCome = last != null && last.plus(grid.every(level).multipliedBy(2)).isAfter(at);
    Instant to = mayCome ? last.plusNanos(1) : at;
    Instant from = reached;
    if (from == null || !to.isAfter(from)) {
      return; // what a clock that stepped back repeats is not due twice
    }
    reached = to;
    if (days.today().open()) {
      Instant opens = rules.now().scalpWindow().start(days.today());
      Instant closes = rules.now().scalpWindow().end(days.today());
      expected +=
          scalp.board().wanted().size()
              * grid.count(
                  from.isBefore(opens) ? opens : from,
                  to.isAfter(closes) ? closes : to,
                  days.today(),
                  level);
    }
  }

  /** Adds the minute's figures and begins another minute. */
  void tell(Event event) {
    long written = counters.scalpLines - lines;
    long heard = counters.frames - frames;
    long dropped = counters.shed - shed;
    event
        .with("scalp_expected", expected)
        .with("scalp_recorded", written)
        .with("scalp_recorded_percent", percent(written, expected))
        .with("drop_percent", percent(dropped, heard + dropped));
    expected = 0;
    lines = counters.scalpLines;
    frames = counters.frames;
    shed = counters.shed;
  }

  /** To two decimals; null of nothing. */
  static @Nullable Double percent(long part, long whole) {
    return whole == 0 ? null : Math.round(10_000.0 * part / whole) / 100.0;
  }
}
