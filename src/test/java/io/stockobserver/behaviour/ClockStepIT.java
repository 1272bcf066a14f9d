package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 9: somebody sets the observer's clock while it observes. The venue's goes on. */
class ClockStepIT {

  @TempDir Path dir;

  @Test
  void fiveSecondsAndAnHourAheadAndBack() throws IOException {
    try (Observatory o = new Observatory(dir, "10:01:00").observe()) {
      o.awaitSlots(41);
      o.awaitSamples(3);
      List<Duration> steps =
          List.of(
              Duration.ofSeconds(5),
              Duration.ofSeconds(-5),
              Duration.ofHours(1),
              Duration.ofHours(-1));
      for (int i = 0; i < steps.size(); i++) {
        o.step(steps.get(i));
        o.awaitEvents("clock_step", i + 1);
        o.awaitSamples(3);
      }
      o.end();
      Books books = o.books();
      told(books, steps);
      inOrder(books);
      nothingNegative(books);
      for (JsonNode gap : books.gaps("all", "clock_step")) {
        assertThat(gap.path("gap_seconds").asLong()).isIn(5L, 6L, 3600L, 3601L);
      }
      assertThat(books.gaps("all", "clock_step")).hasSize(2);
      assertThat(books.files("tape")).as("no storm of files").hasSizeLessThanOrEqualTo(2);
      assertThat(books.files("scalp")).hasSizeLessThanOrEqualTo(2);
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
      books.verified();
      o.replays(dir.resolve("again"));
    }
  }

  @Test
  @Tag("fault")
  void tenDaysAheadAndBack() {
    try (Observatory o = new Observatory(dir, "10:01:00").observe()) {
      o.awaitSlots(41);
      o.awaitSamples(3);
      o.step(Duration.ofDays(10));
      Observatory.await("the other day", () -> o.state().day().date().getDayOfMonth() == 30);
      Observatory.await("its universe", () -> o.state().universeFrozen());
      o.pass(Duration.ofSeconds(12)); // planned anew
      o.awaitSlots(41);
      o.awaitSamples(3);
      o.step(Duration.ofDays(-10));
      Observatory.await("the day itself", () -> o.state().day().date().getDayOfMonth() == 20);
      o.pass(Duration.ofSeconds(12));
      o.awaitSlots(41);
      o.awaitSamples(3);
      o.end();
      Books books = o.books();
      // Each event stands in the day that the clock showed after it.
      told(books, List.of(Duration.ofDays(-10), Duration.ofDays(10)));
      inOrder(books);
      nothingNegative(books);
      books.verified();
      for (String path : books.files("scalp")) {
        String day = day(path);
        for (byte[] line : books.raw(path)) {
          assertThat(text(Books.json(line), "sample_time").replace("-", "")).startsWith(day);
        }
      }
      assertThat(books.files("scalp").stream().map(path -> day(path)).distinct())
          .containsExactly("20261120", "20261130");
      assertThat(books.files("tape")).hasSizeLessThanOrEqualTo(4);
      assertThat(books.files("universe")).hasSize(2);
      assertThat(books.notes("day")).as("there and back").hasSize(2);
      assertThat(o.venue().traffic().callsTo("tokenP")).isEqualTo(1);
      assertThat(o.venue().traffic().callsTo("Approval")).isEqualTo(1);
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
    }
  }

  private static String day(String path) {
    return Path.of(path).getName(3).toString();
  }

  private static void told(Books books, List<Duration> steps) {
    List<JsonNode> events = books.events("clock_step");
    assertThat(events).hasSameSizeAs(steps);
    for (int i = 0; i < steps.size(); i++) {
      JsonNode event = events.get(i);
      assertThat(event.path("step_ms").asLong())
          .isBetween(steps.get(i).toMillis() - 400, steps.get(i).toMillis() + 400);
      assertThat(Duration.between(instant(event, "before"), instant(event, "after")).toMillis())
          .isEqualTo(event.path("step_ms").asLong());
    }
  }

  /** The order is the tape's: numbers without a hole, in one file each, monotonic on each feed. */
  private static void inOrder(Books books) {
    List<Entry> tape = books.tape();
    Map<String, Long> last = new HashMap<>();
    Entry step = null;
    for (int i = 0; i < tape.size(); i++) {
      Entry entry = tape.get(i);
      assertThat(entry.seq()).isEqualTo(i + 1L);
      String feed = entry.feed() + entry.direction();
      assertThat(entry.monoNanos()).isGreaterThanOrEqualTo(last.getOrDefault(feed, 0L));
      last.put(feed, entry.monoNanos());
      if (entry.feed().equals("pulse")) {
        step = entry;
      } else if (entry.feed().equals("sample") && step != null) {
        assertThat(Duration.ofNanos(entry.monoNanos() - step.monoNanos()))
            .as("samples go on")
            .isLessThan(Duration.ofSeconds(2));
        step = null;
      }
    }
  }

  private static void nothingNegative(Books books) {
    for (JsonNode gap : books.events("gap_marker")) {
      assertThat(instant(gap, "gap_end_ts")).isAfterOrEqualTo(instant(gap, "gap_start_ts"));
    }
    for (JsonNode line : books.scalp()) {
      assertThat(line.path("volume").decimalValue().signum()).as("%s", line).isNotNegative();
    }
  }
}
