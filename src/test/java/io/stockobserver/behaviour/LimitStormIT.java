package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 18 for REST: a venue that refuses every call is not called more often for it. */
class LimitStormIT {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path dir;

  @Test
  void afterTenSecondsOfRefusalsASweepIsWhole() {
    storm(Duration.ofSeconds(10));
  }

  @Test
  @Tag("fault")
  void fiveMinutesOfRefusals() {
    storm(Duration.ofMinutes(5));
  }

  private void storm(Duration lasting) {
    try (Observatory o =
        new Observatory(dir, "10:00:57").set("track.swing.every", "6s").observe()) {
      o.awaitSlots(41);
      Instant begun = o.clock().instant();
      o.venue().faults().storm(lasting);
      o.pass(lasting);
      Instant over = o.clock().instant();
      Observatory.await(
          "a whole sweep",
          () ->
              o.books().events("sweep_finished").stream()
                  .anyMatch(s -> Books.instant(s, "sweep_at").isAfter(over) && !s.has("missing")));
      o.end();

      List<Arrival> calls =
          o.venue().traffic().arrivals().stream()
              .filter(a -> !a.path().contains("/common/master"))
              .toList();
      assertThat(busiest(calls)).isBetween(10, 18);
      Books books = o.books();
      assertThat(books.events("rate_limited"))
          .isNotEmpty()
          .allSatisfy(e -> assertThat(text(e, "code")).isEqualTo("EGW00201"));
      missingIsSaid(books);
      retriesAreSpread(calls, begun, over);
      List<JsonNode> lines = books.scalp();
      assertThat(lines)
          .as("the other track goes on")
          .anyMatch(l -> Books.instant(l, "sample_time").isAfter(over.minusSeconds(1)));
      assertThat(books.gaps("scalp", "ws_disconnect"))
          .as("%s", books.events("reconnection_event"))
          .isEmpty();
      books.verified();
    }
  }

  /** In every sliding second, as the venue saw the calls arrive. */
  private static int busiest(List<Arrival> calls) {
    List<Long> at = calls.stream().map(Arrival::nanos).sorted().toList();
    int most = 0;
    for (int from = 0, to = 0; to < at.size(); to++) {
      while (at.get(to) - at.get(from) >= SECOND) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  /** Every symbol that a sweep did not get stands in a gap of that sweep, with the reason. */
  private static void missingIsSaid(Books books) {
    Set<String> members = new HashSet<>();
    books
        .whole("universe/kis/kr_stocks/20261120.json")
        .path("symbols")
        .forEach(m -> members.add(text(m, "symbol")));
    for (JsonNode sweep : books.events("sweep_finished")) {
      Set<String> explained = new HashSet<>();
      for (JsonNode gap : books.gaps("swing", "rate_limit")) {
        if (text(gap, "gap_start_ts").equals(text(sweep, "sweep_at"))) {
          gap.path("symbols").forEach(s -> explained.add(s.asText()));
        }
      }
      assertThat(sweep.path("recorded").asInt() + explained.size()).isEqualTo(members.size());
    }
  }

  /** Calls do not come in lockstep: the pauses between them differ. */
  private static void retriesAreSpread(List<Arrival> calls, Instant from, Instant to) {
    List<Arrival> during =
        calls.stream().filter(a -> a.at().isAfter(from) && a.at().isBefore(to)).toList();
    Set<Long> steps =
        during.stream().map(a -> a.nanos() / 10_000_000 % 100).collect(Collectors.toSet());
    assertThat(during).hasSizeGreaterThan(20);
    assertThat(steps).hasSizeGreaterThan(5);
  }
}
