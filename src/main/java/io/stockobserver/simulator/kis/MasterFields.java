package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.world.Board;
import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Listing;

/** What the tail of a master record says in each field. Numbers are padded with zeros. */
final class MasterFields {
  private MasterFields() {}

  static String value(MasterLayout.Field field, Instrument instrument) {
    Listing listing = instrument.listing();
    Day day = instrument.day();
    int width = field.width();
    return switch (field.name()) {
      case "scrt_grp_cls_code" -> listing.group();
      case "avls_scal_cls_code" -> size(listing);
      case "bstp_larg_div_code" -> number(listing.board() == Board.KOSPI ? 27 : 1009, width);
      case "kospi200_apnt_cls_code" -> size(listing).equals("1") ? "5" : "0";
      case "kospi100_issu_yn", "kospi50_issu_yn", "krx300_issu_yn", "ksq150_nmix_yn" ->
          flag(size(listing).equals("1"));
      case "etp_prod_cls_code" ->
          listing.group().equals("EN") ? "3" : listing.product() ? "2" : "0";
      case "etpr_undt_objt_co_yn" -> flag(listing.spac());
      case "short_over_cls_code", "prst_cls_code" ->
          field.name().startsWith("prst") ? Integer.toString(listing.preferred()) : "0";
      case "stck_sdpr" -> number(day.base(), width);
      case "frml_mrkt_deal_qty_unit", "ovtm_mrkt_deal_qty_unit" -> number(1, width);
      case "trht_yn" -> flag(listing.halted());
      case "sltr_yn" -> flag(listing.liquidation());
      case "mang_issu_yn" -> flag(listing.administrative());
      case "mrkt_alrm_cls_code" -> listing.alert();
      case "flng_cls_code" -> exRights(listing, day);
      case "marg_rate" -> number(listing.board() == Board.KOSPI ? 20 : 100, width);
      case "crdt_able", "kospi_issu_yn", "krx_issu_yn", "secu_lend_able_yn", "stln_able_yn" ->
          flag(listing.board() != Board.KONEX);
      case "crdt_days" -> number(90, width);
      case "prdy_vol" -> number(day.previousVolume(), width);
      case "stck_fcam" -> number(500, width);
      case "stck_lstn_date" -> KisMasters.date(listing.listedOn());
      case "lstn_stcn" -> number(listing.shares() / 1000, width);
      case "cpfn" -> number(listing.shares() * 500, width);
      case "stac_month" -> "12";
      case "base_date" -> "20260630";
      case "prdy_avls_scal" -> number(day.base() * listing.shares() / 100_000_000, width);
      case "grp_code" -> "";
      default -> width == 1 ? "N" : number(0, width);
    };
  }

  private static String size(Listing listing) {
    long hundredMillions = listing.price() * listing.shares() / 100_000_000;
    if (!listing.group().equals("ST")) {
      return "0";
    }
    return hundredMillions > 25_000 ? "1" : hundredMillions > 5_000 ? "2" : "3";
  }

  private static String exRights(Listing listing, Day day) {
    if (listing.group().equals("SR") || listing.group().equals("SW")) {
      return "";
    }
    return day.previousClose() == day.base() ? "00" : "01";
  }

  private static String flag(boolean value) {
    return value ? "Y" : "N";
  }

  private static String number(long value, int width) {
    String digits = Long.toString(value);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
