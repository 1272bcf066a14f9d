package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Specifics;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the price and the order book of one symbol: what the mock server has instead of the
 * 30-symbol call (KIS sheet 4.1, 4.2, 8). Each tells what it has.
 */
final class KisSingleQuote {
  private static final String SYMBOL = "stck_shrn_iscd";

  private static final Set<String> PRICE_MAPPED =
      Set.of(
          SYMBOL,
          "stck_prpr",
          "acml_vol",
          "acml_tr_pbmn",
          "stck_oprc",
          "stck_hgpr",
          "stck_lwpr",
          "stck_sdpr");
  private static final Set<String> BOOK_MAPPED =
      Set.of("askp1", "bidp1", "askp_rsqn1", "bidp_rsqn1");
  private static final Set<String> BOOK_PRICE_MAPPED =
      Set.of(SYMBOL, "stck_prpr", "stck_oprc", "stck_hgpr", "stck_lwpr", "stck_sdpr");

  private static final String STATUS_HALTED = "58";

  private KisSingleQuote() {}

  /** Reads an answer of inquire-price. */
  static void readPrice(JsonNode row, List<String> asked, Entry answer, Readings out) {
    out.declared(1);
    String symbol = symbol(KisJson.text(row, SYMBOL), asked);
    if (missing(row, "inquire-price", symbol, out, "stck_prpr", "acml_vol")) {
      return;
    }
    if (symbol == null || nothing(row)) {
      out.refused("symbol-unknown", symbol, 1, KisJson.sample(row));
      return;
    }
    Observation observation;
    try {
      observation = price(symbol, row, answer);
    } catch (NumberFormatException e) {
      out.refused("field-malformed", symbol, 1, e.getMessage() + " in " + KisJson.sample(row));
      return;
    }
    out.observed(observation);
  }

  /** Reads an answer of inquire-asking-price-exp-ccn: {@code output1} and {@code output2}. */
  static void readBook(JsonNode root, List<String> asked, Entry answer, Readings out) {
    JsonNode book = root.path("output1");
    JsonNode price = root.path("output2");
    out.declared(1);
    String symbol = symbol(KisJson.text(price, SYMBOL), asked);
    if (missing(book, "inquire-asking-price", symbol, out, "askp1", "bidp1")) {
      return;
    }
    if (symbol == null) {
      out.refused("symbol-unknown", null, 1, KisJson.sample(root));
      return;
    }
    Observation observation;
    try {
      observation = book(symbol, book, price, answer);
    } catch (NumberFormatException e) {
      out.refused("field-malformed", symbol, 1, e.getMessage() + " in " + KisJson.sample(root));
      return;
    }
    out.observed(observation);
  }

  private static Observation price(String symbol, JsonNode row, Entry answer) {
    return new Observation(
        symbol,
        answer.heardAt(),
        true,
        KisJson.price(row, "stck_prpr"),
        null,
        null,
        null,
        null,
        null,
        KisJson.number(row, "acml_vol"),
        KisJson.number(row, "acml_tr_pbmn"),
        KisJson.price(row, "stck_oprc"),
        KisJson.price(row, "stck_hgpr"),
        KisJson.price(row, "stck_lwpr"),
        KisJson.price(row, "stck_sdpr"),
        KisJson.text(row, "iscd_stat_cls_code").equals(STATUS_HALTED)
            || KisJson.text(row, "temp_stop_yn").equals("Y"),
        new KisRowSpecifics(row, PRICE_MAPPED),
        answer);
  }

  private static Observation book(String symbol, JsonNode book, JsonNode price, Entry answer) {
    Instant at = bookTime(KisJson.text(book, "aspr_acpt_hour"), answer.heardAt());
    BigDecimal bid = KisJson.price(book, "bidp1");
    BigDecimal ask = KisJson.price(book, "askp1");
    Specifics bookRest = new KisRowSpecifics(book, BOOK_MAPPED);
    Specifics priceRest = new KisRowSpecifics(price, BOOK_PRICE_MAPPED);
    return new Observation(
        symbol,
        at == null ? answer.heardAt() : at,
        at == null,
        KisJson.price(price, "stck_prpr"),
        bid,
        ask,
        KisTrades.size(bid, KisJson.number(book, "bidp_rsqn1")),
        KisTrades.size(ask, KisJson.number(book, "askp_rsqn1")),
        null,
        null,
        null,
        KisJson.price(price, "stck_oprc"),
        KisJson.price(price, "stck_hgpr"),
        KisJson.price(price, "stck_lwpr"),
        KisJson.price(price, "stck_sdpr"),
        false,
        visitor -> {
          bookRest.forEach(visitor);
          priceRest.forEach(visitor);
        },
        answer);
  }

  /**
   * The book's time of day on the day it was heard. Null where it is none, or would lie ahead: then
   * it is of an earlier day, and which one the venue does not say.
   */
  private static @Nullable Instant bookTime(String hhmmss, Instant heardAt) {
    int second = KisMoments.secondOfDay(hhmmss);
    if (second <= 0) {
      return null;
    }
    LocalDate day = LocalDate.ofInstant(heardAt, KisMoments.SEOUL);
    Instant at = day.atStartOfDay(KisMoments.SEOUL).toInstant().plusSeconds(second);
    return at.isAfter(heardAt.plusSeconds(300)) ? null : at;
  }

  /**
   * The symbol as asked: the answer leaves out the Q of an ETN, and where it differs otherwise it
   * is not ours to guess. Null where there is none.
   */
  private static @Nullable String symbol(String answered, List<String> asked) {
    String one = asked.size() == 1 ? asked.get(0) : "";
    if (answered.isEmpty() || one.endsWith(answered)) {
      return KisSymbols.valid(one) ? one : null;
    }
    return one.isEmpty() && KisSymbols.valid(answered) ? answered : null;
  }

  /** An unknown code may be answered with blanks or zeros all over (KIS sheet 3.3). */
  private static boolean nothing(JsonNode row) {
    return KisJson.text(row, SYMBOL).isEmpty()
        && blank(KisJson.text(row, "stck_prpr"))
        && blank(KisJson.text(row, "stck_sdpr"));
  }

  private static boolean blank(String text) {
    return text.isEmpty() || text.chars().allMatch(c -> c == '0' || c == '.');
  }

  private static boolean missing(
      JsonNode row, String shape, @Nullable String symbol, Readings out, String... keys) {
    for (String key : keys) {
      if (!row.has(key)) {
        out.drift(shape + "/-" + key, KisJson.sample(row));
        out.refused("field-missing", symbol, 1, key + " in " + KisJson.sample(row));
        return true;
      }
    }
    return false;
  }
}
