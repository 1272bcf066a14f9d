package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 12: the venue sends heartbeats only. */
class TrickleIT {
  private static final Duration SILENCE = Duration.ofSeconds(2);

  @TempDir Path dir;

  @Test
  void whileItsSlotsTradeTheFeedIsDeadAndTheGapBeginsWithTheLastData() throws IOException {
    try (Observatory o = observatory().observe()) {
      o.awaitSlots(41);
      o.awaitSamples(2);
      o.venue().faults().trickle(Duration.ofHours(1));
      Observatory.await("given up", () -> !o.books().notes("feed_closed").isEmpty());
      o.venue().faults().clear(FaultKind.STALL);
      Observatory.await("reconnected", () -> o.counter("reconnects") == 1);
      o.awaitSlots(41);
      o.awaitSamples(3);
      o.end();
      Books books = o.books();
      Entry closed = books.notes("feed_closed").get(0);
      assertThat(closed.text()).contains("heartbeat_only: ");
      Instant data = lastBefore(books, closed, "0|");
      assertThat(lastBefore(books, closed, "{\"header\":{\"tr_id\":\"PINGPONG\""))
          .as("it had beaten its heart until then")
          .isAfter(data.plus(SILENCE).minusSeconds(1));
      List<JsonNode> gaps = books.gaps("scalp", "ws_disconnect");
      assertThat(gaps).hasSize(1);
      assertThat(instant(gaps.get(0), "gap_start_ts"))
          .as("the last frame, not the detection")
          .isEqualTo(data.truncatedTo(ChronoUnit.MILLIS));
      assertThat(text(gaps.get(0), "detail")).isEqualTo("heartbeat_only");
      assertThat(books.events("reconnection_event"))
          .singleElement()
          .satisfies(e -> assertThat(e.path("recovered_slot_list")).hasSize(41));
      for (JsonNode line : books.scalp()) {
        Instant at = instant(line, "receive_time");
        if (at.isAfter(data.plus(SILENCE).plusMillis(1)) && at.isBefore(closed.heardAt())) {
          assertThat(text(line, "quality_flag")).as("%s", line).isEqualTo("degraded");
        }
      }
      books.verified();
      o.replays(dir.resolve("again"));
    }
  }

  @Test
  void aMarketThatIsQuietIsSaidToBeAndTheFeedStays() {
    try (Observatory o = observatory().venue(v -> v.withRecordsPerSecond(0.001)).observe()) {
      o.awaitSlots(41);
      o.awaitEvents("feed_quiet", 1);
      o.awaitEvents("sweep_finished", o.books().events("sweep_finished").size() + 2);
      o.end();
      Books books = o.books();
      assertThat(books.events("feed_quiet")).hasSize(1);
      assertThat(books.notes("feed_closed")).as("only our own farewell").hasSizeLessThan(2);
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
      assertThat(books.gaps("scalp", "ws_disconnect")).isEmpty();
    }
  }

  private Observatory observatory() {
    return new Observatory(dir, "10:01:00")
        .set("provider.kis.feed.silence", "2s")
        .set("track.swing.every", "5s")
        .venue(v -> v.withPingEvery(Duration.ofMillis(500)));
  }

  private static Instant lastBefore(Books books, Entry closed, String words) {
    return books.tape().stream()
        .filter(e -> e.seq() < closed.seq() && e.direction() == Direction.IN)
        .filter(e -> e.feed().equals("trade") && e.text().startsWith(words))
        .reduce((a, b) -> b)
        .orElseThrow()
        .heardAt();
  }
}
