package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch that the evidence explains, start included, end not. Times are milliseconds of the
 * epoch.
 *
 * @param scope {@code scalp}, {@code swing} or {@code all}
 * @param symbols whom it concerns; null for everybody
 * @param ref the line that says so
 */
record Excuse(
    long from, long until, String scope, String reason, @Nullable Set<String> symbols, String ref) {
  static final String NOT_RUNNING = "not_running";

  boolean covers(long at) {
    return at >= from && at < until;
  }

  boolean concerns(String track) {
    return scope.equals("all") || scope.equals(track);
  }

  boolean names(String symbol) {
    return symbols == null || symbols.contains(symbol);
  }

  /**
   * Everything that the day's events explain.
   *
   * @param end until when a gap that goes on is known to
   */
  static List<Excuse> of(List<Told> events, List<Session> sessions, long end) {
    List<Excuse> all = new ArrayList<>();
    for (Told told : events) {
      Excuse marker = told.is("gap_marker") ? marker(told) : null;
      if (marker != null) {
        all.add(marker);
      }
    }
    for (int i = 0; i < sessions.size(); i++) {
      Session session = sessions.get(i);
      long next = i + 1 < sessions.size() ? sessions.get(i + 1).from() : end;
      if (session.ending() == Session.Ending.STOPPED && next > session.until()) {
        all.add(new Excuse(session.until(), next, "all", NOT_RUNNING, null, session.id()));
      }
      Long known = session.neverEnded() ? Long.valueOf(session.until()) : session.killedAt();
      if (known != null) {
        all.addAll(unfinished(events, session.id(), known));
      }
    }
    return all;
  }

  private static @Nullable Excuse marker(Told told) {
    Long from = told.millis("gap_start_ts");
    Long until = told.millis("gap_end_ts");
    return from == null || until == null ? null : of(told, from, until);
  }

  private static Excuse of(Told told, long from, long until) {
    return new Excuse(
        from, until, told.text("scope"), told.text("reason"), symbols(told), told.ref());
  }

  private static @Nullable Set<String> symbols(Told told) {
    JsonNode list = told.line().path("symbols");
    if (!list.isArray()) {
      return null;
    }
    Set<String> all = new HashSet<>();
    list.forEach(symbol -> all.add(symbol.asText()));
    return all;
  }

  /** Gaps that this session began and never told the end of. */
  private static List<Excuse> unfinished(List<Told> events, String session, long until) {
    List<Excuse> begun = new ArrayList<>();
    for (Told told : events) {
      if (told.session().equals(session) && told.is("gap_began")) {
        Long from = told.millis("gap_start_ts");
        if (from != null && from < until) {
          begun.add(of(told, from, until));
        }
      } else if (told.session().equals(session) && told.is("gap_marker")) {
        end(begun, told);
      }
    }
    return begun;
  }

  private static void end(List<Excuse> begun, Told marker) {
    Set<String> ended = symbols(marker);
    List<Excuse> left = new ArrayList<>();
    for (Iterator<Excuse> all = begun.iterator(); all.hasNext(); ) {
      Excuse one = all.next();
      boolean same =
          one.scope().equals(marker.text("scope")) && one.reason().equals(marker.text("reason"));
      if (!same || (one.symbols() == null) != (ended == null)) {
        continue;
      }
      all.remove();
      if (ended != null && one.symbols() != null) {
        Set<String> still = new HashSet<>(one.symbols());
        still.removeAll(ended);
        if (!still.isEmpty()) {
          left.add(
              new Excuse(one.from(), one.until(), one.scope(), one.reason(), still, one.ref()));
        }
      }
    }
    begun.addAll(left);
  }
}
