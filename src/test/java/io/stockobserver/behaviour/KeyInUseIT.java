package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.tape.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 18 for the feed: a venue that refuses registrations is not hammered for it. */
class KeyInUseIT {
  @TempDir Path dir;

  @Test
  void aKeyInUseIsTriedAgainTenSecondsLater() {
    inUse(2, Duration.ofSeconds(15));
  }

  @Test
  @Tag("fault")
  void aKeyInUseForTenMinutes() {
    inUse(5, Duration.ofMinutes(10));
  }

  private void inUse(int least, Duration lasting) {
    try (Observatory o = new Observatory(dir, "10:01:00")) {
      o.open().faults().trigger(Fault.of(FaultKind.IN_USE));
      o.observe();
      o.awaitEvents("connection_refused", 1);
      if (least > 2) {
        o.pass(lasting);
      }
      o.awaitEvents("reconnection_event", least - 1);
      o.awaitEvents("connection_refused", least);
      o.venue().faults().clear(FaultKind.IN_USE);
      o.end();
      Books books = o.books();
      List<Entry> opened = books.notes("feed_opened");
      for (int i = 1; i < opened.size(); i++) {
        assertThat(Duration.between(opened.get(i - 1).heardAt(), opened.get(i).heardAt()))
            .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
      }
      assertThat(books.events("connection_refused"))
          // A registration or two may be on their way before the first refusal is heard.
          .hasSizeBetween(opened.size(), 3 * opened.size())
          .allSatisfy(e -> assertThat(text(e, "code")).isEqualTo("OPSP8996"));
      assertThat(books.events("reconnection_event"))
          .allSatisfy(
              e -> assertThat(e.path("backoff_seconds").asInt()).isGreaterThanOrEqualTo(10));
      assertThat(books.scalp()).isEmpty();
      assertThat(books.events("slot_assigned")).isEmpty();
      assertThat(o.venue().traffic().callsTo("Approval")).isEqualTo(1);
    }
  }

  @Test
  @Tag("fault")
  void aVenueThatGrantsThirtyPlacesLeavesThirtyWorking() {
    try (Observatory o =
        new Observatory(dir, "10:01:00").venue(v -> v.withRegistrations(30)).observe()) {
      o.awaitSlots(30);
      o.awaitEvents("slot_refused", 11);
      o.awaitSamples(3);
      o.end();
      Books books = o.books();
      assertThat(books.events("slot_refused"))
          .hasSize(11)
          .allSatisfy(e -> assertThat(text(e, "code")).isEqualTo("OPSP0008"));
      thirtyWork(o);
    }
  }

  @Test
  @Tag("fault")
  void aVenueThatAnswersThirtyRegistrationsLeavesThirtyWorking() {
    try (Observatory o = new Observatory(dir, "10:01:00")) {
      o.open().faults().partialAck(30);
      o.observe();
      o.awaitSlots(30);
      o.awaitSamples(3);
      assertThat(o.state().slotsAcknowledged()).isEqualTo(30);
      o.end();
      thirtyWork(o);
    }
  }

  private static void thirtyWork(Observatory o) {
    Books books = o.books();
    assertThat(books.events("slot_assigned")).hasSize(30);
    assertThat(o.venue().traffic().registrations()).isLessThanOrEqualTo(30);
    assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
    assertThat(books.scalpBySymbol()).hasSizeBetween(20, 30);
    assertThat(books.gaps("scalp", "ws_disconnect")).isEmpty();
    books.verified();
  }
}
