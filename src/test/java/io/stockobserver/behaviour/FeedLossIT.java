package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A feed that goes away comes back by itself, and the archive says from when to when it was gone.
 */
class FeedLossIT {

  @TempDir Path dir;

  @Test
  void aFeedThatIsDroppedOrHangsComesBackOnTheLadder() throws IOException {
    try (Observatory o = silent("2s").observe()) {
      heard(o);
      o.venue().faults().drop();
      back(o, 1);
      o.venue().faults().trigger(Fault.of(FaultKind.HALF_OPEN));
      back(o, 2);
      o.end();
      evidence(o.books(), 2);
      assertThat(attempts(o.books())).containsExactly(1L, 2L);
      o.replays(dir.resolve("again"));
    }
  }

  @Test
  @Tag("fault")
  void aFeedThatIsClosedOrFallsSilentIsOpenedAnew() {
    try (Observatory o = silent("3s").observe()) {
      heard(o);
      o.venue().faults().close(1001);
      back(o, 1);
      o.venue().faults().trigger(Fault.of(FaultKind.STALL).lasting(Duration.ofSeconds(4)));
      back(o, 2);
      o.end();
      evidence(o.books(), 2);
      assertThat(attempts(o.books())).containsExactly(1L, 2L);
      assertThat(o.books().gaps("scalp", "ws_disconnect").get(1).path("gap_seconds").asLong())
          .isGreaterThanOrEqualTo(4);
    }
  }

  /** With a venue that beats twice a second, so that silence is soon noticed. */
  private Observatory silent(String limit) {
    return new Observatory(dir, "10:01:00")
        .set("provider.kis.feed.silence", limit)
        .venue(v -> v.withPingEvery(Duration.ofMillis(500)));
  }

  @Test
  @Tag("fault")
  void aFeedThatOnlySendsHeartbeatsStaysOpen() {
    try (Observatory o = silent("2s").observe()) {
      heard(o);
      o.venue().faults().trickle(Duration.ofSeconds(4));
      o.pass(Duration.ofSeconds(4));
      o.awaitSamples(2);
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
      o.end();
      assertThat(o.books().gaps("scalp", "ws_disconnect")).isEmpty();
    }
  }

  private static void heard(Observatory o) {
    o.awaitSlots(41);
    o.awaitSamples(2);
  }

  private static void back(Observatory o, int times) {
    Observatory.await("reconnect " + times, () -> o.counter("reconnects") == times);
    o.awaitSlots(41);
    o.awaitSamples(4);
    assertThat(o.venue().traffic().registrations()).isEqualTo(41);
  }

  private static List<Long> attempts(Books books) {
    return books.events("reconnection_event").stream()
        .map(e -> e.path("attempt_no").asLong())
        .toList();
  }

  /** One gap, one event and a pause a loss; the lines say it too. */
  private static void evidence(Books books, int losses) {
    books.verified();
    List<Entry> closed = books.notes("feed_closed");
    List<Entry> opened = books.notes("feed_opened");
    List<JsonNode> gaps = books.gaps("scalp", "ws_disconnect");
    assertThat(gaps).hasSize(losses);
    List<JsonNode> events = books.events("reconnection_event");
    assertThat(events).hasSize(losses);
    for (int i = 0; i < losses; i++) {
      Instant end = closed.get(i).heardAt();
      Instant start = opened.get(i + 1).heardAt();
      // The ladder's first rung is a second, with a tenth of jitter.
      assertThat(Duration.between(end, start)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
      assertThat(instant(gaps.get(i), "gap_start_ts")).isEqualTo(lastBefore(books, closed.get(i)));
      Instant back = firstAfter(books, opened.get(i + 1));
      assertThat(instant(gaps.get(i), "gap_end_ts"))
          .as("rounded up to a millisecond")
          .isBetween(back, back.plusMillis(1));
      assertThat(text(events.get(i), "result")).isEqualTo("SUCCESS");
      assertThat(events.get(i).path("recovered_slot_list")).hasSize(41);
      for (JsonNode line : books.scalp()) {
        assertThat(instant(line, "sample_time"))
            .matches(at -> at.isBefore(end) || at.isAfter(start));
      }
      for (Map.Entry<String, List<JsonNode>> symbol : books.scalpBySymbol().entrySet()) {
        flaggedOnce(symbol.getValue(), end, back);
      }
    }
    books.scalpBySymbol().forEach(FeedLossIT::volumesAddUp);
  }

  /** The first line of what was streamed after the gap says so, and no other. */
  private static void flaggedOnce(List<JsonNode> lines, Instant closed, Instant gapEnd) {
    if (lines.stream().noneMatch(line -> instant(line, "receive_time").isBefore(closed))) {
      return; // never heard before the gap
    }
    List<JsonNode> flagged = new ArrayList<>();
    JsonNode firstNews = null;
    for (JsonNode line : lines) {
      boolean after = instant(line, "sample_time").isAfter(closed);
      if (after && text(line, "quality_flag").equals("gap")) {
        flagged.add(line);
      }
      boolean swept =
          text(line.path("provider_specific"), "quality_reason").equals("awaiting-first-frame");
      if (after && firstNews == null && !swept && !instant(line, "receive_time").isBefore(gapEnd)) {
        firstNews = line;
      }
    }
    if (firstNews != null) {
      assertThat(flagged).as("first news %s", firstNews).contains(firstNews);
    }
  }

  /** What traded between two lines is the second one's volume, also over the gap. */
  private static void volumesAddUp(String symbol, List<JsonNode> lines) {
    BigDecimal before = null;
    for (JsonNode line : lines) {
      if (!line.has("volume") || !line.has("acc_volume")) {
        continue;
      }
      BigDecimal acc = line.path("acc_volume").decimalValue();
      if (before != null) {
        assertThat(line.path("volume").decimalValue())
            .as("%s", line)
            .isEqualByComparingTo(acc.subtract(before));
      }
      before = acc;
    }
  }

  private static Instant lastBefore(Books books, Entry closed) {
    return millis(
        books.tape().stream()
            .filter(e -> e.seq() < closed.seq() && trade(e))
            .reduce((a, b) -> b)
            .orElseThrow()
            .heardAt());
  }

  private static Instant firstAfter(Books books, Entry opened) {
    return millis(
        books.tape().stream()
            .filter(e -> e.seq() > opened.seq() && trade(e))
            .filter(e -> e.text().startsWith("0|") || e.text().contains("OPSP0000"))
            .findFirst()
            .orElseThrow()
            .heardAt());
  }

  private static boolean trade(Entry e) {
    return e.feed().equals("trade") && e.direction() == Direction.IN;
  }

  private static Instant millis(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}
