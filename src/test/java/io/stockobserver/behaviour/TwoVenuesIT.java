package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two venues in one process, each in trouble in its turn: whatever the one suffers, the other has
 * every line, every sweep, its connection, its budget and its level.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoVenuesIT {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private Observatory observatory;
  private Books books;
  private Instant upbitSuffersFrom = Instant.MIN;
  private Instant upbitSuffersUntil = Instant.MIN;
  private Instant kisSuffersFrom = Instant.MIN;
  private Instant end = Instant.MIN;

  @BeforeAll
  void observe(@TempDir Path dir) {
    observatory =
        new Observatory(dir, "09:59:50", "kis", "upbit")
            .venue(v -> v.withUpbitMarkets(75))
            .set("track.swing.every", "5s")
            .set("slot.upbit.count", "7")
            .set("slot.kis.min-stay", "1h")
            .set("slot.upbit.min-stay", "1h")
            .observe();
    observatory.awaitSlots(41);
    Observatory.await("Upbit's slots", () -> observatory.state("upbit").slotsAcknowledged() >= 7);
    Observatory.await(
        "a sweep of each",
        () ->
            observatory.state("kis").sweepsDone() > 0
                && observatory.state("upbit").sweepsDone() > 0);

    upbitSuffersFrom = observatory.clock().instant();
    outages(observatory.venue().upbit().faults());
    upbitSuffersUntil = observatory.clock().instant();
    awaitUpbit();
    observatory.pass(Duration.ofSeconds(1));
    kisSuffersFrom = observatory.clock().instant();
    outages(observatory.venue().faults());
    end = observatory.clock().instant();
    observatory.awaitSamples(2);
    observatory.end();
    books = observatory.books();
  }

  private void awaitUpbit() {
    Observatory.await(
        "Upbit's slots",
        () ->
            observatory.state("upbit").feedOpen()
                && observatory.state("upbit").slotsReceiving() >= 7);
  }

  /** A storm, a drop in it, rubbish, a shape never seen, silence: nine seconds of them. */
  private void outages(Faults faults) {
    faults.storm(Duration.ofSeconds(3));
    faults.drop();
    observatory.pass(Duration.ofSeconds(4));
    faults.garbage("");
    faults.drift("extra");
    faults.stall(Duration.ofSeconds(4));
    observatory.pass(Duration.ofSeconds(4));
    faults.close(1001);
    observatory.pass(Duration.ofSeconds(1));
    faults.clear();
  }

  @AfterAll
  void close() {
    observatory.close();
  }

  @Test
  void whatUpbitSuffersKisDoesNot() {
    suffered("upbit", upbitSuffersFrom, kisSuffersFrom);
    untouched("kis", 41, upbitSuffersFrom, upbitSuffersUntil);
  }

  @Test
  void whatKisSuffersUpbitDoesNot() {
    suffered("kis", kisSuffersFrom, end);
    untouched("upbit", 7, kisSuffersFrom, end);
  }

  @Test
  void everySecondOfBothIsAccountedFor() {
    AuditIT.proven(observatory.root());
    books.verified();
  }

  private void suffered(String provider, Instant from, Instant until) {
    assertThat(between(provider, "gap_marker", from, until)).isNotEmpty();
    assertThat(between(provider, "reconnection_event", from, until)).isNotEmpty();
  }

  private void untouched(String provider, int slots, Instant from, Instant until) {
    for (String type :
        List.of(
            "gap_marker",
            "gap_began",
            "reconnection_event",
            "rate_limited",
            "answer_refused",
            "schema_drift",
            "mitigation_changed",
            "slot_silent",
            "frames_shed",
            "archive_stalled")) {
      assertThat(between(provider, type, from, until)).as(type).isEmpty();
    }
    for (JsonNode sweep : between(provider, "sweep_finished", from, until)) {
      assertThat(sweep.has("missing")).isFalse();
    }
    assertThat(between(provider, "sweep_finished", from, until)).hasSizeGreaterThanOrEqualTo(1);
    Map<String, Set<Instant>> lines = new HashMap<>();
    for (JsonNode line : books.lines("scalp/" + provider)) {
      lines
          .computeIfAbsent(text(line, "symbol"), s -> new HashSet<>())
          .add(instant(line, "sample_time"));
    }
    Instant first = Instant.ofEpochMilli(from.toEpochMilli() / 500 * 500 + 500);
    int whole = 0;
    for (Map.Entry<String, Set<Instant>> one : lines.entrySet()) {
      List<Instant> missing = new ArrayList<>();
      for (Instant at = first; at.isBefore(until); at = at.plus(HALF_A_SECOND)) {
        if (!one.getValue().contains(at)) {
          missing.add(at);
        }
      }
      whole += missing.isEmpty() ? 1 : 0;
    }
    assertThat(whole).as("slots of " + provider + " with every line").isEqualTo(slots);
  }

  private List<JsonNode> between(String provider, String type, Instant from, Instant until) {
    return books.lines("system/events/" + provider).stream()
        .filter(event -> text(event, "event_type").equals(type))
        .filter(
            event ->
                instant(event, "timestamp").isAfter(from)
                    && instant(event, "timestamp").isBefore(until))
        .toList();
  }
}
