package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.MarketClock;
import java.math.BigDecimal;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpbitFeedTest {
  private Simulator simulator;
  private UpbitEar ear;

  @BeforeEach
  void start() {
    simulator = Simulator.start(options());
    ear = new UpbitEar(simulator);
  }

  private static SimulatorOptions options() {
    return SimulatorOptions.at(MarketClock.startingAt(Instant.parse("2026-11-20T00:29:50Z")))
        .withUpbitMarkets(60)
        .withUpbitTradesPerSecond(500)
        .withPingEvery(Duration.ofMillis(100));
  }

  @AfterEach
  void stop() {
    ear.close();
    simulator.close();
  }

  private static BigDecimal number(JsonNode object, String field) {
    assertThat(object.get(field).isNumber()).as(field).isTrue();
    return object.get(field).decimalValue();
  }

  @Test
  void tickerBeginsWithASnapshotAndGoesOnWithTheTrades() {
    ear.ask("ticker", "KRW-BTC");

    JsonNode first = ear.await(1, "type", "ticker");
    assertThat(first.get("stream_type").asText()).isEqualTo("SNAPSHOT");
    JsonNode later = ear.await(3, "stream_type", "REALTIME");
    assertThat(UpbitCaller.names(first)).hasSizeBetween(31, 33).contains("prev_closing_price");
    assertThat(first.get("delisting_date").isNull()).isTrue();
    assertThat(number(later, "acc_trade_volume")).isGreaterThan(number(first, "acc_trade_volume"));
    assertThat(number(later, "acc_ask_volume").add(number(later, "acc_bid_volume")))
        .isEqualByComparingTo(number(later, "acc_trade_volume"));
    assertThat(ear.texts).as("data is binary").isEmpty();
  }

  @Test
  void tradesAddUpToWhatTheTickerGains() {
    ear.send(
        """
        [{"ticket":"t"},{"type":"ticker","codes":["KRW-ETH"]},\
        {"type":"trade","codes":["KRW-ETH"],"is_only_realtime":true}]""");
    JsonNode before = ear.await(1, "stream_type", "SNAPSHOT");
    assertThat(before.get("type").asText()).isEqualTo("ticker");
    ear.await(20, "type", "trade");
    JsonNode after = ear.await(5, "type", "ticker");
    BigDecimal sum = number(before, "acc_trade_volume");
    long last = 0;
    for (JsonNode object : ear.objects()) {
      if (object.equals(after)) {
        break;
      }
      if (object.get("type").asText().equals("trade")) {
        assertThat(object.get("sequential_id").asLong()).isGreaterThan(last);
        last = object.get("sequential_id").asLong();
        boolean buyer = object.get("ask_bid").asText().equals("BID");
        assertThat(number(object, "trade_price"))
            .isEqualByComparingTo(number(object, buyer ? "best_ask_price" : "best_bid_price"));
        sum = sum.add(number(object, "trade_volume"));
      }
    }
    assertThat(number(after, "acc_trade_volume")).isEqualByComparingTo(sum);
  }

  @Test
  void bookHasTheDepthOfItsSuffixAndChangesOnTheGrid() {
    ear.ask("orderbook", "KRW-BTC.5", "KRW-ETH.7", "KRW-XRP");
    JsonNode five = ear.await(2, "code", "KRW-BTC");
    assertThat(five.get("orderbook_units")).hasSize(5);
    assertThat(five.get("timestamp").asLong() % 100).isZero();
    assertThat(ear.await(1, "code", "KRW-ETH").get("orderbook_units")).hasSize(30);
    assertThat(ear.await(1, "code", "KRW-XRP").get("orderbook_units")).hasSize(30);
    List<Long> at = new ArrayList<>();
    ear.await(8, "code", "KRW-BTC");
    ear.objects().stream()
        .filter(object -> object.get("code").asText().equals("KRW-BTC"))
        .forEach(object -> at.add(object.get("timestamp").asLong()));
    assertThat(at).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void unknownCodesAndLevelsAreIgnoredWithoutAWord() {
    ear.send(
        """
        [{"ticket":"t"},{"type":"trade","codes":["KRW-NOBODY","krw-btc"]},\
        {"type":"orderbook","codes":["KRW-ETH"],"level":17},\
        {"type":"ticker","codes":["KRW-XRP"],"is_only_snapshot":true}]""");
    ear.await(1, "type", "ticker");
    Awaitility.await().during(Duration.ofMillis(400)).until(() -> ear.heard.size() == 1);
    assertThat(ear.end.get()).isEmpty();
  }

  @Test
  void aNewRequestReplacesTheFormerOne() {
    ear.ask("trade", "KRW-BTC", "KRW-ETH");
    ear.await(3, "code", "KRW-BTC");
    assertThat(simulator.upbit().traffic().registrations()).isEqualTo(2);
    ear.ask("ticker", "KRW-XRP");
    ear.await(1, "type", "ticker");
    int before = ear.heard.size();
    ear.await(5, "type", "ticker");
    assertThat(ear.objects().subList(before, ear.heard.size()))
        .allMatch(object -> object.get("type").asText().equals("ticker"));
    assertThat(simulator.upbit().traffic().registrations()).isEqualTo(1);
    assertThat(simulator.traffic().registrations()).isZero();
  }

  @Test
  void onlyRealtimeHasNoSnapshotInEitherSpelling() {
    ear.send(
        """
        [{"ticket":"t"},{"type":"trade","codes":["KRW-BTC"],"isOnlyRealtime":true},\
        {"type":"orderbook","codes":["KRW-BTC.1"],"is_only_realtime":true}]""");
    ear.await(3, "type", "trade");
    ear.await(3, "type", "orderbook");
    assertThat(ear.objects())
        .allMatch(object -> object.get("stream_type").asText().equals("REALTIME"));
  }

  @Test
  void shortWordsTellTheSame() {
    ear.send(
        """
        [{"ticket":"t"},{"format":"SIMPLE"},{"type":"orderbook","codes":["KRW-BTC.1"]},\
        {"type":"ticker","codes":["KRW-BTC"]},{"type":"trade","codes":["KRW-BTC"]}]""");
    JsonNode book = ear.await(1, "ty", "orderbook");
    assertThat(UpbitCaller.names(book))
        .containsExactlyInAnyOrder("ty", "cd", "tms", "tas", "tbs", "obu", "st", "lv");
    assertThat(UpbitCaller.names(book.get("obu").get(0))).containsExactly("ap", "bp", "as", "bs");
    JsonNode trade = ear.await(1, "ty", "trade");
    assertThat(UpbitCaller.names(trade)).hasSize(18).contains("td", "ttm", "sid", "bap");
    assertThat(trade.get("td").asText()).isEqualTo("2026-11-20");
    JsonNode ticker = ear.await(1, "ty", "ticker");
    assertThat(ticker.get("tdt").asText()).isEqualTo("20261120");
    assertThat(number(ticker, "tp")).isGreaterThan(BigDecimal.ONE);
    assertThat(ear.heard.get(0)).doesNotContainPattern("\"[ab]p\":[\\d.]+E");
  }

  @ParameterizedTest
  @CsvSource({"JSON_LIST, type", "SIMPLE_LIST, ty"})
  void listsHoldOneOrMany(String format, String word) {
    ear.send(
        "[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\",\"KRW-ETH\",\"KRW-XRP\",\"KRW-SOL\",\"KRW-USDT\"]},{\"format\":\""
            + format
            + "\"}]");
    Awaitility.await().until(() -> ear.heard.size() >= 10);
    List<Integer> sizes = new ArrayList<>();
    for (String text : ear.heard) {
      JsonNode list = UpbitCaller.read(text);
      assertThat(list.isArray()).isTrue();
      sizes.add(list.size());
      list.forEach(object -> assertThat(object.get(word).asText()).isEqualTo("ticker"));
    }
    assertThat(sizes).contains(1).anyMatch(size -> size > 1);
  }

  @Test
  void candlesOfASecondAndOfMinutesCome() {
    ear.ask("candle.1s", "KRW-BTC");
    JsonNode first = ear.await(1, "type", "candle.1s");
    JsonNode next = ear.await(2, "stream_type", "REALTIME");
    assertThat(UpbitCaller.names(first)).hasSize(12);
    assertThat(next.get("candle_date_time_utc").asText())
        .isGreaterThanOrEqualTo(first.get("candle_date_time_utc").asText());
    ear.ask("candle.5m", "KRW-BTC");
    assertThat(ear.await(1, "type", "candle.5m").get("candle_date_time_kst").asText())
        .matches("2026-11-20T09:(25|30):00");
  }

  @Test
  void aListOfWhatIsSubscribedComesOnRequest() {
    ear.ask("ticker", "KRW-BTC", "KRW-ETH");
    ear.await(1, "type", "ticker");
    ear.send("[{\"method\":\"LIST_SUBSCRIPTIONS\"},{\"ticket\":\"x-1\"}]");
    JsonNode list = ear.await(1, "method", "LIST_SUBSCRIPTIONS");
    assertThat(list.get("ticket").asText()).isEqualTo("x-1");
    assertThat(list.get("result").get(0).get("codes").toString())
        .isEqualTo("[\"KRW-BTC\",\"KRW-ETH\"]");
    int before = ear.heard.size();
    Awaitility.await().until(() -> ear.heard.size() > before + 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}|WRONG_FORMAT",
        "nonsense|WRONG_FORMAT",
        "[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[\"KRW-BTC\"]},{\"format\":\"XML\"}]|WRONG_FORMAT",
        "[{\"type\":\"trade\",\"codes\":[\"KRW-BTC\"]}]|NO_TICKET",
        "[{\"ticket\":\"\"},{\"type\":\"trade\",\"codes\":[\"KRW-BTC\"]}]|NO_TICKET",
        "[{\"ticket\":\"t\"}]|NO_TYPE",
        "[{\"ticket\":\"t\"},{\"type\":\"trade\"}]|NO_CODES",
        "[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[]}]|NO_CODES",
        "[{\"ticket\":\"t\"},{\"type\":\"gossip\",\"codes\":[\"KRW-BTC\"]}]|INVALID_PARAM",
        "[{\"ticket\":\"t\"},{\"type\":\"candle.2m\",\"codes\":[\"KRW-BTC\"]}]|INVALID_PARAM"
      })
  void aWrongRequestIsToldAndEndsTheConnection(String request, String name) {
    ear.send(request);
    JsonNode error = ear.await(1, object -> object.has("error"));
    assertThat(error.get("error").get("name").asText()).isEqualTo(name);
    assertThat(error.get("error").get("message").asText()).isNotEmpty();
    assertThat(ear.awaitEnd()).isEqualTo("closed 1000");
  }

  @Test
  void theSixthRequestWithinASecondIsOneTooMany() {
    for (int i = 0; i < 12 && ear.end.get().isEmpty(); i++) {
      ear.ask("ticker", "KRW-BTC");
    }
    JsonNode error = ear.await(1, object -> object.has("error"));
    assertThat(error.get("error").get("name").asText()).isEqualTo("TOO_MANY_REQUEST");
    assertThat(ear.awaitEnd()).isEqualTo("closed 1000");
  }

  @Test
  void pingAsTextIsAnsweredWithBeatsAndPingAsFrameWithPong() {
    ear.send("PING");
    ear.await(2, "status", "UP");
    ear.socket().sendPing(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8))).join();
    Awaitility.await().until(() -> ear.lengths.contains(-5));
    assertThat(ear.texts).isEmpty();
  }

  @Test
  void whoeverSaysNothingIsDroppedWithoutACloseFrameUnlessHePings() {
    try (Simulator own = Simulator.start(options().withUpbitIdle(Duration.ofMillis(500)));
        UpbitEar silent = new UpbitEar(own);
        UpbitEar pinging = new UpbitEar(own)) {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                pinging.socket().sendPing(ByteBuffer.allocate(1)).join();
                silent.socket().request(1);
                return !silent.end.get().isEmpty();
              });
      assertThat(silent.end.get()).matches("closed 1006|failed .*");
      assertThat(pinging.end.get()).isEmpty();
      assertThat(own.upbit().traffic().sessions()).isEqualTo(1);
    }
  }

  @Test
  void theSixthHandshakeWithinASecondIsRefused() {
    List<UpbitEar> ears = new ArrayList<>();
    CompletionException refused = null;
    for (int i = 0; i < 60 && refused == null; i++) {
      refused =
          catchThrowableOfType(CompletionException.class, () -> ears.add(new UpbitEar(simulator)));
    }
    assertThat(refused).isNotNull();
    assertThat(refused.getCause()).isInstanceOf(WebSocketHandshakeException.class);
    assertThat(((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode())
        .isEqualTo(429);
    assertThat(ears).hasSizeGreaterThanOrEqualTo(4);
    ears.forEach(UpbitEar::close);
  }

  @Test
  void odditiesOfTheWireAreThere() {
    List<String> markets = simulator.upbit().markets().subList(0, 20);
    ear.ask("ticker", markets.toArray(String[]::new));
    Awaitility.await().until(() -> ear.heard.size() > 120);
    String all = String.join("\n", ear.heard);
    assertThat(all).containsPattern("\"trade_price\":[\\d.]+E\\d");
    assertThat(all).containsPattern("\"trade_price\":\\d+\\.\\d{8},");
    assertThat(all)
        .contains("\"delisting_date\":null")
        .contains("\"delisting_date\":\"2026-12-04\"");
    assertThat(all).contains("\"market_warning\":\"CAUTION\"");
    assertThat(ear.heard).anyMatch(text -> !text.startsWith("{\"type\""));
    assertThat(ear.objects()).anyMatch(object -> !object.has("market_warning"));
  }
}
