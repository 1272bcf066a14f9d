package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.MarketClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpbitFeedTest {
  private Simulator simulator;
  private UpbitEar ear;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorOptions.at(MarketClock.startingAt(Instant.parse("2026-11-20T00:29:50Z")))
                .withUpbitMarkets(30)
                .withUpbitTradesPerSecond(500)
                .withPingEvery(Duration.ofMillis(100)));
    ear = new UpbitEar(simulator);
  }

  @AfterEach
  void stop() {
    ear.close();
    simulator.close();
  }

  @Test
  void tickerBeginsWithASnapshotAndGoesOnWithEveryTrade() {
    ear.ask("ticker", "KRW-BTC");

    JsonNode first = ear.await(1, "type", "ticker");
    assertThat(first.get("stream_type").asText()).isEqualTo("SNAPSHOT");
    JsonNode later = ear.await(3, "stream_type", "REALTIME");
    assertThat(UpbitCaller.names(first)).hasSizeBetween(31, 33).contains("prev_closing_price");
    assertThat(later.get("acc_trade_volume").decimalValue())
        .isGreaterThan(first.get("acc_trade_volume").decimalValue());
    assertThat(later.get("acc_ask_volume").decimalValue())
        .isEqualByComparingTo(
            later
                .get("acc_trade_volume")
                .decimalValue()
                .subtract(later.get("acc_bid_volume").decimalValue()));
    assertThat(ear.texts).isEmpty();
  }
}
