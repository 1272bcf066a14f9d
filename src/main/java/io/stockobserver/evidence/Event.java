package io.stockobserver.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stockobserver.market.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the observer itself, as a line of {@code system/events}. Every line
 * begins {@code event_type, timestamp, provider, market, session_id}; the rest is in the order in
 * which it was given. A null value is left out. Not thread-safe.
 */
public final class Event {
  private static final JsonFactory JSON = new JsonFactory();

  private final String type;
  private final Instant at;
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Event(String type, Instant at) {
    this.type = type;
    this.at = at;
  }

  public static Event of(String type, Instant at) {
    return new Event(type, at);
  }

  /**
   * Adds a field: text, a number, a truth value, an instant, a map or a collection of them; null is
   * left out.
   */
  public Event with(String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
    return this;
  }

  public String type() {
    return type;
  }

  public Instant at() {
    return at;
  }

  public @Nullable Object get(String name) {
    return fields.get(name);
  }

  /**
   * The same, with every text in it as {@code told} has it; the same object if that is no other.
   */
  public Event told(UnaryOperator<String> told) {
    Event other = of(type, at);
    fields.forEach((name, value) -> other.fields.put(name, told(value, told)));
    return other.fields.equals(fields) ? this : other;
  }

  private static Object told(Object value, UnaryOperator<String> told) {
    if (value instanceof String text) {
      return told.apply(text);
    }
    if (value instanceof Collection<?> many) {
      return many.stream().map(one -> told(one, told)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> other = new LinkedHashMap<>();
      map.forEach((name, one) -> other.put(name, told(one, told)));
      return other;
    }
    return value;
  }

  /** The line, without its newline. */
  public byte[] line(String provider, String market, String sessionId) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator g = JSON.createGenerator(out)) {
      g.configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);
      g.writeStartObject();
      g.writeStringField("event_type", type);
      g.writeStringField("timestamp", Stamp.of(at));
      g.writeStringField("provider", provider);
      g.writeStringField("market", market);
      g.writeStringField("session_id", sessionId);
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        g.writeFieldName(field.getKey());
        write(g, field.getValue());
      }
      g.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an event in memory", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator g, Object value) throws IOException {
    if (value instanceof Instant instant) {
      g.writeString(Stamp.of(instant));
    } else if (value instanceof Collection<?> many) {
      g.writeStartArray();
      for (Object one : many) {
        write(g, one);
      }
      g.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      g.writeStartObject();
      for (Map.Entry<?, ?> one : map.entrySet()) {
        g.writeFieldName(String.valueOf(one.getKey()));
        write(g, one.getValue());
      }
      g.writeEndObject();
    } else {
      writeScalar(g, value);
    }
  }

  private static void writeScalar(JsonGenerator g, Object value) throws IOException {
    if (value instanceof Boolean truth) {
      g.writeBoolean(truth);
    } else if (value instanceof BigDecimal decimal) {
      g.writeNumber(decimal);
    } else if (value instanceof Double || value instanceof Float) {
      g.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      g.writeNumber(number.longValue());
    } else {
      g.writeString(value.toString());
    }
  }
}
