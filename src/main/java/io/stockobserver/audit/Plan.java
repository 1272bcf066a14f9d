package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was due on a day, as the sessions themselves told: windows, sample grid, sweeps. Times are
 * milliseconds of the epoch.
 *
 * @param midnight where the sample grid is counted from
 * @param sweeps when a sweep is due, and until when it stands
 * @param ref the event that says so
 */
record Plan(
    boolean open,
    ZoneId zone,
    long midnight,
    long dayEnd,
    long scalpFrom,
    long scalpUntil,
    long scalpEvery,
    long swingFrom,
    long swingUntil,
    List<Sweep> sweeps,
    int slots,
    String ref) {

  /** One sweep: due at {@code at}, standing for the time until {@code until}. */
  record Sweep(long at, long until) {}

  /** The same day with other bounds and sweeps. */
  Plan with(long from, long until, List<Sweep> due) {
    return new Plan(
        open,
        zone,
        midnight,
        dayEnd,
        from,
        until,
        scalpEvery,
        due.isEmpty() ? swingUntil : due.get(0).at(),
        due.isEmpty() ? swingUntil : due.get(due.size() - 1).until(),
        due,
        slots,
        ref);
  }

  /** Null when the event does not tell. */
  static @Nullable Plan of(Told told) {
    try {
      LocalDate day = LocalDate.parse(told.text("day"));
      ZoneId zone = ZoneId.of(told.text("zone"));
      long every = told.line().path("scalp_every_ms").asLong();
      Long from = told.millis("scalp_from");
      Long until = told.millis("scalp_until");
      Long swingUntil = told.millis("swing_until");
      if (every <= 0 || from == null || until == null || swingUntil == null) {
        return null;
      }
      List<Sweep> sweeps = sweeps(told);
      return new Plan(
          told.line().path("market_open").asBoolean(),
          zone,
          day.atStartOfDay(zone).toInstant().toEpochMilli(),
          day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli(),
          from,
          until,
          every,
          sweeps.isEmpty() ? swingUntil : sweeps.get(0).at(),
          sweeps.isEmpty() ? swingUntil : sweeps.get(sweeps.size() - 1).until(),
          sweeps,
          told.line().path("slots").asInt(),
          told.ref());
    } catch (DateTimeException untold) {
      return null;
    }
  }

  private static List<Sweep> sweeps(Told told) {
    JsonNode line = told.line();
    Long from = told.millis("swing_from");
    Long until = told.millis("swing_until");
    Long closing = told.millis("swing_closing");
    Long closes = told.millis("closes");
    long every = line.path("swing_every_ms").asLong();
    if (from == null || until == null || every <= 0) {
      return List.of();
    }
    TreeMap<Long, Boolean> due = new TreeMap<>();
    // Without a closing sweep the market never closes: the window's end is the next day's first.
    long last = closing == null ? until - 1 : until;
    for (long at = from; at <= last; at += every) {
      due.put(at, true);
    }
    long stands = every;
    if (closing != null && closes != null) {
      due.put(closing, true);
      stands = Math.max(1000, closing - closes);
    }
    List<Sweep> all = new ArrayList<>();
    for (long at : due.keySet()) {
      Long next = due.higherKey(at);
      all.add(new Sweep(at, next != null ? next : until > at ? until : at + stands));
    }
    return all;
  }
}
