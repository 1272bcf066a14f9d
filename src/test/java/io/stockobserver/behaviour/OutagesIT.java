package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half an hour in which the feed, the venue, the host and the program fail in eleven ways. */
class OutagesIT {
  @TempDir Path dir;

  @Test
  @Tag("fault")
  void halfAnHourWithElevenOutagesIsAccountedForToTheSecond()
      throws IOException, InterruptedException {
    try (Observatory o = new Observatory(dir, "10:00:00")) {
      o.set("provider.kis.feed.silence", "15s");
      o.open();
      Child first = o.child();
      o.until("10:01:00");
      o.venue().faults().drop();
      o.until("10:03:30");
      o.venue().faults().close(1001);
      o.until("10:05:30");
      o.venue().faults().halfOpen(Duration.ofSeconds(40));
      o.until("10:08:00");
      o.venue().faults().trickle(Duration.ofSeconds(60));
      o.until("10:10:30");
      o.venue().faults().trigger(Fault.of(FaultKind.GARBAGE).lasting(Duration.ofSeconds(30)));
      o.until("10:12:00");
      o.venue().faults().storm(Duration.ofSeconds(60));
      o.until("10:14:00");
      first.stop();
      o.pass(Duration.ofSeconds(30));
      first.carryOn();
      o.until("10:17:00");
      assertThat(first.alive()).as(first.said()).isTrue();
      first.kill();
      o.pass(Duration.ofSeconds(5));
      Child second = o.child();
      o.until("10:19:50");
      o.venue().faults().refuseTokens(Duration.ofSeconds(90));
      o.venue().faults().expireTokens();
      o.until("10:23:00");
      assertThat(second.alive()).as(second.said()).isTrue();
      second.end();
      o.pass(Duration.ofSeconds(10));
      Child third = o.child();
      o.until("10:26:00");
      o.shut();
      o.pass(Duration.ofSeconds(45));
      o.open();
      o.until("10:30:30");
      assertThat(third.alive()).as(third.said()).isTrue();
      third.end();

      Books books = o.books();
      books.verified();
      assertThat(reasons(books))
          .contains("ws_disconnect", "host_pause", "restart", "not_connected", "stopped");
      AuditIT.proven(o.root());
      List<String> files = books.files("scalp");
      JsonNode line = Books.json(books.raw(files.get(files.size() / 2)).get(0));
      Instant taken = Books.instant(line, "sample_time");
      AuditIT.takeAway(
          o.root(),
          line.path("symbol").asText(),
          DateTimeFormatter.ofPattern("HH:mm:ss").format(taken.atZone(Observatory.SEOUL)));
    }
  }

  private static Set<String> reasons(Books books) {
    Set<String> all = new TreeSet<>();
    List<JsonNode> gaps = books.events("gap_marker");
    gaps.forEach(gap -> all.add(gap.path("reason").asText()));
    return all;
  }
}
