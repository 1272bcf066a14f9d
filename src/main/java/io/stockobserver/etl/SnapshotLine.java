package io.stockobserver.etl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stockobserver.etl.Track.Figure;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of swing/ or scalp/, read once from its bytes, over and over in the same object. What a
 * column cannot hold is refused in words. Not thread-safe.
 */
final class SnapshotLine {
  private static final String KNOWN_SCHEMA = "1.0";
  private static final JsonFactory JSON = new JsonFactory();
  private static final Map<String, Figure> FIGURES = new HashMap<>();

  static {
    for (Figure figure : Figure.values()) {
      FIGURES.put(figure.key(), figure);
    }
  }

  private final UtcText utc = new UtcText();
  private final Map<Figure, String> figures = new EnumMap<>(Figure.class);
  private final String market;
  private final String provider;
  private final LocalDate day;
  private final String dayText;
  private final Track track;

  private @Nullable String symbol;
  private @Nullable String session;
  private @Nullable String flag;
  private @Nullable String schema;
  private @Nullable String of;
  private @Nullable String from;
  private @Nullable String kind;
  private long event;
  private long receive;
  private long sample;
  private int level;

  SnapshotLine(Track track, Source source) {
    this.track = track;
    this.provider = source.provider();
    this.market = String.valueOf(source.market());
    this.day = source.day();
    this.dayText = day.toString();
  }

  /**
   * Reads a line without its newline.
   *
   * @throws Refusal naming what is wrong with it
   */
  void read(byte[] line, long number) throws Refusal {
    clear();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        take(key, json.nextToken(), json);
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new IllegalArgumentException("it does not end as a JSON object");
      }
      check();
    } catch (IOException e) {
      throw new Refusal(number, "it is no JSON: " + firstLine(e.getMessage()));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new Refusal(number, String.valueOf(e.getMessage()));
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "damaged" : message.lines().findFirst().orElse("damaged");
  }

  private void clear() {
    figures.clear();
    symbol = null;
    session = null;
    flag = null;
    schema = null;
    of = null;
    from = null;
    kind = null;
    event = -1;
    receive = -1;
    sample = -1;
    level = -1;
  }

  private void take(String key, @Nullable JsonToken token, JsonParser json) throws IOException {
    Figure figure = FIGURES.get(key);
    if (figure != null) {
      String value = figure(figure, token, json);
      if (value != null) {
        figures.put(figure, value);
      }
      return;
    }
    switch (key) {
      case "schema_version" -> schema = text(key, token, json, 10);
      case "track" -> kind = text(key, token, json, 20);
      case "provider" -> from = text(key, token, json, 20);
      case "market" -> of = text(key, token, json, 20);
      case "symbol" -> symbol = text(key, token, json, 20);
      case "session_id" -> session = text(key, token, json, 50);
      case "quality_flag" -> flag = text(key, token, json, 20);
      case "event_time" -> event = utc.millis(text(key, token, json, 40));
      case "receive_time" -> receive = utc.millis(text(key, token, json, 40));
      case "sample_time" -> sample = utc.millis(text(key, token, json, 40));
      case "mitigation_level" -> {
        if (token != JsonToken.VALUE_NUMBER_INT) {
          throw new IllegalArgumentException("mitigation_level is no whole number");
        }
        level = json.getIntValue();
      }
      default -> json.skipChildren();
    }
  }

  private static @Nullable String figure(Figure figure, @Nullable JsonToken token, JsonParser json)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == null || !token.isNumeric()) {
      throw new IllegalArgumentException(figure.key() + " is no number");
    }
    try {
      return Numeral.of(json.getText(), figure.whole());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(figure.key() + ": " + e.getMessage(), e);
    }
  }

  private static String text(String key, @Nullable JsonToken token, JsonParser json, int longest)
      throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException(key + " is no text");
    }
    String text = json.getText();
    if (text.length() > longest && text.codePointCount(0, text.length()) > longest) {
      throw new IllegalArgumentException(
          key + " is longer than its column of " + longest + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(key + " has a character that no database takes");
    }
    return text;
  }

  private void check() {
    if (!KNOWN_SCHEMA.equals(schema)) {
      throw new IllegalArgumentException(
          "schema_version " + schema + " is not known here, only " + KNOWN_SCHEMA);
    }
    if (symbol == null
        || session == null
        || flag == null
        || event < 0
        || receive < 0
        || level < 0) {
      throw new IllegalArgumentException(
          "it lacks one of symbol, session_id, quality_flag, event_time, receive_time,"
              + " mitigation_level");
    }
    if (track == Track.SCALP && sample < 0) {
      throw new IllegalArgumentException("it has no sample_time");
    }
    if (!provider.equals(from) || !market.equals(of) || !track.lane().folder().equals(kind)) {
      throw new IllegalArgumentException(
          "it is of " + from + ", " + of + ", " + kind + ", which is not where it lies");
    }
  }

  /** The minute that it belongs to, since the epoch. */
  long minute() {
    return Math.floorDiv(track == Track.SCALP ? sample : receive, 60_000L);
  }

  private static String known(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Its row for COPY, in the order of {@link Track#copyInto}. */
  void row(Bytes out, int segment, String path, long number) {
    out.row(track.columns());
    out.textField(known(symbol));
    out.instantField(event);
    out.instantField(receive);
    if (track == Track.SCALP) {
      out.instantField(sample);
    }
    for (Figure figure : track.figures()) {
      out.figureField(figures.get(figure));
    }
    out.textField(known(session));
    out.intField(level);
    out.textField(known(flag));
    out.textField(known(schema));
    out.textField(provider);
    out.textField(market);
    out.dateField(day.toEpochDay());
    out.intField(segment);
    out.textField(path + ':' + number);
  }

  /** The same row as {@link Track#canonicalSql} has it, from what the line says. */
  void canonical(Bytes out, String path, long number) {
    out.text(known(symbol)).bar().digits(event).bar().digits(receive).bar();
    if (track == Track.SCALP) {
      out.digits(sample).bar();
    }
    for (Figure figure : track.figures()) {
      out.text(known(figures.get(figure))).bar();
    }
    out.text(known(session)).bar().digits(level).bar().text(known(flag)).bar();
    out.text(known(schema)).bar().text(provider).bar().text(market).bar();
    out.text(dayText).bar().text(path).text(":").digits(number);
  }
}
