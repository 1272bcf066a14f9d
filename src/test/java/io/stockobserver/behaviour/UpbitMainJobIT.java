package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One session at Upbit from an empty archive on, and everything that it must have left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpbitMainJobIT {
  private final ByteArrayOutputStream saidToVenue = new ByteArrayOutputStream();
  private Observatory observatory;
  private Books books;
  private long framesSent;

  @BeforeAll
  void observe(@TempDir Path dir) {
    observatory = new Observatory(dir, "09:29:55", "upbit").venue(v -> v.withUpbitMarkets(75));
    try (Door rest = new Door(observatory.open().upbit().restUrl(), () -> saidToVenue);
        Door feed = new Door(observatory.open().upbit().feedUrl(), () -> saidToVenue)) {
      observatory
          .set("provider.upbit.rest.url", rest.url() + "/v1")
          .set("provider.upbit.feed.url", feed.url().replace("http", "ws") + "/websocket/v1")
          .set("track.swing.every", "5s")
          .set("slot.upbit.count", "7")
          .observe();
      observatory.awaitSlots(7);
      Observatory.await("a sweep", () -> observatory.state().sweepsDone() >= 1);
      observatory.awaitSamples(12);
      observatory.hushAndEnd();
    }
    framesSent = observatory.venue().upbit().traffic().framesSent();
    books = observatory.books();
  }

  @AfterAll
  void close() {
    observatory.close();
  }

  @Test
  void theUniverseIsWhatTradedEnoughOnTheLastCompleteDay() {
    JsonNode universe = books.whole("universe/upbit/crypto/20261120.json");
    assertThat(text(universe, "rule")).startsWith("candle_acc_trade_price>=1000000000");
    Map<String, BigDecimal> values = new HashMap<>();
    Set<String> warned = new TreeSet<>();
    for (Entry entry : books.tape()) {
      if (entry.feed().equals("universe") && entry.direction() == Direction.IN) {
        for (JsonNode row : Books.json(entry.body())) {
          if (row.has("candle_acc_trade_price")) {
            // Of a market that did not trade on that day an older one is the last there is.
            boolean ofTheDay = text(row, "candle_date_time_utc").equals("2026-11-19T00:00:00");
            BigDecimal value = row.path("candle_acc_trade_price").decimalValue();
            values.put(text(row, "market"), ofTheDay ? value : BigDecimal.ZERO);
          } else if (row.path("market_event").path("warning").asBoolean()) {
            warned.add(text(row, "market"));
          }
        }
      }
    }
    Set<String> expected = new TreeSet<>();
    values.forEach(
        (market, value) -> {
          if (value.compareTo(new BigDecimal("1000000000")) >= 0) {
            expected.add(market);
          }
        });
    Set<String> members = new TreeSet<>();
    for (JsonNode member : universe.path("symbols")) {
      String symbol = text(member, "symbol");
      members.add(symbol);
      assertThat(symbol).startsWith("KRW-");
      assertThat(member.path("prev_value").decimalValue()).isEqualByComparingTo(values.get(symbol));
      assertThat(member.path("flags").toString().contains("warning"))
          .isEqualTo(warned.contains(symbol));
    }
    assertThat(members).isEqualTo(expected).hasSizeGreaterThan(5);
    assertThat(universe.path("sources")).hasSize(1 + values.size());
    assertThat(universe.path("counts").path("listed").asInt()).isEqualTo(75);
    assertThat(books.events("universe_created")).hasSize(1);
  }

  @Test
  void whatIsWantedIsSaidOnceAndWhole() {
    List<String> said =
        books.tape().stream()
            .filter(e -> e.feed().equals("stream") && e.direction() == Direction.OUT)
            .map(Entry::text)
            .toList();
    List<String> wishes = said.stream().filter(word -> word.startsWith("[")).toList();
    // As often as the universe or the slots changed, and not once more.
    int changes = 2 + books.events("slot_released").size();
    assertThat(wishes.size()).isBetween(1, changes);
    assertThat(wishes.get(0)).startsWith("[{\"ticket\":\"observer-1-1\"},{\"type\":\"ticker\"");
    assertThat(said).contains("PING");
    JsonNode wish = Books.json(wishes.get(0).getBytes(StandardCharsets.UTF_8));
    assertThat(wish.path(2).path("codes")).hasSize(7);
    assertThat(wish.path(3).path("codes").path(0).asText()).endsWith(".5");
  }

  @Test
  void everySlotHasALineEveryHalfSecondWithoutAHole() {
    Map<String, List<JsonNode>> bySymbol = books.scalpBySymbol();
    assertThat(bySymbol.size()).isGreaterThanOrEqualTo(7);
    bySymbol.forEach(
        (symbol, lines) -> {
          Instant due = instant(lines.get(0), "sample_time");
          for (JsonNode line : lines) {
            assertThat(instant(line, "sample_time")).as(symbol).isEqualTo(due);
            due = due.plusMillis(500);
          }
        });
  }

  /** What the lines say to have traded, against the trades on the tape, each counted once. */
  @Test
  void theVolumesOfASlotAreTheSumOfItsTrades() {
    Map<String, BigDecimal> traded = new HashMap<>();
    Set<String> counted = new HashSet<>();
    int trades = 0;
    Map<String, Instant> until = new HashMap<>();
    books
        .scalpBySymbol()
        .forEach(
            (symbol, lines) ->
                until.put(symbol, instant(lines.get(lines.size() - 1), "sample_time")));
    for (Entry entry : books.tape()) {
      if (entry.feed().equals("stream") && entry.direction() == Direction.IN) {
        JsonNode frame = Books.json(entry.body());
        String code = text(frame, "code");
        boolean sampled = until.containsKey(code) && !entry.heardAt().isAfter(until.get(code));
        if (text(frame, "type").equals("trade")
            && sampled
            && counted.add(code + text(frame, "sequential_id"))) {
          traded.merge(code, frame.path("trade_volume").decimalValue(), BigDecimal::add);
          trades++;
        }
      }
    }
    assertThat(trades).isGreaterThan(50);
    books
        .scalpBySymbol()
        .forEach(
            (symbol, lines) -> {
              BigDecimal sum = BigDecimal.ZERO;
              for (JsonNode line : lines) {
                sum = sum.add(line.path("volume").decimalValue());
              }
              BigDecimal heard = traded.getOrDefault(symbol, BigDecimal.ZERO);
              assertThat(sum).as(symbol).isEqualByComparingTo(heard);
            });
  }

  @Test
  void aLinesTapeRefLeadsToAMessageThatHasItsFigures() {
    List<JsonNode> scalp = books.scalp();
    Random random = new Random(1);
    int byBook = 0;
    for (int i = 0; i < 60; i++) {
      JsonNode line = scalp.get(random.nextInt(scalp.size()));
      JsonNode heard = books.line(text(line, "tape_ref"));
      assertThat(text(heard, "feed")).isEqualTo("stream");
      JsonNode frame = Books.json(text(heard, "body").getBytes(StandardCharsets.UTF_8));
      assertThat(text(frame, "code")).isEqualTo(text(line, "symbol"));
      if (text(frame, "type").equals("orderbook")) {
        if (instant(line, "event_time").toEpochMilli() != frame.path("timestamp").asLong()) {
          continue; // a trade heard before tells of a later moment: its quotes are the newer ones
        }
        byBook++;
        JsonNode best = frame.path("orderbook_units").path(0);
        same(line, "bid_price", best.path("bid_price"));
        same(line, "bid_size", best.path("bid_size"));
        same(line, "ask_price", best.path("ask_price"));
      } else {
        same(line, "last_price", frame.path("trade_price"));
      }
    }
    assertThat(byBook).isPositive();
  }

  private static void same(JsonNode line, String key, JsonNode figure) {
    BigDecimal expected = figure.decimalValue();
    if (line.has(key) || expected.signum() != 0) {
      assertThat(line.path(key).decimalValue()).as(key).isEqualByComparingTo(expected);
    }
  }

  @Test
  void aSwingLineHasTheTickersPricesAndTheBooksQuotes() {
    List<JsonNode> swing = books.swing();
    assertThat(swing).isNotEmpty();
    int quoted = 0;
    for (JsonNode line : swing) {
      JsonNode heard = books.line(text(line, "tape_ref"));
      assertThat(heard.path("status").asInt()).isEqualTo(200);
      JsonNode row = null;
      for (JsonNode one : Books.json(text(heard, "body").getBytes(StandardCharsets.UTF_8))) {
        row = text(one, "market").equals(text(line, "symbol")) ? one : row;
      }
      assertThat(row).isNotNull();
      quoted += line.has("bid_price") && line.has("ask_price") ? 1 : 0;
      assertThat(line.has("last_price")).isTrue();
    }
    assertThat(quoted).isGreaterThan(swing.size() * 9 / 10);
    JsonNode sweep = books.events("sweep_finished").get(0);
    assertThat(sweep.has("missing")).as("%s", sweep).isFalse();
  }

  @Test
  void everyFrameSentIsOnTheTapeAndTheCountersBalance() {
    long frames =
        books.tape().stream()
            .filter(e -> e.feed().equals("stream") && e.direction() == Direction.IN)
            .filter(e -> e.text().contains("\"type\":"))
            .count();
    assertThat(frames).isEqualTo(framesSent);
    JsonNode counters = books.events("session_stopped").get(0).path("counters");
    assertThat(counters.path("declared").asLong())
        .isGreaterThan(frames)
        .isEqualTo(counters.path("parsed").asLong())
        .isEqualTo(counters.path("kept").asLong() + counters.path("set_aside").asLong());
    assertThat(counters.path("set_aside").asLong()).isZero();
    assertThat(counters.path("scalp_lines").asLong()).isEqualTo(books.scalp().size());
  }

  /** With one, Upbit would take one call, and one connection, in ten seconds. */
  @Test
  void noCallAndNoHandshakeNamesAnOrigin() {
    String said = saidToVenue.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    assertThat(said).contains("get /v1/ticker?markets=krw-", "get /websocket/v1", "upgrade:");
    assertThat(said).doesNotContain("origin:");
    assertThat(observatory.venue().upbit().traffic().refusedCalls()).isZero();
    assertThat(observatory.venue().upbit().traffic().connectionsOpened()).isEqualTo(1);
  }

  @Test
  void theArchiveVerifies() {
    books.verified();
    List<String> folders = new ArrayList<>();
    books.files("").forEach(name -> folders.add(name.replaceAll("/\\d.*", "")));
    assertThat(folders)
        .contains("scalp/upbit/crypto", "swing/upbit/crypto", "tape/upbit/crypto")
        .noneMatch(folder -> folder.contains("kis"));
  }

  @Test
  void theSameTapeLeavesTheSameArchive(@TempDir Path other) {
    observatory.replays(other);
  }
}
