package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.cli.ObserverCommand;
import io.stockobserver.etl.EtlReport;
import io.stockobserver.etl.OwnPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 19: a database that goes away while days are recorded is nobody's gap. */
class DatabaseDownIT {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @TempDir Path dir;

  @Test
  void recordingGoesOnTheDayIsMarkedOnceAndTheBacklogLoadsByItself() throws Exception {
    down(Duration.ZERO, Duration.ofSeconds(6), "1s");
  }

  /**
   * As many failed rounds as in half an hour with one a minute, and more. Before it as long with
   * the database there, so that both can be compared in one run.
   */
  @Test
  @Tag("fault")
  void theSameForMinutes() throws Exception {
    int minutes = Integer.getInteger("outage.minutes", 3);
    Duration outage = Duration.ofMinutes(minutes).plusSeconds(5);
    Duration before = minutes > 10 ? Duration.ofMinutes(10) : outage;
    down(before, outage, minutes > 5 ? "30s" : "5s");
  }

  private void down(Duration before, Duration outage, String every) throws Exception {
    try (OwnPostgres database = new OwnPostgres(dir.resolve("db"));
        Observatory o =
            new Observatory(dir, "09:29:54")
                .set("archive.scalp.rotate", "2s")
                .set("etl.db.url", database.url())
                .set("etl.every", every)
                .set("etl.report.every", "1s")) {
      database.environment().forEach(o::environment);
      o.observe().awaitSlots(41);
      patiently("a first load", () -> loaded(o, "scalp_ticks", database) > 0);
      patiently("a report", () -> Files.exists(o.root().resolve("log/load_report.csv")));
      Instant there = o.clock().instant();
      pass(o, before);
      database.stop();
      Instant gone = o.clock().instant();
      patiently("the failure", () -> o.books().events("etl_failed").size() == 1);
      pass(o, outage);
      if (outage.compareTo(Duration.ofMinutes(1)) > 0) {
        patiently("its health", () -> database(o).contains("no answer since"));
      }
      assertThat(command(o.root(), database)).as("somebody tries by hand").isEqualTo(3);
      patiently("his failure", () -> o.books().events("etl_failed").size() == 2);
      Instant back = o.clock().instant();
      database.start();
      patiently("the backlog", () -> missing(o, database, gone, back) == 0);
      patiently("its health", () -> database(o).contains("nothing is wrong"));
      o.end();
      System.out.printf(
          "DatabaseDownIT: socket to tape, p99 of each minute in us: there %s, away %s%n",
          toTape(o, there, gone), toTape(o, gone, back));

      List<JsonNode> failed = o.books().events("etl_failed");
      assertThat(failed).as("once by itself, once by hand").hasSize(2);
      assertThat(failed)
          .allSatisfy(
              event -> {
                assertThat(text(event, "day")).isEqualTo("20261120");
                assertThat(event.path("exit").asInt()).isEqualTo(3);
                assertThat(text(event, "detail")).contains("is not reachable", "etl.db.url");
              });
      assertThat(o.books().events("gap_marker"))
          .filteredOn(gap -> !text(gap, "reason").equals("host_pause"))
          .noneMatch(
              gap ->
                  instant(gap, "gap_end_ts").isAfter(gone)
                      && instant(gap, "gap_start_ts").isBefore(back));
      AuditIT.proven(o.root());
      // A load that ended with the observer may hold its lock for a moment yet.
      EtlReport proof =
          Awaitility.await()
              .atMost(Duration.ofMinutes(2))
              .ignoreExceptionsMatching(
                  busy -> busy.getMessage().contains("another run is at work"))
              .until(() -> database.prove(o.root(), "kis", DAY), report -> true);
      assertThat(proof.ok()).as(proof.toString()).isTrue();
      assertThat(proof.archive()).isEqualTo(proof.database());
      assertThat(proof.database().rows())
          .isEqualTo(o.books().each("scalp").count() + o.books().each("swing").count());
      EtlReport again = database.prove(o.root(), "kis", DAY);
      assertThat(again.loaded()).isZero();
      assertThat(again.database()).isEqualTo(proof.database());

      database.stop();
      assertThat(command(o.root(), database)).as("where nobody records").isEqualTo(3);
      assertThat(o.books().events("etl_failed")).hasSize(3);
      o.books().verified();
    }
  }

  /** A machine that stands still for seconds makes it longer, not red. */
  private static void pass(Observatory o, Duration time) {
    Instant when = o.clock().instant().plus(time);
    Awaitility.await().atMost(time.plusMinutes(1)).until(() -> !o.clock().instant().isBefore(when));
  }

  /** What the figures of the minutes that lie wholly between two instants say. */
  private static List<Long> toTape(Observatory o, Instant from, Instant until) {
    return o.books().events("metrics").stream()
        .filter(minute -> !instant(minute, "timestamp").isBefore(from.plusSeconds(60)))
        .filter(minute -> instant(minute, "timestamp").isBefore(until))
        .map(minute -> minute.path("socket_to_tape_p99_us").asLong())
        .toList();
  }

  /** What /health says of it. */
  private static String database(Observatory o) throws Exception {
    URI health = URI.create(ArchiveLock.holder(o.root()).orElseThrow().url() + "/health");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
    for (JsonNode check : new ObjectMapper().readTree(answer.body()).path("checks")) {
      if (text(check, "name").equals("database")) {
        return check.toString();
      }
    }
    return "";
  }

  private static int command(Path root, OwnPostgres database) {
    return ObserverCommand.run(
        "etl", "20261120", "--data", root.toString(), "--db", database.url());
  }

  private static long loaded(Observatory o, String table, OwnPostgres database) throws Exception {
    return o.books().events("etl_loaded").isEmpty()
        ? 0
        : database.number("SELECT count(*) FROM " + table);
  }

  /** Lines of the outage that the archive has and the database has not. */
  private static long missing(Observatory o, OwnPostgres database, Instant from, Instant until)
      throws Exception {
    long lines =
        o.books()
            .each("scalp")
            .map(line -> instant(line, "sample_time"))
            .filter(at -> !at.isBefore(from) && at.isBefore(until))
            .count();
    assertThat(lines).isPositive();
    return lines
        - database.number(
            "SELECT count(*) FROM scalp_ticks WHERE sample_time >= '%s' AND sample_time < '%s'"
                .formatted(from, until));
  }

  /** Each load is a process of its own, and this machine may have others. */
  private static void patiently(String what, java.util.concurrent.Callable<Boolean> done) {
    Awaitility.await(what)
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(200))
        .until(done);
  }
}
