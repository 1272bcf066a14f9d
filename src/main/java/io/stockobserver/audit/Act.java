package io.stockobserver.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did, as the day's events tell it; it changes no verdict.
 *
 * @param actor an account, or a user of the system
 * @param what such as {@code stopped hear-kis-trade}
 * @param ref the line that says so, {@code path:line}
 */
public record Act(Instant at, String actor, String what, String reason, String ref) {

  /** In the order of the events; what the observer decided by itself is no act. */
  static List<Act> of(List<Told> events) {
    List<Act> all = new ArrayList<>();
    for (Told told : events) {
      String what = what(told);
      if (what != null) {
        all.add(
            new Act(
                Instant.ofEpochMilli(told.at()),
                told.text("actor"),
                what,
                told.text("reason"),
                told.ref()));
      }
    }
    return all;
  }

  private static @Nullable String what(Told told) {
    return switch (told.type()) {
      case "route_stopped" -> "stopped " + told.text("route");
      case "route_started" -> "started " + told.text("route");
      case "route_suspended" -> "suspended " + told.text("route");
      case "route_resumed" -> "resumed " + told.text("route");
      case "route_drained" -> "drained " + told.text("route");
      case "route_act_refused" -> "was not let " + told.text("act") + ' ' + told.text("route");
      case "slot_pinned" -> "pinned " + told.text("symbol");
      case "slot_excluded" -> "excluded " + told.text("symbol");
      case "slot_unpinned" -> "released " + told.text("symbol");
      case "mitigation_changed" ->
          told.text("actor").equals("observer")
              ? null
              : "set level " + told.text("from_level") + " to " + told.text("to_level");
      default -> null;
    };
  }
}
