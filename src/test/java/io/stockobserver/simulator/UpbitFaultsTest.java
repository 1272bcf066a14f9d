package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.MarketClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpbitFaultsTest {
  private Simulator simulator;
  private UpbitCaller caller;
  private UpbitEar ear;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorOptions.at(MarketClock.startingAt(Instant.parse("2026-11-20T00:29:50Z")))
                .withUpbitMarkets(30)
                .withUpbitTradesPerSecond(600)
                .withUpbitCallsPerSecond(1_000)
                .withPingEvery(Duration.ofMillis(100)));
    caller = new UpbitCaller(simulator);
    ear = new UpbitEar(simulator);
    ear.ask("trade", "KRW-BTC", "KRW-ETH");
    ear.await(3, "stream_type", "REALTIME");
  }

  @AfterEach
  void stop() {
    ear.close();
    simulator.close();
  }

  private Faults faults() {
    return simulator.upbit().faults();
  }

  private void hearsNothing() {
    int heard = ear.heard.size();
    Awaitility.await().during(Duration.ofMillis(300)).until(() -> true);
    // What was on the way when it fell silent may still have come.
    assertThat(ear.heard.size()).isLessThan(heard + 10);
    int then = ear.heard.size();
    Awaitility.await().during(Duration.ofMillis(300)).until(() -> ear.heard.size() == then);
  }

  private void hearsAgain() {
    int heard = ear.heard.size();
    Awaitility.await().until(() -> ear.heard.size() > heard + 5);
  }

  @Test
  void dropAndCloseEndTheSocketOfThisVenueOnly() {
    simulator.faults().drop();
    hearsAgain();
    faults().drop();
    assertThat(ear.awaitEnd()).matches("closed 1006|failed .*");
    try (UpbitEar next = new UpbitEar(simulator)) {
      next.ask("trade", "KRW-BTC");
      next.await(1, "type", "trade");
      faults().close(1012);
      assertThat(next.awaitEnd()).isEqualTo("closed 1012");
    }
    Awaitility.await().until(() -> simulator.upbit().traffic().registrations() == 0);
  }

  @Test
  void stallSilencesTheFeedAndItComesBack() {
    faults().stall(Duration.ofMinutes(1));
    hearsNothing();
    assertThat(ear.end.get()).isEmpty();
    faults().clear();
    hearsAgain();
  }

  @Test
  void halfOpenSocketStaysOpenAndDeadWhileTheNextOneWorks() {
    faults().halfOpen(Duration.ofMinutes(1));
    hearsNothing();
    assertThat(ear.end.get()).isEmpty();
    assertThat(simulator.upbit().traffic().registrations()).isZero();
    try (UpbitEar next = new UpbitEar(simulator)) {
      next.ask("trade", "KRW-BTC");
      next.await(2, "type", "trade");
    }
  }

  @Test
  void garbageOfManyShapesArrives() {
    for (String shape : List.of("random", "empty", "empty-list", "fragments", "text", "huge")) {
      faults().garbage(shape);
    }
    Awaitility.await().until(() -> ear.heard.contains("[]") && ear.heard.contains(""));
    Awaitility.await().until(() -> ear.lengths.contains(300));
    Awaitility.await().until(() -> ear.texts.size() == 1);
    Awaitility.await().until(() -> ear.heard.contains("long"));
    ear.await(1, object -> object.size() == 3 && object.path("trade_price").asInt() == 1);
    faults().garbage("bad-utf8");
    Awaitility.await().until(() -> ear.heard.stream().anyMatch(text -> text.contains("\uFFFD(")));
  }

  @Test
  void spoiltTradesAreTrueButForOneThing() {
    for (String shape : List.of("zero", "past", "future", "stranger", "half")) {
      faults().garbage(shape);
    }
    ear.await(1, "code", "KRW-NOBODY");
    ear.await(
        1,
        object ->
            object.path("trade_price").isNumber()
                && object.path("trade_price").decimalValue().signum() == 0);
    long now = Instant.parse("2026-11-20T00:29:50Z").toEpochMilli();
    ear.await(1, object -> object.path("trade_timestamp").asLong(now) < now - 500_000);
    ear.await(1, object -> object.path("trade_timestamp").asLong(now) > now + 500_000);
    Awaitility.await().until(() -> ear.heard.stream().anyMatch(text -> !text.endsWith("}")));
    assertThatThrownBy(() -> FaultScript.at("bitcoin")).hasMessageContaining("not simulated");
  }

  @Test
  void driftChangesNamesFieldsTypesAndForms() {
    faults().drift("rename");
    ear.await(1, object -> object.has("trade_price_v2") && !object.has("trade_price"));
    assertThat(caller.ask("/ticker?markets=KRW-BTC").get(0).has("trade_price_v2")).isTrue();
    faults().clear();
    faults().drift("fields");
    ear.await(1, object -> object.has("new_a") && object.has("trade_price"));
    assertThat(caller.ask("/ticker?markets=KRW-BTC").get(0).get("new_b").asText()).isEqualTo("x");
    faults().clear();
    faults().drift("tr");
    ear.await(1, "type", "liquidation");
    faults().clear();
    faults().drift("list");
    Awaitility.await().until(() -> ear.heard.stream().anyMatch(text -> text.startsWith("[{\"")));
  }

  @Test
  void stormAndMaintenanceAndErrorAnswerAsTheVenueDoes() {
    faults().storm(Duration.ofMinutes(1));
    Caller.Reply storm = caller.get("/ticker?markets=KRW-BTC");
    assertThat(storm.status()).isEqualTo(429);
    assertThat(storm.header("Remaining-Req")).isEqualTo("group=ticker; min=600; sec=0");
    faults().clear();
    faults().trigger(Fault.of(FaultKind.STORM).withCode(418).withDelay(Duration.ofSeconds(40)));
    assertThat(caller.get("/ticker?markets=KRW-BTC").status()).isEqualTo(418);
    assertThat(caller.get("/ticker?markets=KRW-BTC").text()).contains("40초");
    faults().clear();
    faults().trigger(Fault.of(FaultKind.ERROR).withPath("candles"));
    assertThat(caller.get("/candles/days?market=KRW-BTC").status()).isEqualTo(500);
    assertThat(caller.get("/ticker?markets=KRW-BTC").status()).isEqualTo(200);
    hearsAgain();
    faults().clear();
    faults().trigger(Fault.of(FaultKind.HTML));
    Caller.Reply page = caller.get("/ticker?markets=KRW-BTC");
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.text()).startsWith("<!DOCTYPE html>");
    assertThatThrownBy(() -> new UpbitEar(simulator)).hasStackTraceContaining("503");
    assertThat(new Caller(simulator).price("005930").status()).isEqualTo(200);
  }

  @Test
  void aDelistedMarketIsGoneFromListsCallsAndFeed() {
    faults().delist("KRW-ETH");
    JsonNode all = caller.ask("/market/all");
    assertThat(UpbitCaller.texts(all, "market")).hasSize(29).doesNotContain("KRW-ETH");
    assertThat(caller.get("/ticker?markets=KRW-BTC,KRW-ETH").status()).isEqualTo(404);
    assertThat(caller.get("/candles/days?market=KRW-ETH").status()).isEqualTo(404);
    assertThat(caller.ask("/ticker/all?quote_currencies=KRW,BTC,USDT")).hasSize(29);
    int heard = ear.heard.size();
    Awaitility.await().until(() -> ear.heard.size() > heard + 60);
    List<JsonNode> late = ear.objects().subList(heard + 30, ear.heard.size());
    assertThat(UpbitCaller.texts(UpbitCaller.JSON.valueToTree(late), "code"))
        .containsOnly("KRW-BTC");
    ear.ask("trade", "KRW-ETH");
    hearsNothing();
    faults().clear();
    ear.ask("trade", "KRW-ETH");
    hearsAgain();
  }

  @Test
  void staleQuotesTellWhatWasAWhileAgo() {
    long fresh = caller.ask("/ticker?markets=KRW-BTC").get(0).get("timestamp").asLong();
    faults().trigger(Fault.of(FaultKind.STALE).withDelay(Duration.ofMinutes(10)));
    JsonNode stale = caller.ask("/ticker?markets=KRW-BTC").get(0);
    assertThat(stale.get("timestamp").asLong()).isBetween(fresh - 600_000, fresh - 570_000);
    assertThat(stale.get("trade_timestamp").asLong())
        .isLessThanOrEqualTo(stale.get("timestamp").asLong());
    ear.ask("ticker", "KRW-BTC");
    JsonNode snapshot = ear.await(1, object -> object.path("type").asText().equals("ticker"));
    assertThat(snapshot.get("stream_type").asText()).isEqualTo("SNAPSHOT");
    assertThat(snapshot.get("timestamp").asLong()).isLessThan(fresh - 500_000);
    assertThat(ear.await(2, "type", "ticker").get("timestamp").asLong()).isGreaterThan(fresh);
  }

  @Test
  void lateCandlesAndEmptyListsComeOnRequest() {
    String days = "/candles/days?market=KRW-BTC";
    assertThat(caller.ask(days).get(0).get("candle_date_time_utc").asText())
        .startsWith("2026-11-20");
    faults().trigger(Fault.of(FaultKind.LATE_CANDLES).withDelay(Duration.ofMinutes(15)));
    assertThat(caller.ask(days).get(0).get("candle_date_time_utc").asText())
        .startsWith("2026-11-19");
    assertThat(
            caller
                .ask("/candles/minutes/1?market=KRW-BTC")
                .get(0)
                .get("candle_date_time_utc")
                .asText())
        .matches("2026-11-20T00:1[34]:00");
    faults().clear();
    faults().trigger(Fault.of(FaultKind.LATE_CANDLES).withDelay(Duration.ofHours(1)));
    assertThat(caller.ask(days).get(0).get("candle_date_time_utc").asText())
        .as("yesterday's is not there an hour after midnight")
        .startsWith("2026-11-18");
    faults().trigger(Fault.of(FaultKind.EMPTY));
    assertThat(caller.get("/ticker?markets=KRW-BTC").text()).isEqualTo("[]");
  }

  @Test
  void framesComeTwiceOrOutOfOrderAndOnlySomeCodesAreHeard() {
    faults().trigger(Fault.of(FaultKind.DUPLICATE).withShare(0.5));
    Awaitility.await().until(() -> new HashSet<>(ear.heard).size() < ear.heard.size());
    faults().clear();
    faults().trigger(Fault.of(FaultKind.OUT_OF_ORDER).withShare(0.5));
    Awaitility.await()
        .until(
            () -> {
              List<Long> ids =
                  ear.objects().stream()
                      .filter(object -> object.path("code").asText().equals("KRW-BTC"))
                      .map(object -> object.path("sequential_id").asLong())
                      .toList();
              return !ids.equals(ids.stream().sorted().toList());
            });
    faults().clear();
    faults().partialAck(1);
    ear.ask("ticker", "KRW-XRP", "KRW-BTC");
    ear.await(5, "type", "ticker");
    Set<String> codes = new HashSet<>();
    ear.objects().stream()
        .filter(object -> object.path("type").asText().equals("ticker"))
        .forEach(object -> codes.add(object.get("code").asText()));
    assertThat(codes).containsExactly("KRW-XRP");
  }
}
