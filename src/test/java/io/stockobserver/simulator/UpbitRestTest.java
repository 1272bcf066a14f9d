package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UpbitRestTest {
  private static final HandClock CLOCK = new HandClock("2026-11-20T00:29:50.250Z");
  private static Simulator simulator;
  private static UpbitCaller caller;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.at(CLOCK).withUpbitCallsPerSecond(100_000));
    caller = new UpbitCaller(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static BigDecimal number(JsonNode row, String field) {
    assertThat(row.get(field).isNumber()).as(field).isTrue();
    return row.get(field).decimalValue();
  }

  @Test
  void listsTheMarketsOfThreeCurrencies() {
    JsonNode all = caller.ask("/market/all");
    List<String> codes = UpbitCaller.texts(all, "market");

    assertThat(codes).hasSize(855).doesNotHaveDuplicates().startsWith("KRW-BTC", "KRW-ETH");
    assertThat(codes.stream().filter(code -> code.startsWith("KRW-"))).hasSize(289);
    assertThat(codes.stream().filter(code -> code.startsWith("BTC-"))).hasSize(328);
    assertThat(codes.stream().filter(code -> code.startsWith("USDT-"))).hasSize(238);
    assertThat(UpbitCaller.names(all.get(0)))
        .containsExactly("market", "korean_name", "english_name");
    assertThat(simulator.upbit().markets()).isEqualTo(codes);
  }

  @Test
  void detailsComeUnderBothNamesAndSomeMarketsHaveThem() {
    for (String flag : List.of("is_details", "isDetails")) {
      JsonNode all = caller.ask("/market/all?" + flag + "=true");
      assertThat(UpbitCaller.names(all.get(0).get("market_event").get("caution"))).hasSize(5);
      int warned = 0;
      int watched = 0;
      for (JsonNode row : all) {
        warned += row.get("market_event").get("warning").asBoolean() ? 1 : 0;
        watched += row.get("market_event").get("caution").toString().contains("true") ? 1 : 0;
      }
      assertThat(warned).isEqualTo(1);
      assertThat(watched).isEqualTo(1);
    }
    assertThat(caller.get("/market/all?is_details=perhaps").status()).isEqualTo(400);
  }

  @Test
  void tickerHasItsFieldsAndFitsTheDayCandle() {
    JsonNode row = caller.ask("/ticker?markets=KRW-BTC").get(0);
    JsonNode days = caller.ask("/candles/days?market=KRW-BTC&count=2");

    assertThat(UpbitCaller.names(row)).hasSize(26);
    assertThat(row.get("trade_date").asText()).isEqualTo("20261120");
    assertThat(row.get("trade_time_kst").asText()).startsWith("0929");
    assertThat(row.get("timestamp").asLong()).isEqualTo(1_795_134_590_250L);
    assertThat(number(row, "opening_price"))
        .isEqualByComparingTo(number(days.get(0), "opening_price"));
    assertThat(number(row, "high_price")).isEqualByComparingTo(number(days.get(0), "high_price"));
    assertThat(number(row, "low_price")).isEqualByComparingTo(number(days.get(0), "low_price"));
    assertThat(number(row, "trade_price")).isEqualByComparingTo(number(days.get(0), "trade_price"));
    assertThat(number(row, "acc_trade_price"))
        .isEqualByComparingTo(number(days.get(0), "candle_acc_trade_price"));
    assertThat(number(row, "prev_closing_price"))
        .isEqualByComparingTo(number(days.get(1), "trade_price"));
    BigDecimal change = number(row, "trade_price").subtract(number(row, "prev_closing_price"));
    assertThat(number(row, "signed_change_price")).isEqualByComparingTo(change);
    assertThat(number(row, "change_price")).isEqualByComparingTo(change.abs());
    assertThat(row.get("change").asText())
        .isEqualTo(change.signum() > 0 ? "RISE" : change.signum() < 0 ? "FALL" : "EVEN");
  }

  @Test
  void allTickersOfACurrencyAndAllBooksFitIntoOneCall() {
    assertThat(caller.ask("/ticker/all?quote_currencies=KRW,USDT")).hasSize(289 + 238);
    String all = String.join("%2C", simulator.upbit().markets());
    assertThat(caller.ask("/orderbook?count=1&markets=" + all)).hasSize(855);
    assertThat(caller.ask("/ticker?markets=" + all)).hasSize(855);
  }

  @Test
  void numbersComeInSeveralFormsAndNeverAsTexts() {
    String body = caller.get("/ticker/all?quote_currencies=KRW,BTC,USDT").text();
    String days = caller.get("/candles/days?market=KRW-BTC&count=5").text();
    assertThat(body).containsPattern("\"trade_price\":\\d+\\.\\d{8}[,}]");
    assertThat(body).containsPattern("\"acc_trade_price\":\\d\\.\\d+E\\d+");
    assertThat(body).containsPattern("\"trade_volume\":\\d\\.\\d+E-\\d");
    assertThat(days).containsPattern("\"trade_price\":1\\.\\d+E8");
    assertThat(body).doesNotContainPattern("_price\":\"");
  }

  @Test
  void bookHasBestLevelsFirstAndCountsNoDeeperThanThirty() {
    JsonNode book = caller.ask("/orderbook?markets=krw-btc&count=77").get(0);
    JsonNode units = book.get("orderbook_units");
    assertThat(UpbitCaller.names(units.get(0)))
        .containsExactly("bid_price", "bid_size", "ask_price", "ask_size");
    assertThat(units).hasSize(30);
    assertThat(book.get("timestamp").asLong() % 100).isZero();
    BigDecimal asks = BigDecimal.ZERO;
    for (int i = 0; i < 30; i++) {
      asks = asks.add(number(units.get(i), "ask_size"));
      if (i > 0) {
        assertThat(number(units.get(i), "ask_price"))
            .isGreaterThan(number(units.get(i - 1), "ask_price"));
        assertThat(number(units.get(i), "bid_price"))
            .isLessThan(number(units.get(i - 1), "bid_price"));
      }
    }
    assertThat(number(book, "total_ask_size")).isEqualByComparingTo(asks);
    assertThat(number(units.get(0), "bid_price")).isLessThan(number(units.get(0), "ask_price"));
  }

  @Test
  void thinSidesAreFilledUpWithNoughts() {
    String all = String.join(",", simulator.upbit().markets());
    int filled = 0;
    for (JsonNode book : caller.ask("/orderbook?markets=" + all)) {
      for (JsonNode unit : book.get("orderbook_units")) {
        boolean noAsk = number(unit, "ask_price").signum() == 0;
        assertThat(number(unit, "ask_size").signum() == 0).isEqualTo(noAsk);
        filled += noAsk ? 1 : 0;
      }
    }
    assertThat(filled).isPositive();
  }

  @Test
  void levelsGroupTheBookAndUnknownOnesAnswerNothing() {
    JsonNode instrument = caller.ask("/orderbook/instruments?markets=KRW-BTC").get(0);
    assertThat(instrument.get("tick_size").asText()).isEqualTo("1000");
    assertThat(instrument.get("supported_levels").toString())
        .startsWith("[\"0\",\"10000\",\"100000\"");

    JsonNode book = caller.ask("/orderbook?markets=KRW-BTC&level=10000").get(0);
    assertThat(number(book, "level")).isEqualByComparingTo("10000");
    for (JsonNode unit : book.get("orderbook_units")) {
      assertThat(number(unit, "bid_price").remainder(new BigDecimal(10_000)).signum()).isZero();
    }
    assertThat(number(book, "total_bid_size"))
        .isEqualByComparingTo(
            number(caller.ask("/orderbook?markets=KRW-BTC").get(0), "total_bid_size"));
    assertThat(caller.get("/orderbook?markets=KRW-BTC&level=3").text()).isEqualTo("[]");
    assertThat(caller.get("/orderbook?markets=USDT-ETH&level=10000").text()).isEqualTo("[]");
    assertThat(caller.get("/orderbook?markets=KRW-BTC&level=x").status()).isEqualTo(400);
  }

  @Test
  void tradesGoBackwardAndPageByCursorAndTime() {
    JsonNode first = caller.ask("/trades/ticks?market=KRW-BTC&count=500");
    assertThat(first).hasSize(500);
    List<Long> ids = new ArrayList<>();
    first.forEach(row -> ids.add(row.get("sequential_id").asLong()));
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids.get(0)).isGreaterThan(ids.get(499));
    assertThat(UpbitCaller.names(first.get(0))).hasSize(10);

    JsonNode paged = caller.ask("/trades/ticks?market=KRW-BTC&count=3&cursor=" + ids.get(100));
    assertThat(paged.get(0).get("sequential_id").asLong()).isEqualTo(ids.get(101));
    JsonNode before = caller.ask("/trades/ticks?market=KRW-BTC&to=00%3A10%3A00");
    assertThat(before.get(0).get("trade_time_utc").asText()).startsWith("00:09");
    assertThat(caller.ask("/trades/ticks?market=KRW-BTC&to=001000")).isEqualTo(before);
    JsonNode yesterday = caller.ask("/trades/ticks?market=KRW-BTC&days_ago=1");
    assertThat(yesterday.get(0).get("trade_date_utc").asText()).isEqualTo("2026-11-19");
    assertThat(yesterday.get(0).get("trade_time_utc").asText()).startsWith("23:59");
    assertThat(caller.get("/trades/ticks?market=KRW-BTC&days_ago=8").status()).isEqualTo(400);
  }

  @Test
  void minuteCandlesAddUpToTheDay() {
    JsonNode minutes = caller.ask("/candles/minutes/1?market=KRW-ETH&count=30");
    JsonNode day = caller.ask("/candles/days?market=KRW-ETH").get(0);
    assertThat(minutes.get(29).get("candle_date_time_utc").asText())
        .isEqualTo("2026-11-20T00:00:00");
    assertThat(minutes.get(0).get("candle_date_time_kst").asText())
        .isEqualTo("2026-11-20T09:29:00");
    BigDecimal value = BigDecimal.ZERO;
    for (JsonNode minute : minutes) {
      value = value.add(number(minute, "candle_acc_trade_price"));
    }
    assertThat(number(day, "candle_acc_trade_price")).isEqualByComparingTo(value);
    JsonNode long1 = caller.ask("/candles/minutes/30?market=KRW-ETH").get(0);
    assertThat(number(long1, "candle_acc_trade_price")).isEqualByComparingTo(value);
    assertThat(long1.get("unit").asInt()).isEqualTo(30);
    BigDecimal seconds = BigDecimal.ZERO;
    for (JsonNode second :
        caller.ask("/candles/seconds?market=KRW-ETH&count=60&to=2026-11-20T00%3A29%3A00Z")) {
      if (second.get("candle_date_time_utc").asText().startsWith("2026-11-20T00:28")) {
        seconds = seconds.add(number(second, "candle_acc_trade_price"));
      }
    }
    assertThat(seconds).isEqualByComparingTo(number(minutes.get(1), "candle_acc_trade_price"));
  }

  @Test
  void candlesEndBeforeTheInstantAskedForInEveryNotation() {
    for (String to :
        List.of(
            "2026-11-19T00%3A00%3A00Z",
            "2026-11-19T09%3A00%3A00%2B09%3A00",
            "2026-11-19%2000%3A00%3A00",
            "2026-11-19T00%3A00%3A00")) {
      JsonNode day = caller.ask("/candles/days?market=KRW-BTC&to=" + to).get(0);
      assertThat(day.get("candle_date_time_utc").asText()).as(to).isEqualTo("2026-11-18T00:00:00");
    }
    assertThat(caller.get("/candles/days?market=KRW-BTC&to=2026-11-19T00:00:00Z").status())
        .isEqualTo(400);
    assertThat(caller.get("/candles/days?market=KRW-BTC&to=yesterday").status()).isEqualTo(400);
  }

  @Test
  void longerCandlesTellTheirFirstDay() {
    JsonNode weeks = caller.ask("/candles/weeks?market=KRW-BTC&count=2");
    assertThat(UpbitCaller.texts(weeks, "first_day_of_period"))
        .containsExactly("2026-11-16", "2026-11-09");
    assertThat(
            UpbitCaller.texts(
                caller.ask("/candles/months?market=KRW-BTC&count=2"), "first_day_of_period"))
        .containsExactly("2026-11-01", "2026-10-01");
    assertThat(
            UpbitCaller.texts(
                caller.ask("/candles/years?market=KRW-BTC&count=2"), "first_day_of_period"))
        .containsExactly("2026-01-01", "2025-01-01");
    assertThat(caller.ask("/candles/days?market=KRW-BTC&count=200")).hasSize(200);
    JsonNode converted =
        caller.ask("/candles/days?market=BTC-ETH&converting_price_unit=KRW").get(0);
    assertThat(number(converted, "converted_trade_price"))
        .isBetween(new BigDecimal("1000000"), new BigDecimal("20000000"));
  }

  @Test
  void aboutAHundredMarketsTradedABillionOnTheLastDayAndSomeNothing() {
    int above = 0;
    int silent = 0;
    for (String code : simulator.upbit().markets().subList(0, 289)) {
      JsonNode days = caller.ask("/candles/days?market=" + code + "&to=2026-11-20T00%3A00%3A00Z");
      boolean traded =
          !days.isEmpty()
              && days.get(0).get("candle_date_time_utc").asText().equals("2026-11-19T00:00:00");
      silent += traded ? 0 : 1;
      above +=
          traded
                  && number(days.get(0), "candle_acc_trade_price")
                          .compareTo(new BigDecimal("1000000000"))
                      >= 0
              ? 1
              : 0;
    }
    assertThat(above).isBetween(90, 112);
    assertThat(silent).isBetween(1, 2);
  }

  @Test
  void errorsHaveTheWordsOfTheVenue() {
    refuses(404, "Code not found", "/ticker?markets=KRW-BTC,KRW-NOBODY");
    refuses(404, "Code not found", "/ticker?markets=krw-btc");
    refuses(404, "Code not found", "/candles/days?market=KRW-NOBODY");
    String missing = "Missing request parameter error. Check the required parameters!";
    refuses(400, missing, "/ticker");
    refuses(400, missing, "/ticker/all");
    refuses(400, missing, "/trades/ticks?count=3");
    refuses(
        400,
        "Type mismatch error. Check the parameters type!",
        "/candles/days?market=KRW-BTC&count=x");
    refuses(
        400, "Invalid parameter. Check the given value!", "/candles/days?market=KRW-BTC&count=201");
    refuses(400, "Invalid parameter. Check the given value!", "/candles/minutes/7?market=KRW-BTC");

    Caller.Reply nowhere = caller.get("/nowhere");
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.json().get("error").get("name").asText()).isEqualTo("not_found");
    assertThat(nowhere.header("Remaining-Req")).isEqualTo("absent");
  }

  private static void refuses(int status, String words, String path) {
    Caller.Reply reply = caller.get(path);
    assertThat(reply.status()).as(path).isEqualTo(status);
    assertThat(reply.json().get("error").get("name").isInt()).isTrue();
    assertThat(reply.json().get("error").get("name").asInt()).isEqualTo(status);
    assertThat(reply.json().get("error").get("message").asText()).isEqualTo(words);
    assertThat(reply.header("Remaining-Req")).matches("group=\\w+; min=600; sec=\\d+");
  }

  @Test
  void eachGroupHasTenCallsASecondThen429AndWhoeverGoesOn418() {
    try (Simulator own = Simulator.start(SimulatorOptions.at(CLOCK).withUpbitMarkets(9))) {
      UpbitCaller asks = new UpbitCaller(own);
      List<Integer> seen = new ArrayList<>();
      Caller.Reply last = asks.get("/market/all");
      assertThat(last.header("Remaining-Req")).isEqualTo("group=market; min=600; sec=9");
      while (last.status() != 418 && seen.size() < 2_000) {
        last = asks.get("/ticker?markets=KRW-BTC");
        seen.add(last.status());
        if (last.status() == 429) {
          assertThat(last.header("Remaining-Req")).isEqualTo("group=ticker; min=600; sec=0");
        }
      }
      assertThat(seen.subList(0, 10)).containsOnly(200);
      assertThat(seen.stream().filter(status -> status == 429).count()).isEqualTo(6);
      assertThat(last.text()).contains("5초");
      assertThat(asks.get("/market/all").status()).isEqualTo(418);
      assertThat(own.traffic().calls()).isZero();
      assertThat(own.upbit().traffic().callsTo("/v1/ticker")).isEqualTo(seen.size());
    }
  }

  @Test
  void aCallThatSaysAWebPageSentItComesOnceInTenSeconds() {
    try (Simulator own = Simulator.start(SimulatorOptions.at(CLOCK).withUpbitMarkets(9))) {
      UpbitCaller asks = new UpbitCaller(own);
      List<Integer> seen = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        seen.add(asks.get("/market/all", "Origin", "https://example.org").status());
      }
      // A border of ten seconds may lie between two of them.
      assertThat(seen).contains(429).startsWith(200);
      assertThat(asks.get("/market/all").status()).isEqualTo(200);
    }
  }

  @Test
  void dayFieldsBeginAnewAtNineInSeoul() {
    HandClock clock = new HandClock("2026-11-20T23:59:59Z");
    try (Simulator own =
        Simulator.start(
            SimulatorOptions.at(clock).withUpbitMarkets(9).withUpbitTradesPerSecond(20))) {
      UpbitCaller asks = new UpbitCaller(own);
      JsonNode before = asks.ask("/ticker?markets=KRW-BTC").get(0);
      clock.forward(Duration.ofSeconds(31));
      JsonNode after = asks.ask("/ticker?markets=KRW-BTC").get(0);
      assertThat(number(after, "prev_closing_price"))
          .isBetween(number(before, "low_price"), number(before, "high_price"));
      assertThat(number(after, "acc_trade_volume"))
          .isLessThan(number(before, "acc_trade_volume").movePointLeft(1));
      JsonNode days = asks.ask("/candles/days?market=KRW-BTC&count=2");
      assertThat(UpbitCaller.texts(days, "candle_date_time_kst"))
          .containsExactly("2026-11-21T09:00:00", "2026-11-20T09:00:00");
    }
  }

  @Test
  void bothVenuesAnswerOnOnePort() {
    assertThat(simulator.upbit().restUrl().getPort()).isEqualTo(simulator.restUrl().getPort());
    assertThat(new Caller(simulator).price("005930").status()).isEqualTo(200);
    assertThat(simulator.traffic().callsTo("/v1/market")).isZero();
    assertThat(
            Instant.ofEpochMilli(
                caller.ask("/ticker?markets=KRW-BTC").get(0).get("timestamp").asLong()))
        .isEqualTo(CLOCK.instant());
  }
}
