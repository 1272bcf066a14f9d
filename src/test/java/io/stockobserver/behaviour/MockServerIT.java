package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.simulator.Arrival;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper-trading server: single quotes, one call a second, and the same feed. */
class MockServerIT {
  @TempDir Path dir;

  @Test
  void sweepsTakeTheirTimeAndTheFeedWorks() {
    try (Observatory o =
        new Observatory(dir, "09:59:57")
            .venue(v -> v.withMock(true))
            .set("provider.kis.environment", "mock")
            .observe()) {
      o.awaitSlots(41);
      assertThat(o.running().venues().get(0).greeting())
          .containsPattern("one sweep of 1,\\d{3} symbols");
      Observatory.await("single quotes", () -> o.venue().traffic().callsTo("/inquire-price") >= 3);
      o.awaitSamples(2);
      assertThat(o.state().sweeping()).isTrue();
      o.end();
      List<Arrival> calls =
          o.venue().traffic().arrivals().stream().filter(a -> a.path().contains("/uapi/")).toList();
      for (int i = 1; i < calls.size(); i++) {
        assertThat(calls.get(i).nanos() - calls.get(i - 1).nanos()).isGreaterThan(1_000_000_000L);
      }
      Books books = o.books();
      assertThat(books.swing()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(books.swing()).allSatisfy(l -> assertThat(l.has("last_price")).isTrue());
      assertThat(books.scalp()).anyMatch(l -> text(l, "quality_flag").equals("normal"));
      assertThat(o.venue().traffic().callsTo("multprice")).isZero();
      assertThat(books.events("rate_limited")).isEmpty();
      books.verified();
    }
  }
}
