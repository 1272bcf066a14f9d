package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 10: the observer's process stands still while the venue goes on. */
class SuspendedIT {
  @TempDir Path dir;

  @Test
  void aStopOfFourSeconds() throws InterruptedException {
    suspended(Duration.ofSeconds(4));
  }

  @Test
  @Tag("fault")
  void aStopOfNinetySeconds() throws InterruptedException {
    suspended(Duration.ofSeconds(90));
  }

  private void suspended(Duration stop) throws InterruptedException {
    try (Observatory o = new Observatory(dir, "10:01:00");
        Child child = o.child()) {
      await("samples", child, () -> last(o.books()).isAfter(Instant.MIN));
      o.pass(Duration.ofSeconds(3));
      Instant stopped = o.clock().instant();
      child.stop();
      Awaitility.await()
          .atMost(stop.plusSeconds(5))
          .until(() -> !o.clock().instant().isBefore(stopped.plus(stop)));
      Instant carriedOn = o.clock().instant();
      child.carryOn();
      await("samples again", child, () -> last(o.books()).isAfter(carriedOn.plusSeconds(2)));
      child.end();
      assertThat(child.exit()).as(child.said()).isZero();

      Books books = o.books();
      books.verified();
      List<JsonNode> pauses = books.gaps("all", "host_pause");
      assertThat(pauses).hasSize(1);
      Instant start = instant(pauses.get(0), "gap_start_ts");
      Instant end = instant(pauses.get(0), "gap_end_ts");
      TreeSet<Instant> samples = new TreeSet<>();
      books.scalp().forEach(line -> samples.add(instant(line, "sample_time")));
      assertThat(start)
          .as("the last sample before")
          .isEqualTo(samples.floor(stopped.truncatedTo(ChronoUnit.MILLIS)));
      assertThat(end).as("the first after").isEqualTo(samples.higher(start));
      assertThat(end).isAfter(carriedOn);
      assertThat(books.notes("pulse")).hasSize(1);
      assertThat(books.events("clock_step")).isEmpty();
      assertThat(o.venue().traffic().connectionsOpened())
          .as("a feed that was alive is not dropped for our sleep")
          .isEqualTo(1);
      for (JsonNode line : books.scalp()) {
        assertThat(line.path("volume").decimalValue().signum()).isNotNegative();
      }
    }
  }

  private static void await(String what, Child child, java.util.concurrent.Callable<Boolean> done) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              assertThat(child.alive()).as(child.said()).isTrue();
              return done.call();
            });
  }

  /** The last sample so far. */
  private static Instant last(Books books) {
    Instant last = Instant.MIN;
    for (JsonNode line : books.scalp()) {
      Instant at = instant(line, "sample_time");
      last = at.isAfter(last) ? at : last;
    }
    return last;
  }
}
