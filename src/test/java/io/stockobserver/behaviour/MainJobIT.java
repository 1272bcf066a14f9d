package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Entry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One session over the opening of the scalp window, and everything that it must have left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobIT {
  private static final List<String> KEYS =
      List.of(
          "schema_version",
          "track",
          "provider",
          "market",
          "symbol",
          "event_time",
          "receive_time",
          "sample_time",
          "session_id",
          "mitigation_level",
          "quality_flag",
          "last_price",
          "bid_price",
          "ask_price",
          "bid_size",
          "ask_size",
          "volume",
          "acc_volume",
          "acc_value",
          "open",
          "high",
          "low",
          "prev_close",
          "tape_ref",
          "provider_specific");

  private Observatory observatory;
  private Books books;
  private int mostRegistrations;
  private long framesSent;

  @BeforeAll
  void observeTheOpening(@TempDir Path dir) {
    observatory = new Observatory(dir, "09:29:55").observe();
    observatory.awaitSlots(41);
    Observatory.await(
        "the sweep of 09:30",
        () -> {
          int now = observatory.venue().traffic().registrations();
          mostRegistrations = Math.max(mostRegistrations, now);
          return observatory.state().sweepsDone() == 1;
        });
    observatory.until("09:30:06");
    mostRegistrations = Math.max(mostRegistrations, observatory.venue().traffic().registrations());
    observatory.hushAndEnd();
    framesSent = observatory.venue().traffic().framesSent();
    books = observatory.books();
  }

  @AfterAll
  void close() {
    observatory.close();
  }

  @Test
  void theUniverseIsFrozenByItsRule() {
    JsonNode universe = books.whole("universe/kis/kr_stocks/20261120.json");
    assertThat(universe.fieldNames())
        .toIterable()
        .startsWith("date", "provider", "market", "created_at", "rule", "sources", "counts");
    assertThat(text(universe, "date")).isEqualTo(Observatory.DAY);
    assertThat(text(universe, "rule")).startsWith("stck_sdpr>=4000");
    assertThat(universe.path("sources")).hasSize(2);
    JsonNode members = universe.path("symbols");
    assertThat(members.size()).isBetween(1_300, 1_700);
    members.forEach(
        m ->
            assertThat(m.path("prev_close").decimalValue())
                .isGreaterThanOrEqualTo(new BigDecimal(4000)));
    JsonNode counts = universe.path("counts");
    assertThat(counts.path("kept").asInt()).isEqualTo(members.size());
    int sum = 0;
    for (Map.Entry<String, JsonNode> count : counts.properties()) {
      sum += count.getKey().equals("listed") ? 0 : count.getValue().asInt();
    }
    assertThat(sum).isEqualTo(counts.path("listed").asInt()).isGreaterThanOrEqualTo(2_600);
    assertThat(books.events("universe_created")).hasSize(1);
  }

  @Test
  void fortyOneSlotsAreAcknowledgedAndNeverMoreAreAskedFor() {
    assertThat(books.events("slot_assigned")).hasSize(41);
    assertThat(mostRegistrations).isEqualTo(41);
    assertThat(observatory.venue().traffic().connectionsOpened()).isEqualTo(1);
  }

  @Test
  void theSweepAtTheGridInstantCoversEverySymbol() {
    JsonNode sweep = books.events("sweep_finished").get(0);
    assertThat(text(sweep, "sweep_at")).isEqualTo("2026-11-20T00:30:00.000Z");
    assertThat(sweep.has("missing")).isFalse();
    Set<String> members = members();
    Set<String> seen = new HashSet<>();
    books.swing().forEach(line -> assertThat(seen.add(text(line, "symbol"))).isTrue());
    assertThat(seen).isEqualTo(members);
    assertThat(sweep.path("recorded").asInt()).isEqualTo(members.size());
  }

  @Test
  void everySlotHasALineEveryHalfSecondWithoutAHole() {
    Map<String, Instant> since = new HashMap<>();
    books
        .events("slot_assigned")
        .forEach(e -> since.put(text(e, "symbol"), instant(e, "timestamp")));
    List<JsonNode> scalp = books.scalp();
    Instant last = instant(scalp.get(scalp.size() - 1), "sample_time");
    assertThat(last).isAfterOrEqualTo(Observatory.at("09:30:05.500"));
    Map<String, List<JsonNode>> bySymbol = books.scalpBySymbol();
    Map<String, JsonNode> awaited = new HashMap<>();
    books
        .gaps("scalp", "awaiting_first_frame")
        .forEach(g -> g.path("symbols").forEach(s -> awaited.put(s.asText(), g)));
    for (String symbol : since.keySet()) {
      List<JsonNode> lines = bySymbol.getOrDefault(symbol, List.of());
      // What has no line yet is explained, to the very instant of the first line.
      Instant due = Observatory.at("09:30:00");
      if (awaited.containsKey(symbol)) {
        due = instant(awaited.get(symbol), "gap_end_ts");
      }
      for (JsonNode line : lines) {
        assertThat(instant(line, "sample_time")).as(symbol).isEqualTo(due);
        due = due.plusMillis(500);
      }
      assertThat(due).as(symbol).isAfter(last);
    }
  }

  @Test
  void theKeysOfALineStandInTheDesignsOrder() {
    List<JsonNode> all = new ArrayList<>(books.scalp());
    all.addAll(books.swing());
    for (JsonNode line : all) {
      List<String> keys = new ArrayList<>();
      line.fieldNames().forEachRemaining(keys::add);
      assertThat(keys).isSubsetOf(KEYS).isEqualTo(KEYS.stream().filter(line::has).toList());
      assertThat(line.has("sample_time")).isEqualTo(text(line, "track").equals("scalp"));
      assertThat(text(line, "event_time"))
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }
  }

  @Test
  void aScalpLinesTapeRefLeadsToTheFrameThatHasItsFigures() {
    List<JsonNode> scalp = books.scalp();
    Random random = new Random(1);
    int frames = 0;
    for (int i = 0; i < 60; i++) {
      JsonNode line = scalp.get(random.nextInt(scalp.size()));
      JsonNode heard = books.line(text(line, "tape_ref"));
      String body = text(heard, "body");
      if (body.startsWith("0|H0STCNT0|")) {
        frames++;
        assertThat(text(heard, "feed")).isEqualTo("trade");
        figuresOfSomeRecord(line, body);
      }
    }
    assertThat(frames).isGreaterThan(30);
  }

  /** KIS sheet 6.7: the figures by their places, read by hand. */
  private static void figuresOfSomeRecord(JsonNode line, String frame) {
    String[] parts = frame.split("\\|", 4);
    String[] fields = parts[3].split("\\^", -1);
    int count = Integer.parseInt(parts[2]);
    int width = fields.length / count;
    boolean found = false;
    for (int r = 0; r < count && !found; r++) {
      int at = r * width;
      found =
          fields[at].equals(text(line, "symbol"))
              && same(line, "last_price", fields[at + 2])
              && same(line, "open", fields[at + 7])
              && same(line, "high", fields[at + 8])
              && same(line, "low", fields[at + 9])
              && same(line, "ask_price", fields[at + 10])
              && same(line, "bid_price", fields[at + 11])
              && same(line, "acc_volume", fields[at + 13])
              && same(line, "acc_value", fields[at + 14])
              && same(line, "ask_size", fields[at + 36])
              && same(line, "bid_size", fields[at + 37])
              && text(line, "event_time").equals(eventTime(fields[at + 33], fields[at + 1]));
    }
    assertThat(found).as("%s%n%s", line, frame).isTrue();
  }

  private static String eventTime(String date, String time) {
    Instant at =
        java.time.LocalDateTime.parse(
                date + time, java.time.format.DateTimeFormatter.ofPattern("uuuuMMddHHmmss"))
            .atZone(Observatory.SEOUL)
            .toInstant();
    return at.toString().replace("Z", ".000Z");
  }

  private static boolean same(JsonNode line, String key, String digits) {
    return line.path(key).asText().equals(digits)
        || (line.path(key).isMissingNode() && digits.equals("0"));
  }

  @Test
  void aSwingLinesTapeRefLeadsToTheAnswerThatHasItsFigures() {
    List<JsonNode> swing = books.swing();
    Random random = new Random(2);
    for (int i = 0; i < 20; i++) {
      JsonNode line = swing.get(random.nextInt(swing.size()));
      JsonNode heard = books.line(text(line, "tape_ref"));
      assertThat(heard.path("status").asInt()).isEqualTo(200);
      JsonNode row = null;
      for (JsonNode one :
          Books.json(text(heard, "body").getBytes(java.nio.charset.StandardCharsets.UTF_8))
              .path("output")) {
        row = text(one, "inter_shrn_iscd").equals(text(line, "symbol")) ? one : row;
      }
      assertThat(row).as(text(line, "symbol")).isNotNull();
      assertThat(same(line, "last_price", text(row, "inter2_prpr")))
          .as("%s %s", line, row)
          .isTrue();
      assertThat(same(line, "acc_volume", text(row, "acml_vol"))).as("%s %s", line, row).isTrue();
    }
  }

  @Test
  void everyFrameSentIsOnTheTapeAndTheCountersBalance() {
    long frames = books.tape().stream().filter(e -> e.text().startsWith("0|")).count();
    assertThat(frames).isEqualTo(framesSent);
    JsonNode counters = books.events("session_stopped").get(0).path("counters");
    assertThat(counters.path("declared").asLong())
        .isPositive()
        .isEqualTo(counters.path("parsed").asLong())
        .isEqualTo(counters.path("kept").asLong() + counters.path("set_aside").asLong());
    assertThat(counters.path("shed").asLong()).isZero();
    assertThat(counters.path("scalp_lines").asLong()).isEqualTo(books.scalp().size());
    assertThat(counters.path("swing_lines").asLong()).isEqualTo(books.swing().size());
    long aside =
        books.setAside().stream().mapToLong(l -> l.path("record").path("records").asLong()).sum();
    assertThat(counters.path("set_aside").asLong()).isEqualTo(aside);
  }

  @Test
  void theTapeIsNumberedWithoutAHole() {
    List<Entry> tape = books.tape();
    for (int i = 0; i < tape.size(); i++) {
      assertThat(tape.get(i).seq()).isEqualTo(i + 1L);
    }
  }

  @Test
  void theSessionsBeginningAndEndAreEvidence() {
    List<JsonNode> started = books.events("session_started");
    assertThat(started).hasSize(1);
    assertThat(text(started.get(0), "session_id")).matches("sess_20261120_09295[56]");
    List<JsonNode> stopped = books.events("session_stopped");
    assertThat(stopped).hasSize(1);
    for (JsonNode event : books.lines("system/events")) {
      List<String> keys = new ArrayList<>();
      event.fieldNames().forEachRemaining(keys::add);
      assertThat(keys).startsWith("event_type", "timestamp", "provider", "market", "session_id");
    }
  }

  @Test
  void theArchiveVerifiesAndEveryFileIsNamedAsDesigned() {
    books.verified();
    String day = Observatory.DAY;
    String second = "\\d\\d_\\d\\d_\\d\\d\\.jsonl";
    assertThat(books.files(""))
        .allSatisfy(
            name ->
                assertThat(name)
                    .matches(
                        "observer\\.lock"
                            + ("|swing/kis/kr_stocks/" + day + "/09_00\\.jsonl")
                            + ("|scalp/kis/kr_stocks/" + day + "/" + second)
                            + ("|tape/kis/kr_stocks/" + day + "/" + second)
                            + ("|system/events/kis/" + day + "\\.jsonl")
                            + ("|system/overflow/kis/" + day + "_overflow\\.jsonl")
                            + ("|set_aside/kis/kr_stocks/" + day + "\\.jsonl")
                            + ("|universe/kis/kr_stocks/" + day + "\\.json")
                            + ("|manifest/kis/" + day + "\\.json")));
    assertThat(books.files("scalp"))
        .containsExactly("scalp/kis/kr_stocks/" + day + "/09_30_00.jsonl");
  }

  @Test
  void theSameTapeLeavesTheSameArchive(@TempDir Path other) {
    observatory.replays(other);
  }

  private Set<String> members() {
    Set<String> members = new LinkedHashSet<>();
    books
        .whole("universe/kis/kr_stocks/20261120.json")
        .path("symbols")
        .forEach(m -> members.add(text(m, "symbol")));
    return members;
  }
}
