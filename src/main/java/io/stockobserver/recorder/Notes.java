package io.stockobserver.recorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.stockobserver.mitigation.LevelChange;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The observer's own words on the tape: a JSON object whose {@code note} names it. */
final class Notes {
  static final String SESSION_STARTED = "session_started";
  static final String SESSION_STOPPING = "session_stopping";
  static final String SESSION_STOPPED = "session_stopped";
  static final String DAY = "day";
  static final String UNIVERSE = "universe";
  static final String SAMPLE = "sample";
  static final String LEVEL = "level";
  static final String PLAN = "plan";
  static final String OPERATOR = "operator";
  static final String HALT = "halt";
  static final String SWEEP_BEGIN = "sweep_begin";
  static final String SWEEP_END = "sweep_end";
  static final String SWEEP_MISSED = "sweep_missed";
  static final String FEED_OPENED = "feed_opened";
  static final String FEED_CLOSED = "feed_closed";
  static final String FEED_FAILED = "feed_failed";
  static final String OVERSIZE = "oversize";
  static final String SHED = "shed";
  static final String STALL = "stall";
  static final String METRICS = "metrics";
  static final String PULSE = "pulse";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Notes() {}

  static byte[] write(String name, Map<String, ?> fields) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("note", name);
    fields.forEach((k, v) -> all.put(k, v instanceof Instant at ? at.toString() : v));
    try {
      return JSON.writeValueAsBytes(all);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a note " + name + " that is no JSON", e);
    }
  }

  /** What the note of another level says. */
  static Map<String, Object> of(LevelChange change) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("to", change.to());
    fields.put("segment_ms", change.segments().toMillis());
    fields.put("condition", change.condition());
    if (change.value() != null) {
      fields.put("value", Math.round(change.value() * 100) / 100.0);
    }
    if (change.threshold() != null) {
      fields.put("threshold", change.threshold());
    }
    fields.put("actor", change.actor());
    fields.put("reason", change.reason());
    return fields;
  }

  static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  static Instant instant(JsonNode note, String field) {
    return Instant.parse(note.path(field).asText());
  }
}
