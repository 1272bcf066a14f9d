package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.venue.Readings;
import io.stockobserver.venue.Readings.DayOpen;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads the holiday calendar: {@code opnd_yn} says whether the market opens (KIS sheet 4.11). */
final class KisHolidays {
  private KisHolidays() {}

  /** Reads one page; declared = days told + refused. */
  static void read(List<JsonNode> rows, Readings out) {
    out.declared(rows.size());
    List<DayOpen> days = new ArrayList<>();
    for (JsonNode row : rows) {
      LocalDate date = KisMoments.date(KisJson.text(row, "bass_dt"));
      String open = KisJson.text(row, "opnd_yn");
      if (date == null || !(open.equals("Y") || open.equals("N"))) {
        out.refused(
            "field-malformed",
            null,
            1,
            (date == null ? "bass_dt" : "opnd_yn") + " in " + KisJson.sample(row));
      } else {
        days.add(new DayOpen(date, open.equals("Y")));
      }
    }
    if (!days.isEmpty()) {
      out.tradingDays(days);
    }
  }

  /** The days that one page tells, for the evidence beside the calendar. */
  static List<DayOpen> days(byte[] body) {
    JsonNode root = KisJson.object(body);
    List<DayOpen> days = new ArrayList<>();
    for (JsonNode row : root == null ? List.<JsonNode>of() : KisJson.rows(root)) {
      LocalDate date = KisMoments.date(KisJson.text(row, "bass_dt"));
      String open = KisJson.text(row, "opnd_yn");
      // Neither Y nor N is no word of the venue's: such a day stays unknown.
      if (date != null && (open.equals("Y") || open.equals("N"))) {
        days.add(new DayOpen(date, open.equals("Y")));
      }
    }
    return days;
  }
}
