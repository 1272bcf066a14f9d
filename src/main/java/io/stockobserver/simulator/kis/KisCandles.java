package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Listing;
import io.stockobserver.simulator.world.PastDay;
import io.stockobserver.simulator.world.Tally;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Candles: days with the running one first, weeks, months and years made of them, and minutes. */
final class KisCandles {
  private static final int CHART_ROWS = 100;
  private static final int RECENT_ROWS = 30;
  private static final LocalDate LONG_AGO = LocalDate.of(1980, 1, 1);

  private KisCandles() {}

  static KisReply recent(KisAsk ask) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Instrument instrument = ask.instrument(ask.symbol());
    if (instrument != null) {
      LocalDate today = ask.moment().session();
      List<PastDay> days = periods(ask, instrument, LONG_AGO, today, RECENT_ROWS);
      for (int i = 0; i < days.size(); i++) {
        PastDay day = days.get(i);
        long before = i + 1 < days.size() ? days.get(i + 1).volume() : day.volume();
        rows.add(
            new Row()
                .put("stck_bsop_date", KisMasters.date(day.session()))
                .put("stck_oprc", day.open())
                .put("stck_hgpr", day.high())
                .put("stck_lwpr", day.low())
                .put("stck_clpr", day.close())
                .put("acml_vol", day.volume())
                .rate("prdy_vrss_vol_rate", Figures.percent(day.volume() - before, before))
                .put("prdy_vrss", day.close() - day.base())
                .put("prdy_vrss_sign", String.valueOf(Figures.sign(day.close() - day.base())))
                .rate("prdy_ctrt", Figures.percent(day.close() - day.base(), day.base()))
                .rate("hts_frgn_ehrt", 1_234)
                .put("frgn_ntby_qty", 0)
                .put("flng_cls_code", "00")
                .rate("acml_prtt_rate", 0)
                .node());
      }
    }
    return KisReply.of("output", rows);
  }

  static KisReply daily(KisAsk ask) {
    Row head = new Row();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Instrument instrument = ask.instrument(ask.symbol());
    if (instrument != null) {
      head(head, ask, instrument);
      LocalDate from = date(ask.parameter("FID_INPUT_DATE_1"), LONG_AGO);
      LocalDate to = date(ask.parameter("FID_INPUT_DATE_2"), ask.moment().session());
      for (PastDay day : periods(ask, instrument, from, to, CHART_ROWS)) {
        rows.add(
            new Row()
                .put("stck_bsop_date", KisMasters.date(day.session()))
                .put("stck_clpr", day.close())
                .put("stck_oprc", day.open())
                .put("stck_hgpr", day.high())
                .put("stck_lwpr", day.low())
                .put("acml_vol", day.volume())
                .put("acml_tr_pbmn", day.value())
                .put("flng_cls_code", "00")
                .put("prtt_rate", "0.00")
                .put("mod_yn", "N")
                .put("prdy_vrss_sign", String.valueOf(Figures.sign(day.close() - day.base())))
                .put("prdy_vrss", day.close() - day.base())
                .put("revl_issu_reas", "00")
                .node());
      }
    }
    return KisReply.of("output1", head.node(), "output2", rows);
  }

  private static void head(Row row, KisAsk ask, Instrument instrument) {
    Day day = instrument.day();
    Tally tally = ask.tally(instrument);
    Listing listing = instrument.listing();
    Book book = Book.of(instrument, ask.moment());
    now(row, ask, instrument);
    row.put("stck_shrn_iscd", listing.code())
        .put("prdy_vol", day.previousVolume())
        .put("stck_mxpr", day.upper())
        .put("stck_llam", day.lower())
        .put("stck_oprc", tally.open())
        .put("stck_hgpr", tally.high())
        .put("stck_lwpr", tally.low());
    List<PastDay> before = instrument.past(LONG_AGO, ask.moment().session(), 1);
    long[] past =
        before.isEmpty()
            ? new long[3]
            : new long[] {before.get(0).open(), before.get(0).high(), before.get(0).low()};
    row.put("stck_prdy_oprc", past[0])
        .put("stck_prdy_hgpr", past[1])
        .put("stck_prdy_lwpr", past[2])
        .put("askp", book.asks()[0])
        .put("bidp", book.bids()[0])
        .put("prdy_vrss_vol", tally.volume() - day.previousVolume())
        .rate("vol_tnrt", Figures.percent(tally.volume(), listing.shares()))
        .put("stck_fcam", 500)
        .put("lstn_stcn", listing.shares())
        .put("cpfn", listing.shares() / 200_000)
        .put("hts_avls", day.price() * listing.shares() / 100_000_000)
        .rate("per", 1_250)
        .rate("eps", day.base() * 8)
        .rate("pbr", 110)
        .rate("itewhol_loan_rmnd_ratem", 12);
  }

  private static void now(Row row, KisAsk ask, Instrument instrument) {
    Day day = instrument.day();
    Tally tally = ask.tally(instrument);
    long price = KisQuotes.price(day, tally);
    row.put("prdy_vrss", price - day.base())
        .put("prdy_vrss_sign", String.valueOf(Figures.sign(day, price)))
        .rate("prdy_ctrt", Figures.percent(price - day.base(), day.base()))
        .put("stck_prdy_clpr", day.previousClose())
        .put("acml_vol", tally.volume())
        .put("acml_tr_pbmn", tally.value())
        .put("hts_kor_isnm", instrument.listing().name())
        .put("stck_prpr", price);
  }

  private static List<PastDay> periods(
      KisAsk ask, Instrument instrument, LocalDate from, LocalDate to, int limit) {
    String period = ask.parameter("FID_PERIOD_DIV_CODE");
    int perPeriod =
        switch (period) {
          case "W" -> 5;
          case "M" -> 22;
          case "Y" -> 250;
          default -> 1;
        };
    List<PastDay> days = new ArrayList<>();
    Tally tally = ask.tally(instrument);
    LocalDate session = ask.moment().session();
    if (tally.volume() > 0 && !session.isAfter(to) && !session.isBefore(from)) {
      days.add(
          new PastDay(
              session,
              instrument.day().base(),
              tally.open(),
              tally.high(),
              tally.low(),
              tally.last(),
              tally.volume(),
              tally.value()));
    }
    days.addAll(instrument.past(from, to, limit * perPeriod - days.size()));
    return perPeriod == 1 ? days : merge(days, period, limit);
  }

  private static List<PastDay> merge(List<PastDay> days, String period, int limit) {
    List<PastDay> merged = new ArrayList<>();
    PastDay open = null;
    for (PastDay day : days) {
      if (open != null && key(open.session(), period).equals(key(day.session(), period))) {
        open = join(open, day);
      } else {
        if (open != null) {
          merged.add(open);
        }
        open = day;
      }
    }
    if (open != null) {
      merged.add(open);
    }
    return merged.subList(0, Math.min(limit, merged.size()));
  }

  private static LocalDate key(LocalDate day, String period) {
    return switch (period) {
      case "W" -> day.minusDays(day.getDayOfWeek().getValue());
      case "M" -> day.withDayOfMonth(1);
      default -> day.withDayOfYear(1);
    };
  }

  private static PastDay join(PastDay later, PastDay earlier) {
    return new PastDay(
        later.session(),
        earlier.base(),
        earlier.open(),
        Math.max(later.high(), earlier.high()),
        Math.min(later.low(), earlier.low()),
        later.close(),
        later.volume() + earlier.volume(),
        later.value() + earlier.value());
  }

  private static LocalDate date(String text, LocalDate otherwise) {
    try {
      return text.isEmpty() ? otherwise : LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      throw new KisRefusal(200, "OPSQ2002", "ERROR INVALID INPUT_FIELD_SIZE");
    }
  }

  static KisReply minutes(KisAsk ask) {
    Row head = new Row();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Instrument instrument = ask.instrument(ask.symbol());
    if (instrument == null) {
      return KisReply.of("output1", head.node(), "output2", rows);
    }
    now(head, ask, instrument);
    MinuteCandles candles = MinuteCandles.of(instrument);
    int last = Math.min(hour(ask), ask.moment().second()) / 60;
    int first = (int) (instrument.day().hours().open() / 60_000);
    String today = KisMasters.date(ask.moment().session());
    for (int minute = last; minute >= first && rows.size() < RECENT_ROWS; minute--) {
      MinuteCandles.@Nullable Candle candle = candles.at(minute);
      if (candle != null) {
        rows.add(
            new Row()
                .put("stck_bsop_date", today)
                .put("stck_cntg_hour", Figures.clock(minute * 60))
                .put("stck_prpr", candle.close())
                .put("stck_oprc", candle.open())
                .put("stck_hgpr", candle.high())
                .put("stck_lwpr", candle.low())
                .put("cntg_vol", candle.volume())
                .put("acml_tr_pbmn", candle.value())
                .node());
      }
    }
    return KisReply.of("output1", head.node(), "output2", rows);
  }

  private static int hour(KisAsk ask) {
    String text = ask.parameter("FID_INPUT_HOUR_1");
    if (!text.matches("[0-9]{6}")) {
      return 86_399;
    }
    return Integer.parseInt(text.substring(0, 2)) * 3_600
        + Integer.parseInt(text.substring(2, 4)) * 60
        + Integer.parseInt(text.substring(4));
  }
}
