package io.stockobserver.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A part of a day with its own plan: rules may change while a session runs. An instant at which
 * they change is still of the old ones.
 *
 * @param since the plan is for what is after it, in milliseconds of the epoch
 */
record Stretch(long since, Plan plan) {

  /**
   * The stretches of a day, in order. Until something has changed, the newest word on the day is
   * that on all of it: a session may know the calendar better than the one before.
   */
  static List<Stretch> of(List<Told> events, Plan first) {
    List<Stretch> all = new ArrayList<>();
    all.add(new Stretch(Long.MIN_VALUE, first));
    for (Told told : events) {
      boolean changed = told.is("rules_changed");
      Plan plan =
          changed || told.is("session_started") || told.is("day_began") ? Plan.of(told) : null;
      if (plan != null && !changed && all.size() == 1) {
        all.set(0, new Stretch(Long.MIN_VALUE, plan));
      } else if (plan != null) {
        // A clock that was set back makes what it had told void.
        all.removeIf(stretch -> stretch.since() >= told.at());
        all.add(new Stretch(told.at(), plan));
      }
    }
    return all;
  }

  /** The first instant that is not any more of stretch {@code i}. */
  static long end(List<Stretch> all, int i) {
    return i + 1 < all.size() ? all.get(i + 1).since() + 1 : Long.MAX_VALUE;
  }

  /** The first instant of the stretch. */
  long begin() {
    return since == Long.MIN_VALUE ? since : since + 1;
  }

  /** One plan for the whole day: from the first instant that was due to the last. */
  static Plan whole(List<Stretch> all) {
    Plan last = all.get(all.size() - 1).plan();
    if (all.size() == 1) {
      return last;
    }
    long from = last.scalpFrom();
    long until = last.scalpUntil();
    TreeMap<Long, Long> sweeps = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      Plan plan = all.get(i).plan();
      long begin = all.get(i).begin();
      long end = end(all, i);
      if (Math.max(begin, plan.scalpFrom()) < Math.min(end, plan.scalpUntil())) {
        from = Math.min(from, Math.max(begin, plan.scalpFrom()));
        until = Math.max(until, Math.min(end, plan.scalpUntil()));
      }
      for (Plan.Sweep sweep : plan.sweeps()) {
        if (sweep.at() >= begin && sweep.at() < end) {
          sweeps.put(sweep.at(), sweep.until());
        }
      }
    }
    List<Plan.Sweep> due = new ArrayList<>();
    sweeps.forEach(
        (at, stands) -> {
          Long next = sweeps.higherKey(at);
          due.add(new Plan.Sweep(at, next == null ? stands : next));
        });
    return last.with(from / 1000 * 1000, until, due);
  }
}
