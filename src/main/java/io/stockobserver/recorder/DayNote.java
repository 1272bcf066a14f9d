package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.TradingDay;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The day as a note tells it, and what is due on it: whoever reads the events needs no
 * configuration.
 */
final class DayNote {
  private DayNote() {}

  static Map<String, Object> of(TradingDay day, Rules rules) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("day", day.date().toString());
    fields.put("zone", day.zone().getId());
    fields.put("market_open", day.open());
    fields.put("calendar_known", day.known());
    fields.put("opens", day.opens().toString());
    fields.put("closes", day.closes().toString());
    fields.put("calendar", day.source());
    fields.put("scalp_from", rules.scalpWindow().start(day));
    fields.put("scalp_until", rules.scalpWindow().end(day));
    fields.put("scalp_every_ms", rules.scalpEvery().toMillis());
    fields.put("swing_from", rules.sweeps().window().start(day));
    fields.put("swing_until", rules.sweeps().window().end(day));
    fields.put("swing_every_ms", rules.sweeps().every().toMillis());
    if (!rules.sweeps().closing().isZero()) {
      fields.put("swing_closing", day.closes().plus(rules.sweeps().closing()));
    }
    fields.put("slots", rules.slots().places());
    return fields;
  }

  /** The day of it; what is due on it stands in the rules. */
  static TradingDay read(JsonNode note) {
    return new TradingDay(
        LocalDate.parse(note.path("day").asText()),
        ZoneId.of(note.path("zone").asText()),
        note.path("market_open").asBoolean(),
        note.path("calendar_known").asBoolean(),
        Notes.instant(note, "opens"),
        Notes.instant(note, "closes"),
        note.path("calendar").asText());
  }
}
