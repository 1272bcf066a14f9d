package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.observe.Observation;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the rows of the 30-symbol quote call (KIS sheet 4.3, 8). The venue gives no time of trade:
 * the heard time stands for it. Rows that were asked for and did not come are not told of here.
 */
final class KisMultiPrice {
  private static final String SYMBOL = "inter_shrn_iscd";

  private static final Set<String> REQUIRED = Set.of(SYMBOL, "inter2_prpr", "acml_vol");

  private static final Set<String> DOCUMENTED =
      Set.of(
          "kospi_kosdaq_cls_name",
          "mrkt_trtm_cls_name",
          "hour_cls_code",
          SYMBOL,
          "inter_kor_isnm",
          "inter2_prpr",
          "inter2_prdy_vrss",
          "prdy_vrss_sign",
          "prdy_ctrt",
          "acml_vol",
          "inter2_oprc",
          "inter2_hgpr",
          "inter2_lwpr",
          "inter2_llam",
          "inter2_mxpr",
          "inter2_askp",
          "inter2_bidp",
          "seln_rsqn",
          "shnu_rsqn",
          "total_askp_rsqn",
          "total_bidp_rsqn",
          "acml_tr_pbmn",
          "inter2_prdy_clpr",
          "oprc_vrss_hgpr_rate",
          "intr_antc_cntg_vrss",
          "intr_antc_cntg_vrss_sign",
          "intr_antc_cntg_prdy_ctrt",
          "intr_antc_vol",
          "inter2_sdpr");

  private static final Set<String> MAPPED =
      Set.of(
          SYMBOL,
          "inter2_prpr",
          "acml_vol",
          "inter2_oprc",
          "inter2_hgpr",
          "inter2_lwpr",
          "inter2_askp",
          "inter2_bidp",
          "seln_rsqn",
          "shnu_rsqn",
          "acml_tr_pbmn",
          "inter2_sdpr");

  /** What {@code mrkt_trtm_cls_name} says of an issue that does not trade: 거래정지. */
  private static final String TRADING_HALT = "\uAC70\uB798\uC815\uC9C0";

  private KisMultiPrice() {}

  /** Reads the rows, of which there is at least one. */
  static void read(List<JsonNode> rows, List<String> asked, Entry answer, Readings out) {
    out.declared(rows.size());
    Set<String> told = new HashSet<>();
    for (JsonNode row : rows) {
      if (!row.isObject()) {
        out.refused("row-malformed", null, 1, KisJson.sample(row));
        continue;
      }
      String strangeness = strangeness(row);
      if (!strangeness.isEmpty() && told.add(strangeness)) {
        out.drift("intstock-multprice/" + strangeness, KisJson.sample(row));
      }
      read(row, asked, answer, out);
    }
  }

  private static void read(JsonNode row, List<String> asked, Entry answer, Readings out) {
    String symbol = symbol(KisJson.text(row, SYMBOL), asked);
    boolean named = KisSymbols.valid(symbol);
    for (String key : REQUIRED) {
      if (!row.has(key)) {
        out.refused("field-missing", named ? symbol : null, 1, key + " in " + KisJson.sample(row));
        return;
      }
    }
    if (!named) {
      out.refused("field-malformed", null, 1, SYMBOL + " in " + KisJson.sample(row));
      return;
    }
    Observation observation;
    try {
      observation = observation(symbol, row, answer);
    } catch (NumberFormatException e) {
      out.refused("field-malformed", symbol, 1, e.getMessage() + " in " + KisJson.sample(row));
      return;
    }
    out.observed(observation);
  }

  /** The symbol as asked: of an ETN the venue may leave out the Q (KIS sheet 4.1, 7.4). */
  private static String symbol(String answered, List<String> asked) {
    return !asked.contains(answered) && asked.contains('Q' + answered) ? 'Q' + answered : answered;
  }

  private static Observation observation(String symbol, JsonNode row, Entry answer) {
    BigDecimal bid = KisJson.price(row, "inter2_bidp");
    BigDecimal ask = KisJson.price(row, "inter2_askp");
    return new Observation(
        symbol,
        answer.heardAt(),
        true,
        KisJson.price(row, "inter2_prpr"),
        bid,
        ask,
        KisTrades.size(bid, KisJson.number(row, "shnu_rsqn")),
        KisTrades.size(ask, KisJson.number(row, "seln_rsqn")),
        null,
        KisJson.number(row, "acml_vol"),
        KisJson.number(row, "acml_tr_pbmn"),
        KisJson.price(row, "inter2_oprc"),
        KisJson.price(row, "inter2_hgpr"),
        KisJson.price(row, "inter2_lwpr"),
        KisJson.price(row, "inter2_sdpr"),
        KisJson.text(row, "mrkt_trtm_cls_name").contains(TRADING_HALT),
        new KisRowSpecifics(row, MAPPED),
        answer);
  }

  private static boolean asDocumented(JsonNode row) {
    boolean known = row.size() == DOCUMENTED.size();
    for (Iterator<String> names = row.fieldNames(); known && names.hasNext(); ) {
      known = DOCUMENTED.contains(names.next());
    }
    return known;
  }

  /** What a row has too much (+) and too little (-); empty for a row as documented. */
  private static String strangeness(JsonNode row) {
    if (asDocumented(row)) {
      return "";
    }
    TreeSet<String> strange = new TreeSet<>();
    for (Iterator<String> names = row.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!DOCUMENTED.contains(name)) {
        strange.add('+' + name);
      }
    }
    for (String name : DOCUMENTED) {
      if (!row.has(name)) {
        strange.add('-' + name);
      }
    }
    String text = String.join(",", strange);
    return text.length() <= 200 ? text : text.substring(0, 200);
  }
}
