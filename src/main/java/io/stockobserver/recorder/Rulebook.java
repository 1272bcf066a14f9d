package io.stockobserver.recorder;

import io.stockobserver.evidence.GapMarker;
import io.stockobserver.market.TradingDay;
import io.stockobserver.track.SweepTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which {@link Rules} hold, and which held at an instant of today: an instant at which they change
 * is still of the old ones. Written under the recorder's lock; by anybody to read.
 */
final class Rulebook implements SweepTimes {
  /** Rules that hold for what is after {@code since}. */
  private record Chapter(Instant since, Rules rules) {}

  private volatile List<Chapter> chapters;

  Rulebook(Rules first) {
    chapters = List.of(new Chapter(Instant.MIN, first));
  }

  /** A session begins with these. */
  void begin(Rules first) {
    chapters = List.of(new Chapter(Instant.MIN, first));
  }

  /** Others hold from here on. */
  void turn(Instant since, Rules rules) {
    List<Chapter> all = new ArrayList<>(chapters);
    // A clock that was set back makes what it had told void.
    all.removeIf(chapter -> chapter.since().compareTo(since) >= 0);
    all.add(new Chapter(since, rules));
    chapters = List.copyOf(all);
  }

  /** Another day: of those before, only the last hold. */
  void newDay() {
    begin(now());
  }

  /** Those that were told last. */
  Rules now() {
    List<Chapter> all = chapters;
    return all.get(all.size() - 1).rules();
  }

  /** Those that held, or will hold, at this instant. */
  Rules at(Instant instant) {
    List<Chapter> all = chapters;
    int i = all.size() - 1;
    while (i > 0 && !all.get(i).since().isBefore(instant)) {
      i--;
    }
    return all.get(i).rules();
  }

  /** Whether a sample of this instant is inside the window of its time. */
  boolean inScalp(TradingDay day, Instant at) {
    return at(at).scalpWindow().contains(day, at);
  }

  /** From when on anything was ever due of the scalp track on this day. */
  Instant scalpStart(TradingDay day) {
    Instant start = now().scalpWindow().start(day);
    List<Chapter> all = chapters;
    for (int i = 0; i < all.size(); i++) {
      Instant from = later(all.get(i).since(), all.get(i).rules().scalpWindow().start(day));
      if (from.isBefore(end(all, i, day)) && from.isBefore(start)) {
        start = from;
      }
    }
    return start;
  }

  /** Until when anything is. */
  Instant scalpEnd(TradingDay day) {
    Instant last = now().scalpWindow().end(day);
    List<Chapter> all = chapters;
    for (int i = 0; i < all.size(); i++) {
      Instant end = end(all, i, day);
      Instant from = later(all.get(i).since(), all.get(i).rules().scalpWindow().start(day));
      if (from.isBefore(end) && end.isAfter(last)) {
        last = end;
      }
    }
    return last;
  }

  /** The first instant after what a chapter says is due. */
  private static Instant end(List<Chapter> all, int i, TradingDay day) {
    Instant end = all.get(i).rules().scalpWindow().end(day);
    Instant turned = i + 1 < all.size() ? all.get(i + 1).since().plusMillis(1) : end;
    return turned.isBefore(end) ? turned : end;
  }

  /** The part of a gap that concerns the scalp track; null for nothing. */
  @Nullable GapMarker clip(GapMarker gap, TradingDay day) {
    return gap.clip(scalpStart(day), scalpEnd(day));
  }

  /** Whether other rules came into force between the two. */
  boolean turned(Instant from, Instant to) {
    return chapters.stream().anyMatch(c -> !c.since().isBefore(from) && c.since().isBefore(to));
  }

  /** Whether a sample was due between the two, neither of them included. */
  boolean passes(Instant from, Instant to, TradingDay day, int level) {
    List<Chapter> all = chapters;
    for (int i = 0; i < all.size() && day.open(); i++) {
      Rules rules = all.get(i).rules();
      Instant begin = rules.scalpWindow().start(day).minusNanos(1);
      Instant after = later(from, later(all.get(i).since(), begin));
      Instant end = end(all, i, day);
      Instant before = end.isBefore(to) ? end : to;
      if (rules.samples().passes(after, before, day, rules.samples().every(level))) {
        return true;
      }
    }
    return false;
  }

  /** The next tick of the sample grid, whatever the level and the window. */
  Instant tickAfter(Instant at, ZoneId zone) {
    List<Chapter> all = chapters;
    Instant from = at;
    for (int i = 0; i < all.size(); i++) {
      Instant until = i + 1 < all.size() ? all.get(i + 1).since() : Instant.MAX;
      if (from.isBefore(until)) {
        Instant tick = all.get(i).rules().samples().after(from, zone);
        if (!tick.isAfter(until)) {
          return tick;
        }
        from = until;
      }
    }
    return now().samples().after(from, zone);
  }

  @Override
  public List<Instant> instants(TradingDay day) {
    List<Chapter> all = chapters;
    if (all.size() == 1) {
      return all.get(0).rules().sweeps().instants(day);
    }
    List<Instant> due = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Instant since = all.get(i).since();
      Instant until = i + 1 < all.size() ? all.get(i + 1).since() : Instant.MAX;
      for (Instant at : all.get(i).rules().sweeps().instants(day)) {
        if (at.isAfter(since) && !at.isAfter(until)) {
          due.add(at);
        }
      }
    }
    return due;
  }

  @Override
  public Instant until(TradingDay day, Instant at) {
    Instant own = at(at).sweeps().until(day, at);
    return chapters.size() == 1
        ? own
        : instants(day).stream().filter(next -> next.isAfter(at)).findFirst().orElse(own);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
