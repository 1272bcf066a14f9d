package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import java.time.Instant;
import java.util.Map;

/** The events of a session's own life. */
final class SessionEvents {
  private SessionEvents() {}

  static Event started(JsonNode note, Instant at) {
    Event event = Event.of("session_started", at);
    copy(note, event);
    return event;
  }

  static Event stopped(JsonNode note, Instant at, Counters counters) {
    Event event = Event.of("session_stopped", at);
    copy(note, event);
    return event.with("counters", counters.asMap());
  }

  /** Once a minute: what a person would look at, and what the counters say. */
  static Event metrics(JsonNode note, Instant at, Interpreter now) {
    Event event =
        Event.of("metrics", at)
            .with("ws_open", now.feed().open())
            .with("ws_disconnected_seconds", now.feed().disconnected().toSeconds())
            .with("slots_wanted", now.scalp().board().wanted().size())
            .with("slots_acknowledged", now.scalp().board().acknowledged().size())
            .with("slots_receiving", now.scalp().receiving())
            .with("sweeps_done", now.swing().sweepsDone())
            .with("mitigation_level", now.journal().level());
    now.counters().asMap().forEach(event::with);
    copy(note, event);
    return event;
  }

  private static void copy(JsonNode note, Event event) {
    for (Map.Entry<String, JsonNode> field : note.properties()) {
      JsonNode value = field.getValue();
      boolean own = field.getKey().equals("note") || field.getKey().equals("session_id");
      if (!own && value.isValueNode() && !value.isNull()) {
        event.with(
            field.getKey(),
            value.isNumber()
                ? value.decimalValue()
                : value.isBoolean() ? (Object) value.booleanValue() : value.asText());
      }
    }
  }
}
