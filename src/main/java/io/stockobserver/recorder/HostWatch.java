package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.market.TradingDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pause of the host and a step of its clock leave in the archive: an event for a step, and
 * one gap marker for what was passed over, from the last sample before to the first after. Owned by
 * the recorder's lock.
 */
final class HostWatch {
  static final String PAUSE = "host_pause";
  static final String STEP = "clock_step";

  /** A sample further from the pulse than this says nothing about it. */
  private static final Duration NEAR = Duration.ofSeconds(3);

  private static final int REMEMBERED = 100;

  private final Rulebook rules;
  private final Journal journal;
  private final FeedWatch feed;
  private final ScalpTrack scalp;
  private final List<Stretch> known = new ArrayList<>();
  private @Nullable Stretch untold;

  private record Stretch(Instant start, Instant end, String reason) {
    boolean holds(Instant at) {
      return !at.isBefore(start) && !at.isAfter(end);
    }
  }

  HostWatch(Rulebook rules, Journal journal, FeedWatch feed, ScalpTrack scalp) {
    this.rules = rules;
    this.journal = journal;
    this.feed = feed;
    this.scalp = scalp;
  }

  void begin() {
    known.clear();
    untold = null;
  }

  void pulsed(JsonNode note, Instant at, Days days) {
    finish(at, days);
    Instant from = Notes.instant(note, "from");
    Instant after = Notes.instant(note, "to");
    Instant before = after.minusMillis(note.path("step_ms").asLong());
    boolean paused = note.path("paused").asBoolean();
    Instant start = lastSampled(from);
    if (paused) {
      passedOver(new Stretch(start, before, PAUSE));
      start = before;
    }
    if (!before.equals(after)) {
      finish(at, days);
      journal.event(
          Event.of("clock_step", at)
              .with("before", before)
              .with("after", after)
              .with("step_ms", Duration.between(before, after).toMillis()));
      feed.stepped(before, after, at, days);
      scalp.stepped(before, after, at, days);
      if (after.isAfter(before)) {
        passedOver(new Stretch(start, after, STEP));
      }
    }
  }

  private Instant lastSampled(Instant from) {
    Instant sampled = scalp.lastSample();
    boolean near = sampled != null && !sampled.isAfter(from) && sampled.plus(NEAR).isAfter(from);
    return near && sampled != null ? sampled : from;
  }

  private void passedOver(Stretch stretch) {
    untold = stretch;
    if (known.size() == REMEMBERED) {
      known.remove(0);
    }
    known.add(stretch);
    scalp.passedOver(stretch.end());
    scalp.samples().explained(stretch.start());
  }

  /**
   * The first sample after it ends it. One just before the end that has not a line of every slot is
   * of the stretch still, because what else is missed is told from the end on.
   */
  void sampled(Instant grid, Instant at, Days days) {
    Stretch s = untold;
    if (s != null) {
      boolean near = !grid.isBefore(s.start()) && !grid.isAfter(s.end().plus(NEAR));
      boolean lined = grid.isAfter(s.end()) || (feed.open() && !scalp.awaits());
      tell(near && lined ? new Stretch(s.start(), grid, s.reason()) : s, at, days);
      untold = null;
    }
  }

  /** A day ends: each gets its own part. */
  void endDay(Instant at, Days days) {
    if (untold != null) {
      tell(untold, at, days);
    }
  }

  /** No sample will end it. */
  void finish(Instant at, Days days) {
    endDay(at, days);
    untold = null;
  }

  /** One marker for both tracks, of what lies in the window of either. */
  private void tell(Stretch s, Instant at, Days days) {
    TradingDay today = days.today();
    if (!today.open() || s.end().isBefore(s.start())) {
      return;
    }
    Instant opens = rules.now().sweeps().window().start(today);
    Instant scalpStart = rules.scalpStart(today);
    Instant closing = today.closes().plus(rules.now().sweeps().closing());
    Instant scalpEnd = rules.scalpEnd(today);
    journal.gap(
        new GapMarker(s.start(), s.end(), "all", s.reason(), null, null)
            .clip(
                opens.isBefore(scalpStart) ? opens : scalpStart,
                closing.isAfter(scalpEnd) ? closing : scalpEnd),
        at);
  }

  /** Why a sweep never was, if the host is to blame; else the reason that was given. */
  String reasonOf(Instant sweep, String otherwise) {
    for (Stretch stretch : known) {
      if (stretch.holds(sweep)) {
        return stretch.reason();
      }
    }
    return otherwise;
  }
}
