package io.stockobserver.audit;

import java.util.Arrays;
import java.util.List;

/**
 * Every instant at which a sample may have been due on a day, as an index: the finest grid of the
 * day's rules within the expected time, and which of its instants were due at the mitigation level
 * of the moment.
 */
final class DueSamples {
  private final long first;
  private final long base;
  private final int size;

  /** How far the next due instant is, in milliseconds; 0 where none was due. */
  private final int[] step;

  /**
   * A grid.
   *
   * @param from the first instant that is expected
   * @param until the first that is not any more
   */
  DueSamples(
      List<Told> events,
      List<Session> sessions,
      List<Stretch> stretches,
      long midnight,
      long from,
      long until) {
    long finest = 0;
    for (Session session : sessions) {
      finest = gcd(finest, session.plan().scalpEvery());
    }
    for (Stretch stretch : stretches) {
      finest = gcd(finest, stretch.plan().scalpEvery());
    }
    base = finest;
    first = midnight + Math.floorDiv(from - midnight + base - 1, base) * base;
    size = until <= first ? 0 : Math.toIntExact((until - first + base - 1) / base);
    step = new int[size];
    for (int i = 0; i < sessions.size(); i++) {
      long begin = i == 0 ? Long.MIN_VALUE : sessions.get(i).from();
      long end = i + 1 < sessions.size() ? sessions.get(i + 1).from() : Long.MAX_VALUE;
      paint(events, sessions.get(i), midnight, begin, end);
    }
    for (int i = 0; i < stretches.size() && stretches.size() > 1; i++) {
      Plan plan = stretches.get(i).plan();
      long end = Stretch.end(stretches, i);
      clear(stretches.get(i).begin(), Math.min(end, plan.scalpFrom()));
      clear(Math.max(stretches.get(i).begin(), plan.scalpUntil()), end);
    }
  }

  private void clear(long begin, long end) {
    int from = indexFrom(begin);
    Arrays.fill(step, from, Math.max(from, indexFrom(end)), 0);
  }

  private static long gcd(long a, long b) {
    return a == 0 ? b : gcd(b % a, a);
  }

  private void paint(List<Told> events, Session session, long midnight, long begin, long end) {
    long every = session.plan().scalpEvery();
    long from = begin;
    for (Told told : events) {
      Plan plan =
          told.is("rules_changed") && told.session().equals(session.id()) ? Plan.of(told) : null;
      if (plan != null) {
        // The very instant of the change is still of what held before.
        paint(events, session, every, midnight, from, Math.min(end, told.at() + 1));
        from = Math.max(begin, told.at() + 1);
        every = plan.scalpEvery();
      }
    }
    paint(events, session, every, midnight, from, end);
  }

  private void paint(
      List<Told> events, Session session, long every, long midnight, long begin, long end) {
    paint(every, midnight, begin, end, session.level());
    for (Told told : events) {
      if (told.is("mitigation_changed") && told.session().equals(session.id())) {
        int from = told.line().path("from_level").asInt();
        int to = told.line().path("to_level").asInt();
        // At the very instant of the change only what both levels have is due.
        long at = Math.max(begin, told.at());
        paint(every, midnight, at, Math.min(end, told.at() + 1), Math.max(from, to));
        paint(every, midnight, Math.max(begin, told.at() + 1), end, to);
      }
    }
  }

  private void paint(long base, long midnight, long begin, long end, int level) {
    long every = base << Math.max(0, Math.min(level, 8));
    int from = indexFrom(begin);
    int to = indexFrom(end);
    Arrays.fill(step, from, Math.max(from, to), 0);
    for (int i = from; i < to; i++) {
      if ((at(i) - midnight) % every == 0) {
        step[i] = (int) every;
      }
    }
  }

  int size() {
    return size;
  }

  long at(int index) {
    return first + index * base;
  }

  boolean due(int index) {
    return step[index] > 0;
  }

  /** How far the next due instant is. */
  int step(int index) {
    return step[index];
  }

  /** The index of this very instant; negative when it is none of the grid's. */
  int index(long at) {
    long off = at - first;
    return off < 0 || off % base != 0 || off / base >= size ? -1 : (int) (off / base);
  }

  /** The first index that is not before this instant. */
  int indexFrom(long at) {
    if (at <= first) {
      return 0;
    }
    long index = at == Long.MAX_VALUE ? size : (at - first + base - 1) / base;
    return (int) Math.min(size, index);
  }
}
