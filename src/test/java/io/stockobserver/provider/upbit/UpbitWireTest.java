package io.stockobserver.provider.upbit;

import static io.stockobserver.provider.upbit.Told.fixture;
import static io.stockobserver.provider.upbit.Told.message;
import static io.stockobserver.provider.upbit.Told.specifics;
import static io.stockobserver.provider.upbit.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Observation.Part;
import io.stockobserver.tape.Entry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitWireTest {
  private static final String[] FRAMES = {
    "trade.json",
    "trade-simple.json",
    "ticker.json",
    "ticker-simple.json",
    "orderbook.json",
    "orderbook-simple.json",
    "list.json",
    "status-up.json",
    "error-no-codes.json",
    "subscriptions.json",
    "candle-1s.json"
  };

  /** It remembers which field follows which; that must be seen in nothing but its speed. */
  @Test
  void whatWasReadBeforeChangesNothing() {
    UpbitWire wire = new UpbitWire();
    Random random = new Random(20260921);
    for (int i = 0; i < 2_000; i++) {
      byte[] body = fixture(FRAMES[random.nextInt(FRAMES.length)]);
      if (i % 3 == 0) {
        body[random.nextInt(body.length)] = (byte) "\"{}[],:1x\\".charAt(random.nextInt(10));
      }
      Entry entry = Told.feedEntry(body);
      Told fresh = new Told();
      new UpbitWire().readFeed(entry, fresh);
      Told again = new Told();
      wire.readFeed(entry, again);
      assertThat(again.observed).isEqualTo(fresh.observed);
      assertThat(again.refusals).isEqualTo(fresh.refusals);
      assertThat(again.drifts).isEqualTo(fresh.drifts);
      assertThat(again.told).isEqualTo(fresh.told);
      assertThat(again.declared).isEqualTo(fresh.declared);
    }
  }

  private static BigDecimal n(String digits) {
    return new BigDecimal(digits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trade.json", "trade-simple.json"})
  void aTradeIsReadInBothFormatsAndInAnyOrderOfFields(String fixture) {
    Told told = message(fixture(fixture));
    Observation o = told.only();
    assertThat(told.told).containsExactly("proven KRW-BTC");
    assertThat(told.drifts).isEmpty();
    assertThat(o.part()).isEqualTo(Part.TRADE);
    assertThat(o.tradeId()).isEqualTo("17900000001000000");
    assertThat(o.symbol()).isEqualTo("KRW-BTC");
    assertThat(o.at()).isEqualTo(Instant.parse("2026-09-21T14:13:20.100Z"));
    assertThat(o.atIsHeard()).isFalse();
    assertThat(o.lastPrice()).isEqualByComparingTo("150000000");
    assertThat(o.tradeSize()).isEqualTo(n("0.00120000"));
    assertThat(o.prevClose()).isEqualTo(n("149000000.0"));
    assertThat(o.askPrice()).isEqualTo(n("150000000"));
    assertThat(o.askSize()).isEqualTo(n("0.3"));
    assertThat(o.bidPrice()).isEqualTo(n("149999000"));
    assertThat(o.bidSize()).isEqualTo(n("0.00079276"));
    assertThat(o.accVolume()).isNull();
    assertThat(o.accValue()).isNull();
    assertThat(specifics(o))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "trade_sent_timestamp", "1790000000123",
                "trade_trade_date", "2026-09-21",
                "trade_trade_time", "14:13:20",
                "trade_ask_bid", "BID",
                "trade_change", "RISE",
                "trade_change_price", "1000000",
                "sequential_id", "17900000001000000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ticker.json", "ticker-simple.json"})
  void aTickerIsReadInBothFormats(String fixture) {
    Told told = message(fixture(fixture));
    Observation o = told.only();
    assertThat(told.told).as("a ticker proves no slot").isEmpty();
    assertThat(told.drifts).isEmpty();
    assertThat(o.part()).isEqualTo(Part.TICKER);
    assertThat(o.tradeId()).isNull();
    assertThat(o.symbol()).isEqualTo("KRW-BTC");
    assertThat(o.at()).isEqualTo(Instant.parse("2026-09-21T14:13:20.123Z"));
    assertThat(o.lastPrice()).isEqualTo(n("150000000"));
    assertThat(o.open()).isEqualTo(n("149000000.00000000"));
    assertThat(o.high()).isEqualTo(n("151000000"));
    assertThat(o.low()).isEqualByComparingTo("148500000");
    assertThat(o.prevClose()).isEqualTo(n("149000000"));
    assertThat(o.accVolume()).isEqualTo(n("823.04526674"));
    assertThat(o.accValue()).isEqualTo(n("123456789012.12345678"));
    assertThat(o.tradeSize()).isNull();
    assertThat(o.bidPrice()).isNull();
    assertThat(o.halted()).isFalse();
    assertThat(specifics(o))
        .containsEntry("trade_volume", "0.0012")
        .containsEntry("trade_timestamp", "1790000000100")
        .containsEntry("market_state", "ACTIVE")
        .containsEntry("is_trading_suspended", "false")
        .containsEntry("lowest_52_week_price", "9.1E7")
        .containsEntry("acc_trade_price_24h", "234567890123.1")
        .containsEntry("trade_date", "20260921")
        .doesNotContainKeys("type", "code", "stream_type", "timestamp", "delisting_date", "atv")
        .hasSize(21);
  }

  @Test
  void deprecatedFieldsMayBeMissing() {
    Told told = message(fixture("ticker-without-deprecated.json"));
    assertThat(told.only().halted()).isFalse();
    assertThat(told.drifts).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, false, false",
    "ACTIVE, true, true",
    "DELISTED, false, true",
    "PREVIEW, false, true"
  })
  void whatIsNotActiveIsHalted(String state, String suspended, boolean halted) {
    String ticker =
        text("ticker.json")
            .replace("\"ACTIVE\"", '"' + state + '"')
            .replace("suspended\":false", "suspended\":" + suspended);
    assertThat(message(ticker).only().halted()).isEqualTo(halted);
  }

  @Test
  void aDelistedMarketKeepsWhatTheVenueSaysOfIt() {
    Observation o = message(fixture("ticker-delisted.json")).only();
    assertThat(o.halted()).isTrue();
    assertThat(specifics(o))
        .containsEntry("market_state", "DELISTED")
        .containsEntry("delisting_date", "2026-09-22");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orderbook.json", "orderbook-simple.json"})
  void aBookTellsTheBestLevelOfEachSideAndPaddingIsNone(String fixture) {
    Told told = message(fixture(fixture));
    Observation o = told.only();
    assertThat(told.told).containsExactly("proven KRW-BTC");
    assertThat(told.drifts).isEmpty();
    assertThat(o.part()).isEqualTo(Part.BOOK);
    assertThat(o.at()).isEqualTo(Instant.parse("2026-09-21T14:13:20.200Z"));
    assertThat(o.bidPrice()).isEqualTo(n("149999000"));
    assertThat(o.bidSize()).isEqualTo(n("0.10000000"));
    assertThat(o.askPrice()).isEqualByComparingTo("150001000");
    assertThat(o.askSize()).isEqualTo(n("0.31"));
    assertThat(o.lastPrice()).isNull();
    assertThat(specifics(o))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "book_total_ask_size", "1.5",
                "book_total_bid_size", "2.25",
                "book_level", "0",
                "book_ask_price_2", "1.50001E8",
                "book_bid_price_2", "149998000.5",
                "book_ask_size_2", "0.31",
                "book_bid_size_2", "0.2"));
  }

  @Test
  void aDepthBehindTheCodeIsNoPartOfIt() {
    String book = text("orderbook.json").replace("\"KRW-BTC\"", "\"KRW-BTC.15\"");
    assertThat(message(book).only().symbol()).isEqualTo("KRW-BTC");
    assertThat(message(book).told).containsExactly("proven KRW-BTC");
  }

  @Test
  void aBookWithoutLevelsHasNoQuotes() {
    Observation o = message(fixture("orderbook-empty.json")).only();
    assertThat(o.bidPrice()).isNull();
    assertThat(o.bidSize()).isNull();
    assertThat(o.askPrice()).isNull();
    assertThat(o.askSize()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1.16539E8, 116539000",
    "7.9276E-4, 0.00079276",
    "0.00000001, 0.00000001",
    "1e12, 1000000000000",
    "1E+12, 1000000000000",
    "12345678901234567890.12345678, 12345678901234567890.12345678",
    "'\"150000000\"', 150000000"
  })
  void numbersAreReadToTheLastDigitInEveryForm(String sent, String meant) {
    BigDecimal last = message(text("trade.json").replace("1.5E8", sent)).only().lastPrice();
    assertThat(last).isNotNull();
    assertThat(last.toPlainString()).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "trade-missing-price.json, field-missing, KRW-BTC",
    "trade-price-malformed.json, field-malformed, KRW-BTC",
    "trade-price-absurd.json, field-malformed, KRW-BTC",
    "trade-seconds.json, time-unit, KRW-BTC",
    "trade-microseconds.json, time-unit, KRW-BTC",
    "trade-code-malformed.json, field-malformed, null",
    "trade-torn.json, json-malformed, null",
    "candle-1s.json, type-unknown, null",
    "maintenance.html, json-malformed, null"
  })
  void aMisfitIsRefusedWithItsReason(String fixture, String reason, String symbol) {
    assertThat(message(fixture(fixture)).refusal()).isEqualTo(reason + ' ' + symbol);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; message-empty",
        "'  '; message-empty",
        "{}; message-unknown",
        "{\"status\":\"DOWN\"}; message-unknown",
        "{\"status\":\"UP\"; json-malformed",
        "{\"type\":\"trade\"} {}; json-malformed",
        "hello; json-malformed",
        "[1; json-malformed",
        "[{\"type\":\"trade\"]; json-malformed",
        "{\"type\":\"trade\"}; field-missing",
        "{\"type\":7}; type-unknown"
      })
  void whatIsNoMessageOfTheVenueIsSetAside(String text, String reason) {
    assertThat(message(text).refusal()).startsWith(reason);
  }

  @Test
  void aNullIsNoPrice() {
    String trade =
        text("trade.json").replace("\"best_bid_price\":149999000", "\"best_bid_price\":null");
    Observation o = message(trade).only();
    assertThat(o.bidPrice()).isNull();
    assertThat(o.bidSize()).as("no level, no size").isNull();
  }

  @Test
  void aListDeclaresItsNumber() {
    Told told = message(fixture("list.json"));
    assertThat(told.declared).isEqualTo(2);
    assertThat(told.observed).extracting(Observation::part).containsExactly(Part.TRADE, Part.BOOK);
    assertThat(specifics(told.observed.get(1))).containsEntry("book_level", "0");
  }

  @Test
  void aMisfitInAListCostsNoOther() {
    Told told = message(fixture("list-with-misfits.json"));
    assertThat(told.declared).isEqualTo(3);
    assertThat(told.observed).extracting(Observation::part).containsExactly(Part.TRADE);
    assertThat(told.refusals)
        .extracting(Told.Refusal::reason)
        .containsExactly("row-malformed", "field-malformed");
  }

  @Test
  void anEmptyListHasNothingToRefuseAndIsNoticed() {
    Told told = message("[]");
    assertThat(told.declared).isZero();
    assertThat(told.drifts).containsExactly("list-empty");
  }

  @Test
  void signsOfLifeErrorsAndSubscriptionsAreNoRecords() {
    assertThat(message(fixture("status-up.json")).told).containsExactly("heartbeat");
    assertThat(message(fixture("error-no-codes.json")).told)
        .containsExactly("connection refused NO_CODES codes 필드가 존재하지 않습니다. false");
    assertThat(message(fixture("subscriptions.json")).told).isEmpty();
    for (String quiet : List.of("status-up.json", "error-no-codes.json", "subscriptions.json")) {
      assertThat(message(fixture(quiet)).declared).isZero();
      assertThat(message(fixture(quiet)).drifts).isEmpty();
    }
  }

  @Test
  void anotherShapeIsKeptAndToldByWhatIsDifferent() {
    String trade = text("trade.json");
    Told more = message(trade.replace("\"ask_bid\"", "\"taker_id\":\"a\\u0041\",\"ask_bid\""));
    assertThat(more.drifts).containsExactly("trade/+taker_id");
    assertThat(specifics(more.only())).containsEntry("trade_taker_id", "aA");
    Told fewer = message(trade.replace("\"ask_bid\":\"BID\",", ""));
    assertThat(fewer.only().lastPrice()).isNotNull();
    assertThat(fewer.drifts).containsExactly("trade/-ask_bid");
    Told another = message(trade.replace("\"ask_bid\":\"BID\",", "\"level\":0,"));
    assertThat(another.only()).isNotNull();
    assertThat(another.drifts).containsExactly("trade/+level,-ask_bid");
  }

  @Test
  void whatWeSaidReplacesWhatWeSaidBefore() {
    String word =
        "[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-A\",\"KRW-B\",\"KRW-C\"]},"
            + "{\"type\":\"trade\",\"codes\":[\"KRW-B\"],\"is_only_realtime\":true},"
            + "{\"type\":\"orderbook\",\"codes\":[\"KRW-B.5\",\"KRW-A.5\"]},{\"format\":\"SIMPLE\"}]";
    assertThat(Told.said(word).told).containsExactly("replaced [KRW-A, KRW-B]");
    assertThat(Told.said("[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-A\"]}]").told)
        .as("tickers alone end every slot")
        .containsExactly("replaced []");
    assertThat(Told.said("PING").told).isEmpty();
    assertThat(Told.said("[{\"method\":\"LIST_SUBSCRIPTIONS\"},{\"ticket\":\"t\"}]").told)
        .isEmpty();
  }

  /** Thousands of broken messages: none throws, each balances, no figure is made up. */
  @Test
  void noBrokenMessageStopsIt() {
    Random random = new Random(7);
    for (String frame : FRAMES) {
      byte[] seed = fixture(frame);
      for (int i = 0; i < 4000; i++) {
        Told told = message(Told.mutate(seed, random));
        told.observed.forEach(
            o -> {
              assertThat(o.symbol()).matches("[A-Z0-9]+-[A-Z0-9]+");
              assertThat(o.at()).isNotNull();
              o.specifics().forEach((name, value) -> assertThat(value).isNotNull());
            });
      }
    }
  }
}
