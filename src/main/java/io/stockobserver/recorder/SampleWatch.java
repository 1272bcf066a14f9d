package io.stockobserver.recorder;

import io.stockobserver.evidence.GapMarker;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether every instant of the sample grid came, and what a hole in it leaves in the archive: one
 * gap marker from the last sample before it to the first after it. Owned by the recorder's lock.
 */
final class SampleWatch {
  static final String DISK_FULL = "disk_full";
  static final String OVERLOAD = "overload";
  static final String STOPPED = "stopped";
  static final String OPERATOR = "operator";

  private final Journal journal;
  private final Rulebook rules;

  /** Up to here every instant was sampled, or is explained by others; null without a feed. */
  private @Nullable Instant covered;

  /** Whether nothing was sampled since samples are due: then {@code covered} is no sample's. */
  private boolean opened;

  private Duration step;
  private @Nullable Cause cause;

  /** An operator keeps us from sampling, or did between two instants. */
  private @Nullable Cause halt;

  /** Since when an operator's gap is told as begun that no marker has ended yet. */
  private @Nullable Instant owed;

  private boolean stopping;
  private @Nullable Instant explainedFrom;

  /**
   * Why nothing could be recorded for a while.
   *
   * @param reason as a gap marker has it
   */
  record Cause(Instant from, Instant to, String reason, @Nullable String detail) {
    boolean touches(Instant start, Instant end) {
      return from.isBefore(end) && to.isAfter(start);
    }

    private boolean longerThan(Cause other) {
      return Duration.between(from, to).compareTo(Duration.between(other.from, other.to)) > 0;
    }
  }

  SampleWatch(Rulebook rules, Journal journal) {
    this.rules = rules;
    this.journal = journal;
    this.step = rules.now().scalpEvery();
  }

  /** A session begins. */
  void begin() {
    covered = null;
    cause = null;
    halt = null;
    owed = null;
    stopping = false;
    explainedFrom = null;
    step = step();
  }

  /** Another level holds: of two in a row between samples, the slower one counts too. */
  void levelled() {
    Duration now = step();
    step = now.compareTo(step) > 0 ? now : step;
  }

  /** From here on samples are due, unless they already were. */
  void due(Instant at) {
    if (covered == null) {
      covered = at;
      opened = true;
      if (halted()) {
        began(at, at);
      }
    }
  }

  /**
   * We stop: what is missed from now on, nobody failed to record. It is told at once, because a
   * process can be killed while it ends.
   */
  void stopping(Instant at, Days days) {
    Instant last = covered;
    if (last != null && Duration.between(last, at).compareTo(step.multipliedBy(2)) > 0) {
      boolean ignored = tell(at, step, at, days);
      last = at;
      covered = at;
    }
    stopping = true;
    if (last != null && rules.inScalp(days.today(), at)) {
      journal.event(GapMarker.began(at, last, "scalp", STOPPED, null));
    }
  }

  /** The feed is gone. While we stop, what follows is told at the very end. */
  void lost(Instant at, Days days) {
    if (!stopping) {
      over(at, days);
    }
  }

  /** What is missed from here to the next sample has a marker already, or gets one elsewhere. */
  void explained(Instant from) {
    explainedFrom = explainedFrom == null || from.isBefore(explainedFrom) ? from : explainedFrom;
  }

  /** The clock was set; what was missed until then is known by its own marker. */
  void stepped(Instant after) {
    covered = covered == null ? null : after;
  }

  /** Something is known that explains a hole; of several the longest is told. */
  void because(Cause known) {
    Cause had = cause;
    boolean old = had == null || covered == null || !had.to().isAfter(covered);
    if (old || known.longerThan(had)) {
      cause = known;
    }
  }

  /**
   * An operator stops the samples, or lets them come again. Told at once, as somebody may ask;
   * while the feed is gone, that it is gone is what keeps us from sampling.
   */
  void halt(boolean halted, Instant at) {
    Cause had = halt;
    if (halted) {
      Instant from = covered == null ? at : covered;
      halt = new Cause(from, Instant.MAX, OPERATOR, null);
      if (covered != null) {
        began(at, from);
      }
    } else if (had != null) {
      halt = new Cause(had.from(), at, OPERATOR, null);
    }
  }

  private void began(Instant at, Instant from) {
    journal.event(GapMarker.began(at, from, "scalp", OPERATOR, null));
    owed = from;
  }

  /** Nothing was missed of what an operator halted: that it is over is told all the same. */
  private void settle(Instant at) {
    Instant from = owed;
    if (from != null && !at.isBefore(from)) {
      journal.event(new GapMarker(from, at, "scalp", OPERATOR, null, null).event(at));
    }
    owed = null;
  }

  private boolean halted() {
    return halt != null && halt.to().equals(Instant.MAX);
  }

  /** What kept us from recording between two instants; overload where nothing else is known. */
  String reason(Instant from, Instant to) {
    Cause known = cause;
    return known != null && known.touches(from, to) ? known.reason() : OVERLOAD;
  }

  /** An instant was sampled; true if instants before it were missed. */
  boolean sampled(Instant grid, Instant at, Days days) {
    Duration now = step();
    Duration longest = now.compareTo(step) > 0 ? now : step;
    step = now;
    boolean missed = tell(grid, longest, at, days);
    covered = grid;
    opened = false;
    if (!halted()) {
      settle(at);
    }
    return missed;
  }

  /** No sample is due any more: the session or the day ends. */
  void over(Instant at, Days days) {
    boolean ignored = tell(at, step, at, days);
    covered = null;
    settle(at);
  }

  private boolean tell(Instant until, Duration longest, Instant at, Days days) {
    Instant others = explainedFrom;
    explainedFrom = null;
    Instant end = others != null && others.isBefore(until) ? others : until;
    if (covered == null || !covered.isBefore(end)) {
      return false;
    }
    Instant last = covered;
    Cause known = touching(halt, last, end);
    known = known != null ? known : touching(cause, last, end);
    GapMarker gap =
        rules.clip(
            new GapMarker(
                last,
                end,
                "scalp",
                known != null ? known.reason() : stopping ? STOPPED : OVERLOAD,
                known == null ? null : known.detail(),
                null),
            days.today());
    if (gap == null || !missed(gap, longest, days)) {
      return false;
    }
    journal.gap(gap, at);
    owed = known != null && known.equals(halt) ? null : owed;
    return true;
  }

  private boolean missed(GapMarker gap, Duration longest, Days days) {
    if (rules.turned(gap.start(), gap.end())) {
      return rules.passes(gap.start(), gap.end(), days.today(), journal.level());
    }
    // A feed that opened between two instants owes the next one, however soon that is.
    return opened
        ? rules.now().samples().passes(gap.start(), gap.end(), days.today(), longest)
        : Duration.between(gap.start(), gap.end()).compareTo(longest) > 0;
  }

  private static @Nullable Cause touching(@Nullable Cause known, Instant start, Instant end) {
    return known != null && known.touches(start, end) ? known : null;
  }

  private Duration step() {
    return rules.now().samples().every(journal.level());
  }
}
