package io.stockobserver.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One life of the observer within a day. Times are milliseconds of the epoch.
 *
 * @param from when it began, or the day's begin when it ran on from the day before
 * @param until when it ended, at the latest the next one's begin
 * @param killedAt where a {@code restart} marker says that it was killed; null when none does
 * @param plan what was due, as it said first
 */
record Session(
    String id,
    long from,
    long until,
    Ending ending,
    @Nullable Long killedAt,
    Plan plan,
    int level) {

  /** How it ended. */
  enum Ending {
    STOPPED,
    KILLED,
    RUNNING,
    WENT_ON
  }

  /** Whether it still was when somebody looked, or ran on into the next day. */
  boolean neverEnded() {
    return ending == Ending.RUNNING || ending == Ending.WENT_ON;
  }

  /**
   * The sessions of a day, in order.
   *
   * @param next the ids of sessions that go on in the next day
   * @param running whether the last one is writing now
   * @param end where one that has no end is cut
   */
  static List<Session> of(List<Told> events, List<String> next, boolean running, long end) {
    Map<String, Told> begins = new LinkedHashMap<>();
    Map<String, Long> stops = new LinkedHashMap<>();
    for (Told told : events) {
      if (told.is("session_started") || told.is("day_began")) {
        begins.putIfAbsent(told.session(), told);
      } else if (told.is("session_stopped")) {
        stops.put(told.session(), told.at());
      }
    }
    List<Told> order = new ArrayList<>(begins.values());
    List<Session> all = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Told told = order.get(i);
      Plan plan = Plan.of(told);
      if (plan == null) {
        continue;
      }
      boolean last = i == order.size() - 1;
      long from = told.is("day_began") ? plan.midnight() : told.at();
      long latest = last ? end : order.get(i + 1).at();
      Long stop = stops.get(told.session());
      Ending ending =
          stop != null
              ? Ending.STOPPED
              : next.contains(told.session())
                  ? Ending.WENT_ON
                  : last && running ? Ending.RUNNING : Ending.KILLED;
      all.add(
          new Session(
              told.session(),
              from,
              Math.max(from, stop != null ? Math.min(stop, latest) : latest),
              ending,
              ending == Ending.KILLED ? killed(events, from, last ? Long.MAX_VALUE : latest) : null,
              plan,
              told.line().path("mitigation_level").asInt()));
    }
    return all;
  }

  private static @Nullable Long killed(List<Told> events, long from, long until) {
    Long first = null;
    for (Told told : events) {
      Long start = told.millis("gap_start_ts");
      boolean restart =
          told.is("gap_marker")
              && told.text("reason").equals("restart")
              && told.text("scope").equals("all");
      if (restart
          && start != null
          && start >= from
          && start <= until
          && (first == null || start < first)) {
        first = start;
      }
    }
    return first;
  }
}
