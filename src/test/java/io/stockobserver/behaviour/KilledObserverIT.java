package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 1 for the whole program: kill -9 at any moment, and every start goes on. */
class KilledObserverIT {
  @TempDir Path dir;

  @Test
  void twoKills() throws InterruptedException {
    kill(2, 1);
  }

  @Test
  @Tag("fault")
  void twentyKills() throws InterruptedException {
    kill(20, 2);
  }

  private void kill(int times, int seed) throws InterruptedException {
    Random random = new Random(seed);
    Path root = dir.resolve("data");
    Books books = new Books(root);
    for (int i = 0; i < times; i++) {
      long lines = lines(root);
      try (Child child = Child.collecting(root)) {
        int sessions = i + 1;
        Awaitility.await("start " + sessions)
            .atMost(Duration.ofSeconds(60))
            .until(() -> !child.alive() || books.events("session_started").size() == sessions);
        assertThat(child.alive()).as(child.said()).isTrue();
        // Not before something new was written; then at any moment.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> lines(root) > lines);
        long until = System.nanoTime() + random.nextInt(3_000) * 1_000_000L;
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(1))
            .until(() -> System.nanoTime() > until);
        assertThat(child.alive()).as(child.said()).isTrue();
        child.kill();
      }
    }
    try (Child last = Child.collecting(root, "--for", "3s")) {
      assertThat(last.exit()).as(last.said()).isZero();
    }
    books.verified();
    List<Entry> tape = books.tape();
    for (int i = 0; i < tape.size(); i++) {
      assertThat(tape.get(i).seq()).isEqualTo(i + 1L);
    }
    everyKillIsAGap(books, tape, times);
    everythingTornIsTold(books);
  }

  private static long lines(Path root) {
    Books books = new Books(root);
    return Files.exists(root) ? books.files("scalp").size() + books.swing().size() : 0;
  }

  private static void everyKillIsAGap(Books books, List<Entry> tape, int times) {
    List<JsonNode> gaps = books.gaps("all", "restart");
    assertThat(gaps).hasSize(times);
    int gap = 0;
    Instant before = null;
    for (Entry entry : tape) {
      if (before != null && entry.text().startsWith("{\"note\":\"session_started\"")) {
        JsonNode marker = gaps.get(gap++);
        assertThat(instant(marker, "gap_start_ts")).isBeforeOrEqualTo(before.plusMillis(1));
        assertThat(instant(marker, "gap_end_ts").plusMillis(5)).isAfterOrEqualTo(entry.heardAt());
      }
      before = entry.heardAt();
    }
    assertThat(gap).isEqualTo(times);
  }

  /** What was cut is kept beside, told in set_aside and in an event. */
  private static void everythingTornIsTold(Books books) {
    List<String> kept =
        books.files("set_aside").stream().filter(name -> name.endsWith(".bin")).toList();
    List<String> told =
        books.setAside().stream()
            .filter(line -> text(line, "reason").equals("torn-tail"))
            .map(line -> text(line.path("record"), "kept_in"))
            .toList();
    assertThat(told).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(
            books.events("segment_recovered").stream()
                .map(e -> text(e, "set_aside_at"))
                .filter(at -> !at.isEmpty()))
        .containsExactlyInAnyOrderElementsOf(kept);
  }
}
