package io.stockobserver.etl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stockobserver.etl.PlainJson.Kind;
import io.stockobserver.etl.Track.Figure;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of swing/ or scalp/, read once from its bytes, over and over in the same object. What a
 * column cannot hold is refused in words. Not thread-safe.
 */
final class SnapshotLine {
  private static final String KNOWN_SCHEMA = "1.0";
  private static final JsonFactory JSON = new JsonFactory();
  private static final Map<String, Figure> FIGURES = new HashMap<>();

  private static final Set<String> KEYS;

  static {
    for (Figure figure : Figure.values()) {
      FIGURES.put(figure.key(), figure);
    }
    Set<String> keys =
        new HashSet<>(
            Set.of(
                "schema_version",
                "track",
                "provider",
                "market",
                "symbol",
                "session_id",
                "quality_flag",
                "event_time",
                "receive_time",
                "sample_time",
                "mitigation_level"));
    keys.addAll(FIGURES.keySet());
    KEYS = Set.copyOf(keys);
  }

  private final PlainJson plain = new PlainJson(KEYS);

  private final UtcText utc = new UtcText();
  private final Map<Figure, String> figures = new EnumMap<>(Figure.class);
  private final String market;
  private final String provider;
  private final LocalDate day;
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
  }

  /**
   * Reads a line without its newline.
   *
   * @throws Refusal naming what is wrong with it
   */
  void read(byte[] line, long number) throws Refusal {
    clear();
    try {
      if (!plain.read(line, this::take)) {
        clear();
        any(line);
      }
      check();
    } catch (IOException e) {
      throw new Refusal(number, "it is no JSON: " + firstLine(e.getMessage()));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new Refusal(number, String.valueOf(e.getMessage()));
    }
  }

  /** Reads every JSON object, and says what is wrong with what is none. */
  private void any(byte[] line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
          take(key, Kind.TEXT, json.getText());
        } else if (token != null && token.isNumeric()) {
          take(key, Kind.NUMBER, json.getText());
        } else {
          take(key, token == JsonToken.VALUE_NULL ? Kind.NULL : Kind.OTHER, "");
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new IllegalArgumentException("it does not end as a JSON object");
      }
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

  private void take(String key, Kind kind, String value) {
    Figure figure = FIGURES.get(key);
    if (figure != null) {
      if (kind != Kind.NULL) {
        figures.put(figure, figure(figure, kind, value));
      }
      return;
    }
    switch (key) {
      case "schema_version" -> schema = text(key, kind, value, 10);
      case "track" -> this.kind = text(key, kind, value, 20);
      case "provider" -> from = text(key, kind, value, 20);
      case "market" -> of = text(key, kind, value, 20);
      case "symbol" -> symbol = text(key, kind, value, 20);
      case "session_id" -> session = text(key, kind, value, 50);
      case "quality_flag" -> flag = text(key, kind, value, 20);
      case "event_time" -> event = utc.millis(text(key, kind, value, 40));
      case "receive_time" -> receive = utc.millis(text(key, kind, value, 40));
      case "sample_time" -> sample = utc.millis(text(key, kind, value, 40));
      case "mitigation_level" -> level = whole(key, kind, value);
      default -> {
        // Travels in the line alone.
      }
    }
  }

  private static String figure(Figure figure, Kind kind, String value) {
    if (kind != Kind.NUMBER) {
      throw new IllegalArgumentException(figure.key() + " is no number");
    }
    try {
      return Numeral.of(value, figure.whole());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(figure.key() + ": " + e.getMessage(), e);
    }
  }

  private static int whole(String key, Kind kind, String value) {
    try {
      return Integer.parseInt(kind == Kind.NUMBER ? value : "");
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is no whole number", e);
    }
  }

  private static String text(String key, Kind kind, String text, int longest) {
    if (kind != Kind.TEXT) {
      throw new IllegalArgumentException(key + " is no text");
    }
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

  /** The hash of the row that {@link Track#rowSql} makes of it, from what the line says. */
  long hash(RowHash row, String path, long number) {
    row.row().text(known(symbol)).instant(event).instant(receive);
    if (track == Track.SCALP) {
      row.instant(sample);
    }
    for (Figure figure : track.figures()) {
      row.figure(figures.get(figure));
    }
    row.text(known(session)).number(level).text(known(flag)).text(known(schema));
    row.text(provider).text(market).date(day.toEpochDay()).text(path + ':' + number);
    for (Figure figure : track.figures()) {
      row.sign(figures.get(figure));
    }
    return row.end();
  }
}
