package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who held a slot, from when until when, both ends excluded, in milliseconds of the epoch; also
 * while the feed was lost. In the order of symbols.
 */
final class Held {
  /** A stretch. */
  record Stay(long after, long before) {}

  private Held() {}

  static Map<String, List<Stay>> of(List<Told> events, List<Session> sessions, long end) {
    Map<String, List<Stay>> all = new TreeMap<>();
    for (int i = 0; i < sessions.size(); i++) {
      Session session = sessions.get(i);
      long over = i + 1 < sessions.size() ? sessions.get(i + 1).from() : end;
      if (session.ending() == Session.Ending.STOPPED) {
        over = Math.min(over, session.until());
      }
      Map<String, Long> since = new HashMap<>();
      for (Told told : events) {
        if (told.session().equals(session.id())) {
          take(told, session, since, all);
        }
      }
      long ended = over;
      since.forEach((symbol, after) -> add(all, symbol, new Stay(after, ended)));
    }
    return all;
  }

  private static void take(
      Told told, Session session, Map<String, Long> since, Map<String, List<Stay>> all) {
    switch (told.type()) {
      case "day_began" -> {
        for (JsonNode symbol : told.line().path("slots_held")) {
          since.putIfAbsent(symbol.asText(), session.from() - 1);
        }
      }
      case "slot_assigned" -> since.putIfAbsent(told.text("symbol"), told.at());
      case "slot_released" -> {
        Long after = since.remove(told.text("symbol"));
        if (after != null) {
          add(all, told.text("symbol"), new Stay(after, told.at()));
        }
      }
      default -> {}
    }
  }

  private static void add(Map<String, List<Stay>> all, String symbol, Stay stay) {
    all.computeIfAbsent(symbol, s -> new ArrayList<>()).add(stay);
  }
}
