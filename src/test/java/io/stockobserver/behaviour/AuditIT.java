package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.cli.ObserverCommand;
import io.stockobserver.market.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 1: every second is recorded or explained, and the command proves it. */
class AuditIT {
  @TempDir Path dir;

  private record Said(int exit, String out) {
    JsonNode json() {
      return Books.json(out.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** As a person runs it. */
  private static Said audit(Path root, String... more) {
    return auditOf(Observatory.DAY, root, more);
  }

  private static Said auditOf(String day, Path root, String... more) {
    List<String> words = new ArrayList<>(List.of("audit", day));
    words.addAll(List.of("--data", root.toString()));
    words.addAll(List.of(more));
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int exit = ObserverCommand.run(words.toArray(String[]::new));
      return new Said(exit, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  static void proven(Path root) {
    Said said = audit(root);
    assertThat(said.out()).contains("Yes: every second");
    assertThat(said.exit()).as(said.out()).isZero();
  }

  @Test
  void aSessionWithALostFeedAndAPauseIsProvenAndASecondTakenAwayIsNamed() throws IOException {
    try (Observatory o = new Observatory(dir, "09:29:54")) {
      o.observe().awaitSlots(41);
      o.until("09:30:05");
      o.awaitSamples(8);
      proven(o.root()); // while it writes
      o.venue().faults().drop();
      o.awaitEvents("reconnection_event", 1);
      o.awaitSlots(41);
      o.awaitSamples(2);
      o.end();
      o.pass(Duration.ofSeconds(2));
      o.observe().awaitSlots(41);
      o.awaitSamples(2);
      o.end();
      proven(o.root());
      takeAway(o.root());
    }
  }

  /** One second of one symbol's lines, by hand. */
  static void takeAway(Path root) throws IOException {
    JsonNode first = new Books(root).scalp().get(0);
    String symbol = first.path("symbol").asText();
    TreeSet<Instant> seconds = new TreeSet<>();
    for (JsonNode line : new Books(root).scalpBySymbol().get(symbol)) {
      seconds.add(Books.instant(line, "sample_time").truncatedTo(ChronoUnit.SECONDS));
    }
    // Between two others: so no gap explains it, however long the start took.
    Instant taken =
        seconds.stream()
            .filter(s -> seconds.contains(s.minusSeconds(1)) && seconds.contains(s.plusSeconds(1)))
            .findFirst()
            .orElseThrow();
    DateTimeFormatter local = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(Observatory.SEOUL);
    takeAway(root, symbol, local.format(taken));
  }

  static void takeAway(Path root, String symbol, String local) throws IOException {
    Books books = new Books(root);
    Instant begin = Observatory.at(local);
    String second = begin.toString().substring(10, 19);
    Path file = null;
    for (String path : books.files("scalp")) {
      List<String> lines = Files.readAllLines(root.resolve(path));
      List<String> left =
          lines.stream()
              .filter(
                  l ->
                      !(l.contains('"' + symbol + '"')
                          && l.contains("sample_time\":\"2026-11-20" + second)))
              .toList();
      if (left.size() < lines.size()) {
        file = root.resolve(path);
        Files.write(file, left);
      }
    }
    assertThat(file).as("the file that had the second").isNotNull();
    Said said = audit(root);
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("unexplained " + local + "  " + symbol);
    assertThat(said.out()).contains("No: 1 second of scalp unexplained; a seal does not hold.");
    JsonNode unexplained = audit(root, "--json").json().at("/markets/0/tracks/0/unexplained");
    assertThat(unexplained).hasSize(1);
    assertThat(unexplained.get(0).path("from").asText()).isEqualTo(Stamp.of(begin));
    assertThat(unexplained.get(0).path("until").asText()).isEqualTo(Stamp.of(begin.plusSeconds(1)));
    assertThat(unexplained.get(0).at("/symbols/0").asText()).isEqualTo(symbol);
  }

  @Test
  void aKillIsProvenOnceTheNextStartHasToldOfIt() throws InterruptedException {
    Path root = dir.resolve("data");
    Books books = new Books(root);
    try (Child child = Child.collecting(root)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(root.resolve("scalp")) && books.scalp().size() > 300);
      assertThat(child.alive()).as(child.said()).isTrue();
      Said running = audit(root);
      assertThat(running.exit()).as(running.out()).isZero();
      child.kill();
    }
    Said killed = audit(root);
    assertThat(killed.exit()).as(killed.out()).isEqualTo(1);
    try (Child next = Child.collecting(root, "--for", "3s")) {
      assertThat(next.exit()).as(next.said()).isZero();
    }
    proven(root);
  }

  @Test
  void thePageIsOneFileThatNeedsNothingElse() throws IOException {
    try (Observatory o = new Observatory(dir, "09:29:54")) {
      o.observe().awaitSlots(3);
      o.until("09:30:02");
      o.end();
      Path page = dir.resolve("page.html");
      Said said = audit(o.root(), "--html", page.toString());
      assertThat(said.out()).contains("The page is " + page);
      String html = Files.readString(page);
      assertThat(html).contains("<b>Yes:</b>").contains("symbols × minutes");
      assertThat(html).doesNotContain("@body@").doesNotContain("@maps@").doesNotContain("@title@");
      assertThat(html).doesNotContainPattern("(src|href)=|url\\(|@import|https?://");
    }
  }

  /** 2026-11-21 is a Saturday: the stock market is closed, the other never closes. */
  @Test
  void whoHasNothingOfADayIsNamedAndAnswersOnlyWhenAsked() throws IOException {
    Path root = dir.resolve("data");
    Files.createDirectories(root.resolve("swing/kis/kr_stocks/20261121"));
    Files.createDirectories(root.resolve("swing/upbit/crypto/20261120"));
    Said kis = auditOf("20261121", root);
    assertThat(kis.out())
        .contains("upbit  crypto  nothing of this day; --provider upbit asks why")
        .contains("Yes: the market was closed");
    assertThat(kis.exit()).isZero();
    assertThat(auditOf("20261121", root, "--json").json().path("absent").path(0).asText())
        .isEqualTo("upbit");
    Said both = auditOf("20261121", root, "--provider", "kis", "--provider", "upbit");
    assertThat(both.out())
        .contains("No: upbit crypto: no session on a trading day")
        .doesNotContain("nothing of this day");
    assertThat(both.exit()).isEqualTo(1);
  }

  @Test
  void whatCannotBeAuditedIsToldByItsExitCode() {
    assertThat(audit(dir.resolve("nothing")).exit()).isEqualTo(3);
    assertThat(audit(dir).exit()).isEqualTo(3);
    assertThat(ObserverCommand.run("audit", "yesterday", "--data", dir.toString())).isEqualTo(2);
  }
}
