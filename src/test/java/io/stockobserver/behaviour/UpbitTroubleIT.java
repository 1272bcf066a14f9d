package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One session in which Upbit does what it does on bad days, one thing after the other. Its universe
 * was frozen earlier, and holds a market that the venue does not know.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpbitTroubleIT {
  private static final List<String> MEMBERS =
      List.of("KRW-BTC", "KRW-ETH", "KRW-GHOST", "KRW-SOL", "KRW-XRP", "KRW-DOGE", "KRW-ADA");
  private static final String GONE = "KRW-XRP";

  private Observatory observatory;
  private Books books;
  private long callsWhileBlocked;
  private Instant dropped = Instant.MIN;
  private Instant delisted = Instant.MIN;
  private long seconds;

  @BeforeAll
  void observe(@TempDir Path dir) {
    observatory =
        new Observatory(dir, "10:00:00", "upbit")
            .venue(v -> v.withUpbitMarkets(30))
            .set("track.swing.every", "2s")
            .set("slot.upbit.count", "4");
    freeze();
    observatory.observe();
    Faults faults = observatory.open().upbit().faults();
    observatory.awaitSlots(3);
    wholeSweepAfter(observatory.clock().instant());

    // A connection that ends without a word, and a venue that then takes no handshake.
    dropped = observatory.clock().instant();
    faults.trigger(Fault.of(FaultKind.STORM).withPath("websocket"));
    faults.trigger(Fault.of(FaultKind.DROP));
    observatory.awaitEvents("reconnection_event", 1);
    faults.clear(FaultKind.STORM);
    Observatory.await("the feed again", () -> observatory.state().feedOpen());
    observatory.awaitSlots(3);

    gap(faults, Fault.of(FaultKind.HTML));
    gap(faults, Fault.of(FaultKind.EMPTY).withPath("ticker"));
    faults.trigger(Fault.of(FaultKind.STORM).withPath("ticker"));
    Observatory.await("refusals", () -> answers("rate-limited") >= 2);
    faults.clear(FaultKind.STORM);
    wholeSweepAfter(observatory.clock().instant());

    delisted = observatory.clock().instant();
    faults.trigger(Fault.of(FaultKind.DELIST).withShape(GONE));
    Observatory.await("it is missed", () -> !missing(GONE).isEmpty());
    observatory.awaitEvents("symbols_unheard", 1);

    Fault blocked = Fault.of(FaultKind.STORM).withDelay(Duration.ofSeconds(9));
    faults.trigger(blocked.withCode(418));
    Observatory.await("blocked", () -> answers("blocked") > 0);
    faults.clear(FaultKind.STORM);
    long calls = observatory.venue().upbit().traffic().calls();
    observatory.pass(Duration.ofSeconds(5));
    callsWhileBlocked = observatory.venue().upbit().traffic().calls() - calls;

    long began = System.nanoTime();
    observatory.end();
    seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    books = observatory.books();
  }

  @AfterAll
  void close() {
    observatory.close();
  }

  private void freeze() {
    Path file = observatory.root().resolve("universe/upbit/crypto/20261120.json");
    List<String> members = new ArrayList<>();
    for (String symbol : MEMBERS) {
      members.add(
          ("{\"symbol\":\"%s\",\"name\":\"\",\"prev_close\":1,\"board\":\"KRW\",\"group\":\"spot\","
                  + "\"flags\":[],\"prev_volume\":1,\"prev_value\":%d}")
              .formatted(symbol, 9_000_000_000L - members.size()));
    }
    String universe =
        "{\"date\":\"20261120\",\"provider\":\"upbit\",\"market\":\"crypto\",\"created_at\":\"\","
            + "\"rule\":\"by hand\",\"sources\":[],\"counts\":{},\"symbols\":["
            + String.join(",", members)
            + "]}";
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, universe);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it happen until a sweep has suffered from it, then until one has not. */
  private void gap(Faults faults, Fault fault) {
    int before = others().size();
    faults.trigger(fault);
    Observatory.await(fault.kind() + "", () -> others().size() > before);
    faults.clear(fault.kind());
    wholeSweepAfter(observatory.clock().instant());
  }

  /** Gaps that are not the ghost's alone. */
  private List<JsonNode> others() {
    return observatory.books().gaps("swing", "api_error").stream()
        .filter(gap -> !symbols(gap).equals(List.of("KRW-GHOST")))
        .toList();
  }

  private void wholeSweepAfter(Instant when) {
    Observatory.await(
        "a sweep that gets all there are",
        () ->
            observatory.books().events("sweep_finished").stream()
                .anyMatch(
                    sweep ->
                        instant(sweep, "sweep_at").isAfter(when)
                            && sweep.path("recorded").asInt() == MEMBERS.size() - 1));
  }

  private List<JsonNode> missing(String symbol) {
    return observatory.books().gaps("swing", "api_error").stream()
        .filter(gap -> symbols(gap).contains(symbol) && instant(gap, "timestamp").isAfter(delisted))
        .toList();
  }

  private static List<String> symbols(JsonNode event) {
    return StreamSupport.stream(event.path("symbols").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private long answers(String reason) {
    return observatory.books().lines("system/events").stream()
        .filter(e -> text(e, "reason").equals(reason))
        .count();
  }

  @Test
  void aMarketThatTheVenueDoesNotKnowIsNoticedEverywhere() {
    JsonNode refused = books.events("slot_refused").get(0);
    assertThat(text(refused, "symbol")).isEqualTo("KRW-GHOST");
    assertThat(text(refused, "code")).isEqualTo("no_data");
    assertThat(symbols(books.events("symbols_unheard").get(0))).containsExactly("KRW-GHOST");
    // It costs no other its row: every sweep of an undisturbed venue has all the rest.
    JsonNode first = books.events("sweep_finished").get(0);
    assertThat(first.path("recorded").asInt()).isEqualTo(MEMBERS.size() - 1);
    assertThat(text(first.path("missing"), "market-unknown")).isEqualTo("1");
    assertThat(books.scalpBySymbol()).doesNotContainKey("KRW-GHOST");
  }

  @Test
  void afterADropEverythingIsSaidAgain() {
    List<String> words =
        books.tape().stream()
            .filter(e -> e.feed().equals("stream") && e.direction() == Direction.OUT)
            .map(Entry::text)
            .filter(word -> word.startsWith("["))
            .collect(Collectors.toList());
    assertThat(words).anyMatch(word -> word.contains("observer-2-1"));
    String again = words.stream().filter(w -> w.contains("observer-2-1")).findFirst().orElseThrow();
    MEMBERS.forEach(symbol -> assertThat(again).contains('"' + symbol + '"'));
    JsonNode gap = books.gaps("scalp", "ws_disconnect").get(0);
    assertThat(instant(gap, "gap_start_ts"))
        .isBetween(dropped.minusSeconds(1), dropped.plusSeconds(1));
  }

  /** The first attempt after a handshake too many waits 5 s, where the ladder would wait 2 s. */
  @Test
  void aHandshakeTooManyIsNotHurriedAfter() {
    JsonNode gap = books.gaps("scalp", "ws_disconnect").get(0);
    long lasted =
        Duration.between(instant(gap, "gap_start_ts"), instant(gap, "gap_end_ts")).toMillis();
    assertThat(lasted).isGreaterThan(5_000);
    assertThat(books.tape().stream().map(Entry::text))
        .anyMatch(note -> note.contains("handshake refused with status 429"));
    assertThat(observatory.venue().upbit().traffic().connectionsOpened()).isEqualTo(2);
  }

  @Test
  void badAnswersAreToldByWhatTheyWere() {
    List<String> reasons =
        books.lines("system/events").stream().map(e -> text(e, "reason")).distinct().toList();
    assertThat(reasons)
        .contains("server-error", "empty-answer", "rate-limited", "market-unknown", "blocked");
    // What is missing from a sweep is explained by what went wrong last, not by the ghost; of how
    // many depends on whether it began within the sweep.
    assertThat(books.events("sweep_finished").toString())
        .containsPattern("\"server-error\":[1-9]")
        .containsPattern("\"empty-answer\":[1-9]");
    assertThat(books.events("rate_limited"))
        .extracting(e -> text(e, "code"))
        .contains("HTTP 429", "HTTP 418");
    assertThat(answers("empty-answer")).isPositive();
  }

  /** Whatever failed: the venue saw no call that the tape does not have. */
  @Test
  void everyCallIsOnTheTape() {
    long asked =
        books.tape().stream()
            .filter(e -> e.direction() == Direction.OUT && !e.feed().equals("stream"))
            .count();
    assertThat(observatory.venue().upbit().traffic().calls()).isEqualTo(asked);
  }

  @Test
  void aDelistedMarketIsMissedAndNobodyElse() {
    JsonNode gap = missing(GONE).get(0);
    assertThat(symbols(gap)).isSubsetOf(GONE, "KRW-GHOST");
    assertThat(text(gap, "detail")).isEqualTo("market-unknown");
    assertThat(books.swing())
        .anyMatch(
            line ->
                text(line, "symbol").equals("KRW-BTC")
                    && instant(line, "receive_time").isAfter(delisted));
  }

  @Test
  void whileItIsBlockedNothingIsAskedAndTheFeedGoesOn() {
    assertThat(callsWhileBlocked).isZero();
    assertThat(observatory.venue().upbit().traffic().busiestSecond("ticker"))
        .isLessThanOrEqualTo(10);
    JsonNode last = books.scalp().get(books.scalp().size() - 1);
    Instant blocked =
        books.events("rate_limited").stream()
            .filter(e -> text(e, "code").equals("HTTP 418"))
            .map(e -> instant(e, "timestamp"))
            .findFirst()
            .orElseThrow();
    assertThat(instant(last, "sample_time")).isAfter(blocked.plusSeconds(4));
    assertThat(seconds).as("an end while it waits").isLessThan(10);
  }

  @Test
  void whatTroubleNobodySufferedFromLeftNoHole() {
    books
        .scalpBySymbol()
        .forEach(
            (symbol, lines) -> {
              for (int i = 1; i < lines.size(); i++) {
                Instant before = instant(lines.get(i - 1), "sample_time");
                Instant now = instant(lines.get(i), "sample_time");
                boolean dropBetween =
                    before.isBefore(dropped.plusSeconds(1)) && now.isAfter(dropped);
                assertThat(dropBetween || now.equals(before.plusMillis(500)))
                    .as("%s %s %s", symbol, before, now)
                    .isTrue();
              }
            });
    books.verified();
  }

  @Test
  void theSameTapeLeavesTheSameArchive(@TempDir Path other) {
    observatory.replays(other);
  }
}
