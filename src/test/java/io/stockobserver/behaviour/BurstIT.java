package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.world.Surge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A symbol outside the board that suddenly trades gets a slot, and the ledger tells who lost it.
 */
class BurstIT {
  private static final String BURSTING = "096770";
  private static final Instant FROM = Observatory.at("10:01:45");
  private static final Duration CYCLE = Duration.ofSeconds(10);

  @TempDir Path dir;

  @Test
  void aBurstIsOnTheBoardWithinTwoCandidateCycles() {
    Surge surge = new Surge(BURSTING, FROM, FROM.plusSeconds(60), 60);
    try (Observatory o =
        // A baseline of a minute and a window of half of one are full before it begins, also where
        // the start takes ten seconds.
        new Observatory(dir, "10:00:13")
            .set("slot.kis.count", "12")
            .set("slot.kis.min-stay", "20s")
            .set("trigger.window", "30s")
            .set("trigger.baseline", "1m")
            .venue(options -> options.withSurge(surge))) {
      o.observe();
      o.awaitSlots(12);
      Awaitility.await("a slot for the burst")
          .atMost(Duration.ofMinutes(2))
          .until(() -> o.books().events("slot_assigned").stream().anyMatch(BurstIT::bursts));
      o.awaitSamples(4);
      o.end();
      Books books = o.books();
      books.verified();
      JsonNode assigned =
          books.events("slot_assigned").stream().filter(BurstIT::bursts).findFirst().orElseThrow();
      assertThat(instant(assigned, "timestamp")).isBetween(FROM, FROM.plus(CYCLE.multipliedBy(2)));
      assertThat(text(assigned, "trigger")).isEqualTo("volume_surge");
      assertThat(assigned.path("score").asDouble()).isBetween(0.75, 1.0);
      assertThat(books.scalpBySymbol().get(BURSTING)).isNotEmpty();
      displacedIsInTheLedger(books, instant(assigned, "timestamp"));
    }
  }

  /**
   * Whoever gave its slot up is in the ledger of the round that decided so, and was until then
   * recorded.
   */
  private static void displacedIsInTheLedger(Books books, Instant assigned) {
    JsonNode released =
        books.events("slot_released").stream()
            .filter(e -> text(e, "reason").equals("outranked"))
            .filter(e -> !instant(e, "timestamp").isAfter(assigned))
            .reduce((a, b) -> b)
            .orElseThrow();
    String symbol = text(released, "symbol");
    List<JsonNode> ledger =
        books.lines("system/overflow").stream()
            .filter(line -> text(line, "symbol").equals(symbol))
            .filter(line -> !instant(line, "timestamp").isAfter(instant(released, "timestamp")))
            .toList();
    assertThat(ledger).as("%s in the ledger", symbol).isNotEmpty();
    assertThat(text(ledger.get(ledger.size() - 1), "decision_reason"))
        .isIn("low_score", "slot_full");
  }

  private static boolean bursts(JsonNode event) {
    return text(event, "symbol").equals(BURSTING);
  }
}
