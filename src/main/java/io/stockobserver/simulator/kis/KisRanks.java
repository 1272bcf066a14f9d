package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.simulator.world.Board;
import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Listing;
import io.stockobserver.simulator.world.Tally;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The three rankings: at most thirty rows, best first. */
final class KisRanks {
  private static final int ROWS = 30;

  /** A row from an instrument, its tally and its rank. */
  private interface RowMaker {
    ObjectNode make(Instrument instrument, Tally tally, int rank);
  }

  private KisRanks() {}

  static KisReply volume(KisAsk ask) {
    String order = ask.parameter("FID_BLNG_CLS_CODE");
    return rank(
        ask,
        instrument -> {
          Day day = instrument.day();
          Tally tally = ask.tally(instrument);
          return switch (order) {
            case "1" -> Figures.percent(tally.volume(), day.previousVolume());
            case "2" -> tally.volume() * 1_000_000 / instrument.listing().shares();
            case "3" -> tally.value();
            case "4" ->
                tally.value() / (day.price() * instrument.listing().shares() / 1_000_000 + 1);
            default -> tally.volume();
          };
        },
        KisRanks::volumeRow);
  }

  private static ObjectNode volumeRow(Instrument instrument, Tally tally, int rank) {
    Day day = instrument.day();
    Listing listing = instrument.listing();
    long turnover = Figures.percent(tally.volume(), listing.shares());
    long valueTurnover = Figures.percent(tally.value(), day.price() * listing.shares());
    Row row = new Row().put("hts_kor_isnm", listing.name()).put("mksc_shrn_iscd", listing.code());
    row.put("data_rank", rank);
    price(row, day, tally, true);
    return row.put("acml_vol", tally.volume())
        .put("prdy_vol", day.previousVolume())
        .put("lstn_stcn", listing.shares())
        .put("avrg_vol", tally.volume())
        .rate("n_befr_clpr_vrss_prpr_rate", change(day, tally))
        .rate("vol_inrt", Figures.percent(tally.volume(), day.previousVolume()))
        .rate("vol_tnrt", turnover)
        .rate("nday_vol_tnrt", turnover)
        .put("avrg_tr_pbmn", tally.value())
        .rate("tr_pbmn_tnrt", valueTurnover)
        .rate("nday_tr_pbmn_tnrt", valueTurnover)
        .put("acml_tr_pbmn", tally.value())
        .node();
  }

  static KisReply power(KisAsk ask) {
    return rank(
        ask,
        instrument -> {
          Tally tally = ask.tally(instrument);
          return Figures.percent(tally.bought(), tally.sold());
        },
        (instrument, tally, rank) -> {
          Row row = new Row().put("stck_shrn_iscd", instrument.listing().code());
          row.put("data_rank", rank).put("hts_kor_isnm", instrument.listing().name());
          price(row, instrument.day(), tally, false);
          return row.put("acml_vol", tally.volume())
              .rate("tday_rltv", Figures.percent(tally.bought(), tally.sold()))
              .put("seln_cnqn_smtn", tally.sold())
              .put("shnu_cnqn_smtn", tally.bought())
              .node();
        });
  }

  static KisReply fluctuation(KisAsk ask) {
    String order = ask.parameter("FID_RANK_SORT_CLS_CODE");
    return rank(
        ask,
        instrument -> {
          Day day = instrument.day();
          Tally tally = ask.tally(instrument);
          long sinceOpen = Figures.percent(tally.last() - tally.open(), tally.open());
          return switch (order) {
            case "1" -> -change(day, tally);
            case "2" -> sinceOpen;
            case "3" -> -sinceOpen;
            case "4" -> Figures.percent(tally.high() - tally.low(), day.base());
            default -> change(day, tally);
          };
        },
        (instrument, tally, rank) -> fluctuationRow(ask, instrument, tally, rank));
  }

