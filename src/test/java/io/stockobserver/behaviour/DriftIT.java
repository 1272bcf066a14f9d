package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.WireWidth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 16: a wire that changes costs no frame and is told once a shape. */
class DriftIT {
  @TempDir Path dir;

  @Test
  void newFieldsANewTrAndARenamedFieldAreToldOnceEachAndNothingIsLost() {
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .set("track.swing.every", "4s")
            .set("universe.kr_stocks.min-price", "100000")
            .observe()) {
      o.awaitSlots(41);
      o.awaitSamples(2);
      o.venue().faults().drift("");
      int swept = o.state().sweepsDone();
      Observatory.await("a sweep", () -> o.state().sweepsDone() >= swept + 2);
      Observatory.await("H0STNEW0", () -> o.books().events("schema_drift").size() >= 3);
      o.venue().faults().clear(FaultKind.DRIFT);
      o.awaitSamples(2);
      o.hushAndEnd();
      Books books = o.books();
      List<String> shapes =
          books.events("schema_drift").stream().map(e -> text(e, "shape")).toList();
      assertThat(shapes)
          .doesNotHaveDuplicates()
          .hasSize(3)
          .contains("H0STCNT0/50", "H0STNEW0/5")
          .anyMatch(s -> s.startsWith("intstock-multprice/"));
      for (JsonNode drift : books.events("schema_drift")) {
        assertThat(books.line(text(drift, "tape_ref")).has("body")).isTrue();
        assertThat(text(drift, "sample")).isNotBlank();
      }
      long wide =
          books.tape().stream()
              .filter(e -> e.text().startsWith("0|H0STCNT0|001|") && e.text().endsWith("^0^0^0"))
              .count();
      List<JsonNode> aside = books.setAside();
      assertThat(aside).noneMatch(l -> text(l, "record").contains("H0STCNT0"));
      assertThat(books.tape().stream().filter(e -> e.text().startsWith("0|")).count())
          .isGreaterThan(wide)
          .isEqualTo(o.venue().traffic().framesSent());
      assertThat(aside.stream().filter(l -> text(l, "reason").equals("unknown-tr")).count())
          .isEqualTo(books.tape().stream().filter(e -> e.text().contains("H0STNEW0")).count());
      JsonNode counters = books.events("session_stopped").get(0).path("counters");
      assertThat(counters.path("declared").asLong())
          .isEqualTo(counters.path("kept").asLong() + counters.path("set_aside").asLong());
    }
  }

  @Test
  @Tag("fault")
  void theWidthFromBeforeSeptemberIsNoDrift() {
    try (Observatory o =
        new Observatory(dir, "10:01:00").venue(v -> v.withWidth(WireWidth.OLD)).observe()) {
      o.awaitSlots(41);
      o.pass(Duration.ofSeconds(2));
      o.end();
      assertThat(o.books().scalp())
          .anyMatch(l -> text(l, "quality_flag").equals("normal") && l.has("last_price"));
      assertThat(o.books().events("schema_drift")).isEmpty();
      assertThat(o.books().setAside()).isEmpty();
    }
  }
}
