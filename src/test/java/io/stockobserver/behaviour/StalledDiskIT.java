package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.HomeCopy;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault rows 5 and 6: while nothing, or too little, gets to the disk, the venue's pings are
 * answered, memory stays under its cap, and what had to be given up is counted and told.
 */
class StalledDiskIT {
  private static final Duration BEAT = Duration.ofMillis(250);
  private static final long MB = 1 << 20;
  private static final String SLOW = "slow.disk";

  @TempDir Path dir;

  @Test
  void whileNothingIsTakenPingsAreAnsweredAndWhatIsShedIsTold() throws Exception {
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .set("provider.kis.feed.queue", "1MB")
            .venue(v -> v.withPingEvery(BEAT))
            .observe()) {
      o.awaitSlots(41);
      o.awaitSamples(4);
      Managed.consumer("archive-tape", "stop");
      Observatory.await("noticed", () -> o.state().diskTrouble() != null);
      assertThat(o.venue().flood(8_000)).succeedsWithin(Duration.ofSeconds(20));
      answersFor(o, Duration.ofSeconds(5), 0);
      assertThat(feed("FeedQueuedBytes")).isBetween(MB * 3 / 4, MB * 5 / 4);
      Managed.consumer("archive-tape", "start");
      Observatory.await("well", () -> o.state().diskTrouble() == null);
      o.awaitSamples(4);
      o.venue().faults().stall(Duration.ofHours(1)); // its pings would never let it be quiet
      o.hushAndEnd();
      Books books = o.books();
      holds(o, books);
      assertThat(books.events("frames_shed")).hasSize(1);
      JsonNode stall = books.events("archive_stalled").get(0);
      assertThat(stall.path("reason").asText()).isEqualTo("disk_full");
      assertThat(stall.path("stall_ms").asLong()).isGreaterThanOrEqualTo(5_000);
      assertThat(books.gaps("scalp", "disk_full"))
          .anySatisfy(
              gap -> {
                // The tick that stood in the way was taken before it, and has its line.
                assertThat(instant(gap, "gap_start_ts"))
                    .isBeforeOrEqualTo(instant(stall, "from").plusMillis(500));
                assertThat(instant(gap, "gap_end_ts")).isAfterOrEqualTo(instant(stall, "to"));
              });
      o.replays(dir.resolve("again"));
    }
  }

  @Test
  void aSlowDiskForAMoment() throws Exception {
    slowDisk(Duration.ofSeconds(6));
  }

  @Test
  @Tag("fault")
  void aSlowDiskForAMinute() throws Exception {
    slowDisk(Duration.ofSeconds(60));
  }

  /** 5,000 trades a second, and every append to the tape takes 200 ms, until some are given up. */
  private void slowDisk(Duration time) throws Exception {
    HomeCopy home =
        HomeCopy.in(dir.resolve("home"))
            .slip(
                "routes/archive-tape.camel.yaml",
                "      steps:\n",
                "      steps:\n        - delay: {id: slow, simple: '${sys.slow.disk}'}\n");
    System.setProperty(SLOW, "0");
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .home(home.path())
            .set("provider.kis.feed.queue", "4MB")
            .set("provider.kis.candidates.every", "0s")
            .venue(v -> v.withPingEvery(BEAT).withRecordsPerFrame(1))
            .observe()) {
      o.awaitSlots(41);
      System.setProperty(SLOW, "200");
      long most = answersFor(o, time, 5_000);
      // A busy machine sends fewer than it was asked to: the queue fills later.
      for (int i = 0; i < 10 && feed("FeedShed") == 0; i++) {
        most = Math.max(most, answersFor(o, Duration.ofSeconds(3), 5_000));
      }
      System.setProperty(SLOW, "0");
      assertThat(most).as("bytes queued").isBetween(3 * MB, 5 * MB);
      o.venue().faults().stall(Duration.ofHours(1)); // its pings would never let it be quiet
      o.hushAndEnd();
      Books books = o.books();
      holds(o, books);
      assertThat(books.events("frames_shed")).isNotEmpty();
    }
  }

  /** The most bytes queued meanwhile. */
  private static long answersFor(Observatory o, Duration time, int perSecond) throws JMException {
    Traffic traffic = o.venue().traffic();
    long most = 0;
    CompletableFuture<Long> flood = CompletableFuture.completedFuture(0L);
    Instant next = o.clock().instant();
    for (Instant end = o.clock().instant().plus(time); o.clock().instant().isBefore(end); ) {
      if (perSecond > 0 && flood.isDone() && !o.clock().instant().isBefore(next)) {
        flood = o.venue().flood(perSecond);
        next = o.clock().instant().plusSeconds(1);
      }
      long asked = traffic.pingsSent();
      Instant before = o.clock().instant();
      Observatory.await("an answer to every ping", () -> traffic.pongsHeard() >= asked);
      assertThat(Duration.between(before, o.clock().instant()))
          .as("KIS hangs up on who is silent for long")
          .isLessThan(Duration.ofSeconds(3));
      o.pass(BEAT);
      most = Math.max(most, feed("FeedQueuedBytes"));
    }
    return most;
  }

  /** Heard = on the tape + shed, each hole in its place, and every instant explained. */
  private static void holds(Observatory o, Books books) {
    books.verified();
    assertThat(o.venue().traffic().connectionsOpened())
        .as("%s %s", books.events("reconnection_event"), books.notes("feed_closed"))
        .isEqualTo(1);
    JsonNode counters = books.events("session_stopped").get(0).path("counters");
    long shed =
        books.events("frames_shed").stream().mapToLong(e -> e.path("frames").asLong()).sum();
    assertThat(shed).isPositive().isEqualTo(counters.path("shed").asLong());
    List<Entry> feed = books.tape().stream().filter(e -> e.feed().equals("trade")).toList();
    long trades = feed.stream().filter(e -> e.text().startsWith("0|")).count();
    assertThat(trades + shed).isEqualTo(o.venue().traffic().framesSent());
    Instant lastTrade = Instant.EPOCH;
    Instant hole = Instant.EPOCH;
    for (Entry entry : feed) {
      if (entry.text().startsWith("{\"note\":\"shed\"")) {
        JsonNode note = Books.json(entry.body());
        // Told by two looks at two clocks.
        assertThat(instant(note, "first").plusMillis(1)).isAfterOrEqualTo(lastTrade);
        hole = instant(note, "last");
      } else if (entry.direction() == Direction.IN && entry.text().startsWith("0|")) {
        assertThat(entry.heardAt()).isAfterOrEqualTo(hole);
        lastTrade = entry.heardAt();
      }
    }
    books.scalpBySymbol().forEach((symbol, lines) -> everyInstant(lines, books));
  }

  /** From a symbol's first line to its last, each half second has a line or lies in a gap. */
  private static void everyInstant(List<JsonNode> lines, Books books) {
    List<Instant> sampled = lines.stream().map(l -> instant(l, "sample_time")).toList();
    List<JsonNode> gaps = new ArrayList<>(books.events("gap_marker"));
    gaps.removeIf(gap -> !gap.path("scope").asText().equals("scalp"));
    for (int i = 1; i < sampled.size(); i++) {
      for (Instant due = sampled.get(i - 1).plusMillis(500);
          due.isBefore(sampled.get(i));
          due = due.plusMillis(500)) {
        Instant missed = due;
        assertThat(gaps)
            .as("%s is explained", missed)
            .anyMatch(
                gap ->
                    !instant(gap, "gap_start_ts").isAfter(missed)
                        && instant(gap, "gap_end_ts").isAfter(missed));
        assertThat(lines.get(i).path("quality_flag").asText()).isIn("gap", "degraded");
      }
    }
  }

  private static long feed(String attribute) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name :
        server.queryNames(new ObjectName("org.apache.camel:type=consumers,*"), null)) {
      if (name.toString().contains("FeedConsumer")) {
        return (Long) server.getAttribute(name, attribute);
      }
    }
    throw new AssertionError("no feed is running");
  }
}