  private static ObjectNode fluctuationRow(
      KisAsk ask, Instrument instrument, Tally tally, int rank) {
    Day day = instrument.day();
    String today = KisMasters.date(ask.moment().session());
    long last = tally.last();
    long sinceOpen = last - tally.open();
    Row row = new Row().put("stck_shrn_iscd", instrument.listing().code());
    row.put("data_rank", rank).put("hts_kor_isnm", instrument.listing().name());
    price(row, day, tally, false);
    return row.put("acml_vol", tally.volume())
        .put("stck_hgpr", tally.high())
        .put("hgpr_hour", Figures.clock(tally.highAt()))
        .put("acml_hgpr_date", today)
        .put("stck_lwpr", tally.low())
        .put("lwpr_hour", Figures.clock(tally.lowAt()))
        .put("acml_lwpr_date", today)
        .rate("lwpr_vrss_prpr_rate", Figures.percent(last - tally.low(), tally.low()))
        .rate("dsgt_date_clpr_vrss_prpr_rate", change(day, tally))
        .put("cnnt_ascn_dynu", last > day.base() ? 1 : 0)
        .rate("hgpr_vrss_prpr_rate", Figures.percent(last - tally.high(), tally.high()))
        .put("cnnt_down_dynu", last < day.base() ? 1 : 0)
        .put("oprc_vrss_prpr_sign", String.valueOf(Figures.sign(sinceOpen)))
        .put("oprc_vrss_prpr", sinceOpen)
        .rate("oprc_vrss_prpr_rate", Figures.percent(sinceOpen, tally.open()))
        .put("prd_rsfl", last - day.base())
        .rate("prd_rsfl_rate", change(day, tally))
        .node();
  }

  private static long change(Day day, Tally tally) {
    return Figures.percent(tally.last() - day.base(), day.base());
  }

  private static void price(Row row, Day day, Tally tally, boolean signFirst) {
    String sign = String.valueOf(Figures.sign(day, tally.last()));
    row.put("stck_prpr", tally.last());
    if (signFirst) {
      row.put("prdy_vrss_sign", sign);
    }
    row.put("prdy_vrss", tally.last() - day.base());
    if (!signFirst) {
      row.put("prdy_vrss_sign", sign);
    }
    row.rate("prdy_ctrt", change(day, tally));
  }

  private static KisReply rank(KisAsk ask, ToLongFunction<Instrument> order, RowMaker maker) {
    String index = ask.parameter("FID_INPUT_ISCD");
    long from = number(ask.parameter("FID_INPUT_PRICE_1"), 0);
    long to = number(ask.parameter("FID_INPUT_PRICE_2"), Long.MAX_VALUE);
    long least = Math.max(1, number(ask.parameter("FID_VOL_CNT"), 1));
    List<Instrument> ranked =
        ask.world().all(ask.moment()).stream()
            .filter(one -> one.listing().board() != Board.KONEX)
            .filter(one -> member(one.listing(), index))
            .filter(one -> kind(one.listing(), ask.parameter("FID_DIV_CLS_CODE")))
            .filter(one -> ask.tally(one).volume() >= least)
            .filter(one -> ask.tally(one).last() >= from && ask.tally(one).last() <= to)
            .sorted(Comparator.comparingLong(order).reversed())
            .limit(ROWS)
            .toList();
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < ranked.size(); i++) {
      rows.add(maker.make(ranked.get(i), ask.tally(ranked.get(i)), i + 1));
    }
    return KisReply.of("output", rows);
  }

  private static boolean member(Listing listing, String index) {
    return switch (index) {
      case "0001", "2001" -> listing.board() == Board.KOSPI;
      case "1001" -> listing.board() == Board.KOSDAQ;
      default -> true;
    };
  }

  private static boolean kind(Listing listing, String wanted) {
    return switch (wanted) {
      case "1" -> listing.preferred() == 0;
      case "2" -> listing.preferred() > 0;
      default -> true;
    };
  }

  private static long number(String text, long otherwise) {
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : otherwise;
  }
}
