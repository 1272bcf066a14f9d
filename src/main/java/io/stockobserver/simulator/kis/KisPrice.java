package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.world.Board;
import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Listing;
import io.stockobserver.simulator.world.Tally;
import io.stockobserver.simulator.world.Ticks;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** The 82 fields of the current price. What a recorder does not use is plausible, not more. */
final class KisPrice {
  private KisPrice() {}

  static KisReply answer(KisAsk ask) {
    Instrument instrument = ask.instrument(ask.symbol());
    Row row = new Row();
    if (instrument == null) {
      return KisReply.of("output", row.all("0", "stck_prpr", "acml_vol", "acml_tr_pbmn").node());
    }
    state(row, instrument.listing());
    prices(row, instrument.day(), ask.tally(instrument), instrument.listing());
    company(row, instrument.day(), instrument.listing());
    history(row, instrument);
    flags(row, instrument);
    return KisReply.of("output", row.node());
  }

  /** ISCD_STAT_CLS_CODE: one code only, the gravest. */
  static String status(Listing listing) {
    if (listing.halted()) {
      return "58";
    }
    if (listing.administrative()) {
      return "51";
    }
    return switch (listing.alert()) {
      case "03" -> "52";
      case "02" -> "53";
      case "01" -> "54";
      default -> listing.board() == Board.KOSPI ? "55" : "57";
    };
  }

  private static void state(Row row, Listing listing) {
    row.put("iscd_stat_cls_code", status(listing))
        .rate("marg_rate", listing.board() == Board.KOSPI ? 2_000 : 10_000)
        .put("rprs_mrkt_kor_name", listing.board() == Board.KOSPI ? "KOSPI200" : "KOSDAQ")
        .put("new_hgpr_lwpr_cls_code", "")
        .put("bstp_kor_isnm", listing.product() ? "" : "전기·전자")
        .all("N", "temp_stop_yn", "oprc_rang_cont_yn", "clpr_rang_cont_yn")
        .flag("crdt_able_yn", listing.board() == Board.KOSPI)
        .put("grmn_rate_cls_code", "40")
        .put("elw_pblc_yn", "N");
  }

  private static void prices(Row row, Day day, Tally tally, Listing listing) {
    long price = KisQuotes.price(day, tally);
    long change = price - day.base();
    long high = Math.max(tally.high(), price);
    long low = tally.low() == 0 ? price : tally.low();
    long pivot = (high + low + price) / 3;
    row.put("stck_prpr", price)
        .put("prdy_vrss", change)
        .put("prdy_vrss_sign", String.valueOf(Figures.sign(day, price)))
        .rate("prdy_ctrt", Figures.percent(change, day.base()))
        .put("acml_tr_pbmn", tally.value())
        .put("acml_vol", tally.volume())
        .rate("prdy_vrss_vol_rate", Figures.percent(tally.volume(), day.previousVolume()))
        .put("stck_oprc", tally.open())
        .put("stck_hgpr", tally.high())
        .put("stck_lwpr", tally.low())
        .put("stck_mxpr", day.upper())
        .put("stck_llam", day.lower())
        .put("stck_sdpr", day.base())
        .rate("wghn_avrg_stck_prc", Figures.hundredths(tally.value(), tally.volume(), 1))
        .rate("hts_frgn_ehrt", 1_234)
        .put("frgn_ntby_qty", tally.bought() / 9 - tally.sold() / 10)
        .put("pgtr_ntby_qty", tally.bought() / 20 - tally.sold() / 18)
        .put("pvt_scnd_dmrs_prc", pivot + high - low)
        .put("pvt_frst_dmrs_prc", 2 * pivot - low)
        .put("pvt_pont_val", pivot)
        .put("pvt_frst_dmsp_prc", 2 * pivot - high)
        .put("pvt_scnd_dmsp_prc", pivot - high + low)
        .put("dmrs_val", 2 * pivot - low)
        .put("dmsp_val", 2 * pivot - high)
        .put("cpfn", listing.shares() / 1_000_000)
        .put("rstc_wdth_prc", day.upper() - day.base())
        .put("stck_fcam", 500)
        .put("stck_sspr", day.base() * 7 / 10)
        .put("aspr_unit", Ticks.size(price, listing.product()))
        .put("hts_deal_qty_unit_val", 1);
  }

  private static void company(Row row, Day day, Listing listing) {
    row.put("lstn_stcn", listing.shares())
        .put("hts_avls", day.price() * listing.shares() / 100_000_000)
        .rate("per", 1_250)
        .rate("pbr", 110)
        .put("stac_month", "12")
        .rate("vol_tnrt", Figures.percent(day.krx().volume(), listing.shares()))
        .rate("eps", day.base() * 8)
        .rate("bps", day.base() * 90);
  }

  private static void history(Row row, Instrument instrument) {
    Day day = instrument.day();
    long high = day.base() * 14 / 10;
    long low = day.base() * 6 / 10;
    LocalDate highOn = LocalDate.of(day.session().getYear(), 1, 15);
    LocalDate lowOn = highOn.plusMonths(1);
    extreme(row, "d250_hgpr", "vrss_prpr_rate", high, highOn, day, true);
    extreme(row, "d250_lwpr", "vrss_prpr_rate", low, lowOn, day, true);
    extreme(row, "stck_dryy_hgpr", "vrss_prpr_rate", high, highOn, day, false);
    extreme(row, "stck_dryy_lwpr", "vrss_prpr_rate", low, lowOn, day, false);
    extreme(row, "w52_hgpr", "vrss_prpr_ctrt", high, highOn, day, false);
    extreme(row, "w52_lwpr", "vrss_prpr_ctrt", low, lowOn, day, false);
  }

  /** The three fields of one extreme; 250 days has its date before its rate, the others after. */
  private static void extreme(
      Row row, String name, String rate, long price, LocalDate on, Day day, boolean dateFirst) {
    String stem = name.startsWith("stck_") ? name.substring(5) : name;
    String date = DateTimeFormatter.BASIC_ISO_DATE.format(on);
    row.put(name, price);
    if (dateFirst) {
      row.put(stem + "_date", date);
    }
    row.rate(stem + "_" + rate, Figures.percent(day.price() - price, price));
    if (!dateFirst) {
      row.put(stem + "_date", date);
    }
  }

  private static void flags(Row row, Instrument instrument) {
    Listing listing = instrument.listing();
    row.rate("whol_loan_rmnd_rate", 12)
        .put("ssts_yn", "Y")
        .put("stck_shrn_iscd", listing.code())
        .put("fcam_cnnm", "500 원")
        .put("cpfn_cnnm", listing.shares() / 200_000 + " 억")
        .put("apprch_rate", "")
        .put("frgn_hldn_qty", listing.shares() / 8)
        .all("N", "vi_cls_code", "ovtm_vi_cls_code")
        .put("last_ssts_cntg_qty", instrument.day().previousVolume() / 50)
        .flag("invt_caful_yn", listing.alert().equals("01"))
        .put("mrkt_warn_cls_code", listing.alert())
        .put("short_over_yn", "N")
        .flag("sltr_yn", listing.liquidation())
        .flag("mang_issu_cls_code", listing.administrative());
  }
}
