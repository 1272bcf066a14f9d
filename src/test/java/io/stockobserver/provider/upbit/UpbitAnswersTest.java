package io.stockobserver.provider.upbit;

import static io.stockobserver.provider.upbit.Told.answer;
import static io.stockobserver.provider.upbit.Told.fixture;
import static io.stockobserver.provider.upbit.Told.specifics;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Observation.Part;
import io.stockobserver.universe.Listing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitAnswersTest {
  private static final String TICKER = "GET /ticker?markets=KRW-BTC,KRW-PEPE";
  private static final String BOOK = "GET /orderbook?markets=KRW-BTC,KRW-PEPE&count=1";
  private static final String MARKETS = "GET /market/all?is_details=true";
  private static final String CANDLE =
      "GET /candles/days?market=KRW-BTC&count=1&to=2026-09-21T00%3A00%3A00Z";
  private static final String ANY_CANDLE = "GET /candles/days?market=KRW-BTC&count=1";
  private static final String SOURCE = "candles/days/KRW-BTC";

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void tickersAreReadRowByRow() {
    Told told = answer(TICKER, 200, fixture("ticker-rows.json"));
    assertThat(told.drifts).isEmpty();
    assertThat(told.told).as("an answer proves no slot").isEmpty();
    Observation bitcoin = told.observed.get(0);
    assertThat(bitcoin.part()).isEqualTo(Part.TICKER);
    assertThat(bitcoin.symbol()).isEqualTo("KRW-BTC");
    assertThat(bitcoin.at()).isEqualTo(Instant.parse("2026-09-21T14:13:20.123Z"));
    assertThat(bitcoin.atIsHeard()).isFalse();
    assertThat(bitcoin.accValue()).isEqualTo(new BigDecimal("123456789012.12345678"));
    assertThat(bitcoin.halted()).isFalse();
    assertThat(specifics(bitcoin)).containsEntry("trade_date_kst", "20260921").hasSize(17);
    Observation pepe = told.observed.get(1);
    assertThat(pepe.lastPrice()).isEqualTo(new BigDecimal("0.00000002"));
    assertThat(pepe.low()).isEqualByComparingTo("0.00000001");
    assertThat(pepe.accVolume()).isEqualByComparingTo("1250000000000");
    assertThat(specifics(pepe)).containsEntry("trade_volume", "1E12");
  }

  @Test
  void booksAreReadRowByRow() {
    Told told = answer(BOOK, 200, fixture("orderbook-rows.json"));
    assertThat(told.observed).extracting(Observation::part).containsOnly(Part.BOOK);
    assertThat(told.drifts).isEmpty();
    Observation pepe = told.observed.get(1);
    assertThat(pepe.bidPrice()).isEqualTo(new BigDecimal("0.00000001"));
    assertThat(pepe.askPrice()).isNull();
    assertThat(pepe.askSize()).isNull();
    assertThat(specifics(pepe)).containsEntry("book_total_bid_size", "5E11");
  }

  @Test
  void aRowThatIsNoneCostsNoOther() {
    String rows = Told.text("ticker-rows.json").replace("\"KRW-BTC\"", "\"BTC\"");
    Told told = answer(TICKER, 200, utf8(rows));
    assertThat(told.declared).isEqualTo(2);
    assertThat(told.observed).extracting(Observation::symbol).containsExactly("KRW-PEPE");
    assertThat(told.refusals).extracting(Told.Refusal::reason).containsExactly("field-malformed");
  }

  @Test
  void everyMarketIsListedWithWhatTheVenueWarnsOf() {
    Told told = answer(MARKETS, 200, fixture("market-all.json"));
    List<Listing> listings = told.listed.get("market/all");
    assertThat(listings)
        .extracting(Listing::symbol)
        .containsExactly("KRW-BTC", "KRW-PEPE", "BTC-ETH");
    assertThat(listings).extracting(Listing::board).containsExactly("KRW", "KRW", "BTC");
    assertThat(listings).extracting(Listing::group).containsOnly("spot");
    assertThat(listings.get(0).name()).isEqualTo("비트코인");
    assertThat(listings.get(0).flags()).isEmpty();
    assertThat(listings.get(1).flags())
        .containsExactly(
            "warning", "caution_price_fluctuations", "caution_concentration_of_small_accounts");
    assertThat(told.refusals).hasSize(1);
  }

  @Test
  void theCandleOfTheLastCompleteDayTellsCloseVolumeAndValue() {
    Listing candle = answer(CANDLE, 200, fixture("candle-day.json")).listed.get(SOURCE).get(0);
    assertThat(candle.symbol()).isEqualTo("KRW-BTC");
    assertThat(candle.basePrice()).isEqualByComparingTo("149000000");
    assertThat(candle.prevVolume()).isEqualTo(new BigDecimal("2034.12345678"));
    assertThat(candle.prevValue()).isEqualTo(new BigDecimal("301234567890.12340000"));
  }

  @Test
  void whichDayThatIsIsSaidByTheQuestionNotByWhenTheAnswerCame() {
    Instant nextDay = Instant.parse("2026-09-22T00:00:00.100Z");
    assertThat(answer(nextDay, CANDLE, 200, fixture("candle-day.json")).listed.get(SOURCE).get(0))
        .extracting(Listing::prevValue)
        .isNotNull();
    assertThat(
            answer(nextDay, ANY_CANDLE, 200, fixture("candle-day.json")).listed.get(SOURCE).get(0))
        .as("a question without a day means the one before it was heard")
        .extracting(Listing::prevValue)
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"2026-09-19, true", "2026-09-21, false"})
  void aCandleOfAnotherDayTellsNoVolumeAndOnlyAnOlderOneAPrice(String day, boolean priced) {
    String candle = Told.text("candle-day.json").replace("2026-09-20T00", day + "T00");
    Listing read = answer(CANDLE, 200, utf8(candle)).listed.get(SOURCE).get(0);
    assertThat(read.prevVolume()).isNull();
    assertThat(read.prevValue()).isNull();
    assertThat(read.basePrice() != null).isEqualTo(priced);
  }

  @Test
  void aCandleOfAnotherMarketIsRefused() {
    String candle = Told.text("candle-day.json").replace("KRW-BTC", "KRW-ETH");
    assertThat(answer(CANDLE, 200, utf8(candle)).refusal()).isEqualTo("wrong-market KRW-BTC");
  }

  @Test
  void noCandleIsBelievedOnlyWhenNoDayWasNamed() {
    assertThat(answer(CANDLE, 200, utf8("[]")).listed).isEmpty();
    assertThat(answer(ANY_CANDLE, 200, utf8("[]")).listed).containsEntry(SOURCE, List.of());
    assertThat(answer(CANDLE, 404, fixture("error-code-not-found.json")).listed)
        .as("gone since it was listed")
        .containsEntry(SOURCE, List.of());
    assertThat(answer(CANDLE, 503, fixture("maintenance.html")).listed).isEmpty();
    assertThat(answer(CANDLE, 429, utf8("Too many API requests.")).listed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "404; error-code-not-found.json; some-market-unknown HTTP 404 Code not found",
        "404; error-no-route.json; request-refused HTTP 404 no Route matched with those values",
        "429; error-code-not-found.json; rate-limited HTTP 429 Code not found",
        "418; maintenance.html; blocked HTTP 418",
        "500; error-no-route.json; server-error HTTP 500",
        "503; maintenance.html; server-error HTTP 503 <!DOCTYPE html>",
        "200; maintenance.html; not-json HTTP 200 <!DOCTYPE html>",
        "200; error-code-not-found.json; not-json HTTP 200",
        "403; maintenance.html; request-refused HTTP 403"
      })
  void aRefusalIsToldByItsStatus(int status, String fixture, String told) {
    assertThat(answer(TICKER, status, fixture(fixture)).told.get(0)).startsWith(told);
  }

  @Test
  void anUnknownMarketIsNamedOnceItIsAskedForAlone() {
    assertThat(
            answer("GET /ticker?markets=KRW-PEPE", 404, fixture("error-code-not-found.json")).told)
        .containsExactly("market-unknown HTTP 404 Code not found");
  }

  @Test
  void silenceEmptinessAndTornListsAreRefusedToo() {
    assertThat(answer(TICKER, 0, utf8("ConnectException: refused")).told)
        .containsExactly("unreachable  ConnectException: refused");
    assertThat(answer(TICKER, 200, utf8("[]")).told).containsExactly("empty-answer HTTP 200");
    assertThat(answer(TICKER, 200, utf8(" ")).told).containsExactly("empty-answer HTTP 200");
    String torn = Told.text("ticker-rows.json").substring(0, 1200);
    assertThat(answer(TICKER, 200, utf8(torn)).told.get(0)).startsWith("not-json");
    assertThat(answer(MARKETS, 200, utf8("[{\"market\":1-2}]")).told.get(0)).startsWith("not-json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /trades/ticks?market=KRW-BTC",
        "GET /candles/minutes/1?market=KRW-BTC",
        "GET /orderbook/instruments?markets=KRW-BTC"
      })
  void whatNothingOfOursAsksForIsOnTheTapeOnly(String request) {
    Told told = answer(request, 200, utf8("[{\"market\":\"KRW-BTC\"}]"));
    assertThat(told.declared).isZero();
    assertThat(told.told).isEmpty();
  }

  @Test
  void aRequestThatNobodyKnowsIsSaidToBeOne() {
    assertThat(answer("GET /orders", 200, utf8("[]")).told)
        .containsExactly("unknown-request  GET /orders");
  }

  @Test
  void noBrokenAnswerStopsIt() {
    Random random = new Random(11);
    String[][] seeds = {
      {TICKER, "ticker-rows.json"},
      {BOOK, "orderbook-rows.json"},
      {MARKETS, "market-all.json"},
      {CANDLE, "candle-day.json"},
      {ANY_CANDLE, "error-code-not-found.json"}
    };
    for (String[] seed : seeds) {
      for (int i = 0; i < 3000; i++) {
        byte[] body = Told.mutate(fixture(seed[1]), random);
        answer(seed[0], random.nextInt(8) == 0 ? 404 : 200, body)
            .observed
            .forEach(o -> o.specifics().forEach((name, value) -> assertThat(value).isNotNull()));
      }
    }
  }
}
