package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.simulator.world.Board;
import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Listing;
import io.stockobserver.simulator.world.Tally;
import io.stockobserver.simulator.world.Trade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of the quote calls other than the 82 fields: book, thirty symbols, latest trades. */
final class KisQuotes {
  private static final int MOST_SYMBOLS = 30;
  private static final int LATEST_TRADES = 30;

  private KisQuotes() {}

  static KisReply multi(KisAsk ask) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (int i = 1; i <= MOST_SYMBOLS; i++) {
      String code = ask.parameter("FID_INPUT_ISCD_" + i);
      Instrument instrument = code.isEmpty() ? null : ask.instrument(code);
      if (instrument != null) {
        rows.add(multiRow(ask, instrument, ask.parameter("FID_COND_MRKT_DIV_CODE_" + i)));
      }
    }
    if (ask.parameter("FID_INPUT_ISCD_1").isEmpty()) {
      throw new KisRefusal(200, "OPSQ2001", "ERROR INPUT FIELD NOT FOUND [FID_INPUT_ISCD_1]");
    }
    return KisReply.of("output", rows);
  }

  private static ObjectNode multiRow(KisAsk ask, Instrument instrument, String market) {
    Listing listing = instrument.listing();
    Day day = instrument.day();
    Tally tally = KisAsk.tally(day, market);
    Phase phase = Phase.of(day, ask.moment());
    Book book = Book.of(instrument, ask.moment());
    long price = price(day, tally);
    long expected = Book.expectedPrice(instrument, phase);
    return new Row()
        .put("kospi_kosdaq_cls_name", listing.board() == Board.KOSPI ? "KOSPI" : "KOSDAQ")
        .put(
            "mrkt_trtm_cls_name",
            listing.halted() ? "거래정지" : listing.administrative() ? "관리종목" : "")
        .put("hour_cls_code", phase.hourClass())
        .put("inter_shrn_iscd", listing.code())
        .put("inter_kor_isnm", listing.name())
        .put("inter2_prpr", price)
        .put("inter2_prdy_vrss", price - day.base())
        .put("prdy_vrss_sign", String.valueOf(Figures.sign(day, price)))
        .rate("prdy_ctrt", Figures.percent(price - day.base(), day.base()))
        .put("acml_vol", tally.volume())
        .put("inter2_oprc", tally.open())
        .put("inter2_hgpr", tally.high())
        .put("inter2_lwpr", tally.low())
        .put("inter2_llam", day.lower())
        .put("inter2_mxpr", day.upper())
        .put("inter2_askp", book.asks()[0])
        .put("inter2_bidp", book.bids()[0])
        .put("seln_rsqn", book.askSizes()[0])
        .put("shnu_rsqn", book.bidSizes()[0])
        .put("total_askp_rsqn", book.totalAsk())
        .put("total_bidp_rsqn", book.totalBid())
        .put("acml_tr_pbmn", tally.value())
        .put("inter2_prdy_clpr", day.previousClose())
        .rate("oprc_vrss_hgpr_rate", Figures.percent(tally.high() - tally.open(), tally.open()))
        .put("intr_antc_cntg_vrss", expected - day.base())
        .put("intr_antc_cntg_vrss_sign", String.valueOf(Figures.sign(expected - day.base())))
        .rate("intr_antc_cntg_prdy_ctrt", Figures.percent(expected - day.base(), day.base()))
        .put("intr_antc_vol", Book.expectedSize(instrument, phase, ask.moment().second()))
        .put("inter2_sdpr", day.base())
        .node();
  }

  static long price(Day day, Tally tally) {
    return tally.volume() == 0 ? day.price() : tally.last();
  }

  static KisReply book(KisAsk ask) {
    Row first = new Row();
    Row second = new Row();
    Instrument instrument = ask.instrument(ask.symbol());
    if (instrument == null) {
      return KisReply.of("output1", first.node(), "output2", second.node());
    }
    Day day = instrument.day();
    int now = ask.moment().second();
    Phase phase = Phase.of(day, ask.moment());
    Book book = Book.of(instrument, ask.moment());
    Book before = Book.of(instrument, phase, now - 1);
    first.put("aspr_acpt_hour", Figures.clock(now));
    levels(first, "askp", book.asks(), null);
    levels(first, "bidp", book.bids(), null);
    levels(first, "askp_rsqn", book.askSizes(), null);
    levels(first, "bidp_rsqn", book.bidSizes(), null);
    levels(first, "askp_rsqn_icdc", book.askSizes(), before.askSizes());
    levels(first, "bidp_rsqn_icdc", book.bidSizes(), before.bidSizes());
    first
        .put("total_askp_rsqn", book.totalAsk())
        .put("total_bidp_rsqn", book.totalBid())
        .put("total_askp_rsqn_icdc", book.totalAsk() - before.totalAsk())
        .put("total_bidp_rsqn_icdc", book.totalBid() - before.totalBid())
        .all("0", "ovtm_total_askp_icdc", "ovtm_total_bidp_icdc")
        .all("0", "ovtm_total_askp_rsqn", "ovtm_total_bidp_rsqn")
        .put("ntby_aspr_rsqn", book.totalBid() - book.totalAsk())
        .put("new_mkop_cls_code", phase.operation());
    expected(second, ask, instrument, phase);
    return KisReply.of("output1", first.node(), "output2", second.node());
  }

  private static void levels(Row row, String name, long[] values, long @Nullable [] before) {
    for (int i = 0; i < values.length; i++) {
      row.put(name + (i + 1), before == null ? values[i] : values[i] - before[i]);
    }
  }

  private static void expected(Row row, KisAsk ask, Instrument instrument, Phase phase) {
    Day day = instrument.day();
    Tally tally = ask.tally(instrument);
    long expected = Book.expectedPrice(instrument, phase);
    long change = expected - day.base();
    row.put("antc_mkop_cls_code", phase.expected())
        .put("stck_prpr", price(day, tally))
        .put("stck_oprc", tally.open())
        .put("stck_hgpr", tally.high())
        .put("stck_lwpr", tally.low())
        .put("stck_sdpr", day.base())
        .put("antc_cnpr", expected)
        .put("antc_cntg_vrss_sign", String.valueOf(Figures.sign(change)))
        .put("antc_cntg_vrss", change)
        .rate("antc_cntg_prdy_ctrt", Figures.percent(change, day.base()))
        .put("antc_vol", Book.lastExpected(instrument))
        .put("stck_shrn_iscd", instrument.listing().code())
        .put("vi_cls_code", "N");
  }

  static KisReply trades(KisAsk ask) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Instrument instrument = ask.instrument(ask.symbol());
    if (instrument == null) {
      return KisReply.of("output", rows);
    }
    Day day = instrument.day();
    String market = ask.parameter("FID_COND_MRKT_DIV_CODE");
    List<Trade> trades = instrument.latestTrades();
    for (Trade trade : trades) {
      boolean asked = market.equals("UN") || trade.nxt() == market.equals("NX");
      if (asked && rows.size() < LATEST_TRADES) {
        rows.add(
            new Row()
                .put("stck_cntg_hour", Figures.clock(trade.second()))
                .put("stck_prpr", trade.price())
                .put("prdy_vrss", trade.price() - day.base())
                .put("prdy_vrss_sign", String.valueOf(Figures.sign(day, trade.price())))
                .put("cntg_vol", trade.size())
                .rate("tday_rltv", trade.strength())
                .rate("prdy_ctrt", Figures.percent(trade.price() - day.base(), day.base()))
                .node());
      }
    }
    return KisReply.of("output", rows);
  }
}
