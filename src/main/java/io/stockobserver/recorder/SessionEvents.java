package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import io.stockobserver.tape.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The events of a session's own life. */
final class SessionEvents {
  private SessionEvents() {}

  static Event started(JsonNode note, Instant at) {
    Event event = Event.of("session_started", at);
    copy(note, event);
    return event;
  }

  /** The session goes on into another day, or knows this one better. */
  static Event dayBegan(JsonNode note, Instant at, List<String> slotsHeld) {
    Event event = Event.of("day_began", at);
    copy(note, event);
    return event.with("slots_held", slotsHeld.isEmpty() ? null : slotsHeld);
  }

  /** What is due is another from here on. */
  static Event rulesChanged(JsonNode note, Instant at) {
    Event event = Event.of("rules_changed", at);
    copy(note, event);
    return event;
  }

  static Event stopped(JsonNode note, Instant at, Counters counters) {
    Event event = Event.of("session_stopped", at);
    copy(note, event);
    return event.with("counters", counters.asMap());
  }

  static Event shed(JsonNode note, Entry entry, Instant first, Instant last, String reason) {
    return Event.of("frames_shed", entry.heardAt())
        .with("feed", entry.feed())
        .with("frames", note.path("frames").asLong())
        .with("bytes", note.path("bytes").asLong())
        .with("first", first)
        .with("last", last)
        .with("reason", reason)
        .with("tape_ref", entry.ref());
  }

  /** The archive takes again what it did not take for a while. */
  static Event stalled(SampleWatch.Cause cause, int failures, Instant at) {
    return Event.of("archive_stalled", at)
        .with("from", cause.from())
        .with("to", cause.to())
        .with("stall_ms", Duration.between(cause.from(), cause.to()).toMillis())
        .with("reason", cause.reason())
        .with("failures", failures)
        .with("detail", cause.detail());
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
            .with("slots_capacity", now.scalp().board().capacity())
            .with("sweeps_done", now.swing().sweepsDone())
            .with("swing_asked", now.swing().lastAsked())
            .with("swing_recorded", now.swing().lastRecorded())
            .with(
                "swing_recorded_percent",
                MinuteTally.percent(now.swing().lastRecorded(), now.swing().lastAsked()))
            .with("gaps_today", now.journal().gapsToday())
            .with("feed_gap_seconds_today", now.journal().feedGapSecondsToday())
            .with("mitigation_level", now.journal().level());
    now.minute().tell(event);
    now.counters().asMap().forEach(event::with);
    copy(note, event);
    return event;
  }

  /** Another level, or an operator's word about it. */
  static Event levelChanged(JsonNode note, Instant at, int from) {
    return Event.of("mitigation_changed", at)
        .with("from_level", from)
        .with("to_level", note.path("to").asInt())
        .with("condition", note.path("condition").asText())
        .with("value", note.has("value") ? note.path("value").decimalValue() : null)
        .with("threshold", note.has("threshold") ? note.path("threshold").decimalValue() : null)
        .with("actor", note.path("actor").asText())
        .with("reason", note.path("reason").asText());
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
