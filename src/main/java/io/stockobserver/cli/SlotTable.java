package io.stockobserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The slots of one venue as a table: a line each in 79 columns, and more of each from 110 on. */
final class SlotTable {
  private static final int WIDE = 110;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private SlotTable() {}

  /** As {@code /api/slots} tells it. */
  static List<String> lines(JsonNode venue, int columns) {
    List<String> all = new ArrayList<>();
    all.add(
        "%s: %d slots, %d confirmed, %d heard"
            .formatted(
                venue.path("provider").asText(),
                venue.path("slots_capacity").asInt(),
                venue.path("slots_acknowledged").asInt(),
                venue.path("slots_receiving").asInt()));
    boolean wide = columns >= WIDE;
    if (!venue.path("board").isEmpty()) {
      all.add(
          row("", "symbol", "name", "price", "trigger", "since", "age", "pin", wide)
              + (wide ? rest("change", "standing", "") : ""));
    }
    ZoneId zone = ZoneId.of(venue.path("zone").asText("UTC"));
    int place = 1;
    for (JsonNode slot : venue.path("board")) {
      String since = slot.path("since").asText();
      all.add(
          (row(
                      Integer.toString(place++),
                      slot.path("symbol").asText(),
                      slot.path("name").asText(),
                      slot.path("price").asText("-"),
                      slot.path("trigger").asText("leaves"),
                      since.isEmpty() ? "-" : CLOCK.format(Instant.parse(since).atZone(zone)),
                      age(slot),
                      slot.path("pinned").asBoolean() ? "pin" : "",
                      wide)
                  + (wide
                      ? rest(change(slot), slot.path("standing").asText("wanted"), state(slot))
                      : ""))
              .stripTrailing());
    }
    return all;
  }

  private static String row(
      String place,
      String symbol,
      String name,
      String price,
      String trigger,
      String since,
      String age,
      String pin,
      boolean wide) {
    return "%3s %s %s %12s %s %8s %6s %-3s"
        .formatted(
            place,
            Words.cell(symbol, 9),
            Words.cell(name, wide ? 20 : 13),
            price,
            Words.cell(trigger, wide ? 17 : 15),
            since,
            age,
            pin);
  }

  private static String rest(String change, String standing, String state) {
    return " %8s %-12s %s".formatted(change, standing, state);
  }

  private static String age(JsonNode slot) {
    if (!slot.has("age_seconds")) {
      return "-";
    }
    double seconds = slot.path("age_seconds").asDouble();
    return seconds < 100
        ? String.format(java.util.Locale.ROOT, "%.1fs", seconds)
        : seconds < 6000 ? (long) seconds / 60 + "m" : (long) seconds / 3600 + "h";
  }

  private static String change(JsonNode slot) {
    BigDecimal before = new BigDecimal(slot.path("prev_close").asText("0"));
    if (!slot.has("price") || before.signum() == 0) {
      return "-";
    }
    BigDecimal percent =
        new BigDecimal(slot.path("price").asText())
            .subtract(before)
            .multiply(BigDecimal.valueOf(100))
            .divide(before, 2, RoundingMode.HALF_UP);
    return (percent.signum() > 0 ? "+" : "") + percent.toPlainString() + "%";
  }

  private static String state(JsonNode slot) {
    return slot.path("silent").asBoolean()
        ? "silent"
        : slot.path("fresh").asBoolean() ? "" : "not heard yet";
  }
}
