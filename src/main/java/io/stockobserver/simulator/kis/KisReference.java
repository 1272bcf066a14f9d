package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stockobserver.simulator.world.Board;
import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Listing;
import io.stockobserver.simulator.world.TradingCalendar;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holidays, the one call that really pages, and the basic data of a stock. */
final class KisReference {
  private static final int DAYS_PER_PAGE = 24;
  private static final int PAGES = 3;

  private KisReference() {}

  static KisReply holidays(KisAsk ask) {
    LocalDate first = day(ask.parameter("BASS_DT"));
    int page = 0;
    String next = ask.parameter("CTX_AREA_NK");
    if (ask.call().header("tr_cont").equals("N") && next.matches("[0-9]{8}:[0-9]")) {
      first = day(next.substring(0, 8));
      page = next.charAt(9) - '0';
    }
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < DAYS_PER_PAGE; i++) {
      rows.add(row(first.plusDays(i)).node());
    }
    boolean more = page + 1 < PAGES;
    String key = KisMasters.date(first.plusDays(DAYS_PER_PAGE)) + ":" + (page + 1);
    Map<String, com.fasterxml.jackson.databind.JsonNode> parts = new LinkedHashMap<>();
    parts.put("ctx_area_nk", JsonNodeFactory.instance.textNode(more ? key : ""));
    parts.put(
        "ctx_area_fk", JsonNodeFactory.instance.textNode(more ? ask.parameter("BASS_DT") : ""));
    parts.put("output", rows);
    return new KisReply(parts, "KIOK0500", "")
        .withPaging(more ? page == 0 ? "F" : "M" : page == 0 ? "D" : "E");
  }

  private static Row row(LocalDate day) {
    boolean bank = !TradingCalendar.weekend(day) && !TradingCalendar.holiday(day);
    boolean yearEnd = day.getMonth() == Month.DECEMBER && day.getDayOfMonth() == 31;
    return new Row()
        .put("bass_dt", KisMasters.date(day))
        .put("wday_dvsn_cd", "0" + (day.getDayOfWeek().getValue() % 7 + 1))
        .flag("bzdy_yn", bank)
        .flag("tr_day_yn", bank)
        .flag("opnd_yn", TradingCalendar.open(day))
        .flag("sttl_day_yn", bank && !yearEnd);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      throw new KisRefusal(200, "OPSQ2002", "ERROR INVALID INPUT_FIELD_SIZE");
    }
  }

  static KisReply stock(KisAsk ask) {
    Instrument instrument = ask.instrument(ask.parameter("PDNO"));
    if (instrument == null) {
      throw new KisRefusal(200, "KIER0570", "조회할 자료가 없습니다.");
    }
    Row row = new Row();
    names(row, instrument.listing());
    listing(row, instrument.listing());
    kinds(row, instrument.listing());
    state(row, instrument);
    return KisReply.of("output", row.node()).withCode("KIOK0530");
  }

  private static void names(Row row, Listing listing) {
    String market =
        switch (listing.board()) {
          case KOSPI -> "STK";
          case KOSDAQ -> "KSQ";
          case KONEX -> "KNX";
        };
    row.put("pdno", pdno(listing.code()))
        .put("prdt_type_cd", "300")
        .all(listing.name(), "prdt_name", "prdt_name120", "prdt_abrv_name")
        .all(listing.englishName(), "prdt_eng_name", "prdt_eng_name120", "prdt_eng_abrv_name")
        .put("mket_id_cd", market)
        .put("scty_grp_id_cd", listing.group())
        .put("excg_dvsn_cd", listing.board() == Board.KOSPI ? "02" : "03")
        .put("setl_mmdd", "12");
  }

  /** Twelve characters, the code at their end. */
  private static String pdno(String code) {
    return code.length() > 6 ? "0".repeat(12 - code.length()) + code : "00000A" + code;
  }

  private static void listing(Row row, Listing listing) {
    String on = KisMasters.date(listing.listedOn());
    boolean kospi = listing.board() == Board.KOSPI;
    row.put("lstg_stqt", listing.shares())
        .put("lstg_cptl_amt", listing.shares() * 500)
        .put("cpta", listing.shares() * 500)
        .put("papr", 500)
        .put("issu_pric", 0)
        .flag("kospi200_item_yn", kospi && listing.price() * listing.shares() > 2_500_000_000_000L)
        .put("scts_mket_lstg_dt", kospi ? on : "")
        .put("scts_mket_lstg_abol_dt", "")
        .put("kosdaq_mket_lstg_dt", kospi ? "" : on)
        .all("", "kosdaq_mket_lstg_abol_dt", "frbd_mket_lstg_dt", "frbd_mket_lstg_abol_dt")
        .put("reits_kind_cd", "")
        .put("etf_dvsn_cd", listing.product() ? "1" : "0")
        .put("oilf_fund_yn", "N");
  }

  private static void kinds(Row row, Listing listing) {
    row.all("000", "idx_bztp_lcls_cd", "idx_bztp_mcls_cd", "idx_bztp_scls_cd")
        .all("기타", "idx_bztp_lcls_cd_name", "idx_bztp_mcls_cd_name", "idx_bztp_scls_cd_name")
        .put("stck_kind_cd", listing.preferred() == 0 ? "101" : "201")
        .all("", "mfnd_opng_dt", "mfnd_end_dt", "dpsi_erlm_cncl_dt")
        .put("etf_cu_qty", 0)
        .put("std_pdno", listing.isin())
        .put("dpsi_aptm_erlm_yn", "Y")
        .all("", "etf_txtn_type_cd", "etf_type_cd", "lstg_abol_dt", "nwst_odst_dvsn_cd");
  }

  private static void state(Row row, Instrument instrument) {
    Listing listing = instrument.listing();
    Day day = instrument.day();
    row.put("sbst_pric", day.base() * 7 / 10)
        .put("thco_sbst_pric", day.base() * 7 / 10)
        .put("thco_sbst_pric_chng_dt", KisMasters.date(day.session()))
        .flag("tr_stop_yn", listing.halted())
        .flag("admn_item_yn", listing.administrative())
        .put("thdt_clpr", day.krx().last())
        .put("bfdy_clpr", day.previousClose())
        .put("clpr_chng_dt", KisMasters.date(day.session()))
        .put("std_idst_clsf_cd", "032604")
        .put("std_idst_clsf_cd_name", "기타 제조업")
        .put("ocr_no", "")
        .flag("crfd_item_yn", false)
        .flag("elec_scty_yn", true)
        .all("", "issu_istt_cd", "etf_chas_erng_rt_dbnb", "etf_etn_ivst_heed_item_yn")
        .all("", "stln_int_rt_dvsn_cd", "frnr_psnl_lmt_rt", "lstg_rqsr_issu_istt_cd")
        .all("", "lstg_rqsr_item_cd", "trst_istt_issu_istt_cd")
        .flag("cptt_trad_tr_psbl_yn", listing.nxt())
        .flag("nxt_tr_stop_yn", listing.halted());
  }
}
