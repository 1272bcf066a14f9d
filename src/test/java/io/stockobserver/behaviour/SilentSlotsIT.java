package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 13: a venue that answers 30 of 41 registrations and says nothing of the others. */
class SilentSlotsIT {
  @TempDir Path dir;

  @Test
  void theElevenThatAreNotHeardAreToldWithinAMinute() {
    try (Observatory o = new Observatory(dir, "10:01:00")) {
      o.open().faults().partialAck(30);
      o.observe();
      o.awaitSlots(30);
      Awaitility.await("eleven told")
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> o.state().notReceiving().size() >= 11);
      o.end();
      Books books = o.books();
      books.verified();
      Set<String> acknowledged = symbols(books.events("slot_assigned"));
      List<JsonNode> silent =
          books.events("slot_silent").stream()
              .filter(e -> text(e, "why").equals("not_acknowledged"))
              .toList();
      assertThat(symbols(silent)).hasSize(11).doesNotContainAnyElementsOf(acknowledged);
      Instant asked = books.notes("feed_opened").get(0).heardAt();
      for (JsonNode event : silent) {
        assertThat(instant(event, "timestamp")).isBefore(asked.plusSeconds(60));
      }
      // They have no line, and the ledger says why in every round.
      assertThat(books.scalpBySymbol().keySet()).doesNotContainAnyElementsOf(symbols(silent));
      Set<String> ledger =
          books.lines("system/overflow").stream()
              .filter(line -> text(line, "decision_reason").equals("not_acknowledged"))
              .map(line -> text(line, "symbol"))
              .collect(Collectors.toSet());
      assertThat(ledger).containsAll(symbols(silent));
      AuditIT.proven(o.root());
    }
  }

  private static Set<String> symbols(List<JsonNode> events) {
    Set<String> all = new TreeSet<>();
    events.forEach(event -> all.add(text(event, "symbol")));
    return all;
  }
}
