package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpbitFloodTest {
  private final HandClock clock = new HandClock("2026-11-20T00:29:50.123Z");
  private Simulator simulator;
  private UpbitEar ear;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.at(clock).withUpbitMarkets(60));
    ear = new UpbitEar(simulator);
  }

  @AfterEach
  void stop() {
    ear.close();
    simulator.close();
  }

  private void subscribe() {
    String codes = String.join("\",\"", simulator.upbit().markets().subList(0, 15));
    ear.send(
        ("[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"%s\"],\"is_only_realtime\":true},"
                + "{\"type\":\"trade\",\"codes\":[\"%s\"],\"is_only_realtime\":true},"
                + "{\"type\":\"orderbook\",\"codes\":[\"%s\"],\"is_only_realtime\":true}]")
            .formatted(codes, codes, codes));
    Awaitility.await().until(() -> simulator.upbit().traffic().registrations() == 45);
  }

  @Test
  void tradesOfFourHundredBytesCarryTheInstantOfTheirSendingAndANumberOfTheirOwn()
      throws Exception {
    subscribe();
    simulator.upbit().floodTrades(5_000).get(20, TimeUnit.SECONDS);
    Awaitility.await().until(() -> ear.heard.size() >= 5_000);

    List<JsonNode> trades = ear.objects();
    Set<Long> ids = new HashSet<>();
    for (JsonNode trade : trades) {
      assertThat(trade.get("type").asText()).isEqualTo("trade");
      assertThat(trade.get("timestamp").asLong()).isEqualTo(clock.instant().toEpochMilli());
      assertThat(trade.get("trade_timestamp").asLong()).isEqualTo(clock.instant().toEpochMilli());
      ids.add(trade.get("sequential_id").asLong());
    }
    assertThat(ids).hasSameSizeAs(trades);
    assertThat(ear.lengths.stream().mapToInt(length -> length).average().orElseThrow())
        .isBetween(380.0, 460.0);
    assertThat(simulator.upbit().traffic().framesSent()).isEqualTo(ear.heard.size());
  }

  @Test
  void theMixHasAllThreeAndKeepsItsRate() throws Exception {
    subscribe();
    long nanos = simulator.upbit().floodMix(4_000, 20_000).get(20, TimeUnit.SECONDS);
    Awaitility.await().until(() -> ear.heard.size() == 4_000);

    assertThat(nanos).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(195));
    Map<String, Integer> kinds = new HashMap<>();
    ear.objects().forEach(object -> kinds.merge(object.get("type").asText(), 1, Integer::sum));
    assertThat(kinds.keySet()).containsExactlyInAnyOrder("ticker", "trade", "orderbook");
    assertThat(kinds.values()).allMatch(count -> count > 1_000);
    assertThat(ear.objects())
        .allMatch(o -> o.get("timestamp").asLong() == clock.instant().toEpochMilli());
  }

  @Test
  void nobodyToFloodIsTold() {
    assertThatThrownBy(() -> simulator.upbit().floodTrades(10).get(10, TimeUnit.SECONDS))
        .hasMessageContaining("nobody is subscribed");
  }
}
