package io.stockobserver.provider.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.MemoryDesk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpbitFeedTest {
  private final MemoryDesk desk = new MemoryDesk();
  private final UpbitBlock block = new UpbitBlock(desk::nanos);
  private final UpbitFeed feed =
      new UpbitFeed(
          "stream", desk, new UpbitMessages(5, UpbitMessages.Format.DEFAULT), block, desk::nanos);

  @BeforeEach
  void universe() {
    desk.universe = List.of("KRW-A", "KRW-B", "KRW-C");
    desk.wanted = Set.of("KRW-B");
  }

  private void hear(long connection, FeedMessage... messages) {
    feed.hear(new FeedBatch("stream", connection, List.of(messages)));
  }

  private void opened(long connection) {
    hear(connection, FeedMessage.opened(connection, 0, Duration.ZERO, desk.nanos()));
  }

  private void closed(long connection) {
    hear(connection, FeedMessage.closed(connection, 0, Duration.ZERO, "gone", desk.nanos()));
  }

  /** What the route says in so many seconds, a beat each. */
  private List<String> said(int seconds) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      if (feed.hasWord()) {
        all.add(feed.nextWord());
      }
      desk.pass(Duration.ofSeconds(1));
    }
    return all;
  }

  @Test
  void everythingIsAskedForInOneWordAndThenASignOfLife() {
    opened(3);
    assertThat(said(20))
        .containsExactly(
            "[{\"ticket\":\"observer-3-1\"},"
                + "{\"type\":\"ticker\",\"codes\":[\"KRW-A\",\"KRW-B\",\"KRW-C\"]},"
                + "{\"type\":\"trade\",\"codes\":[\"KRW-B\"],\"is_only_realtime\":true},"
                + "{\"type\":\"orderbook\",\"codes\":[\"KRW-B.5\"]},{\"format\":\"DEFAULT\"}]",
            "PING");
    assertThat(desk.tape.get(1)).as("on the tape as said").startsWith("say on stream [{\"ticket");
    assertThat(desk.tape.get(2)).isEqualTo("say on stream PING");
  }

  @Test
  void aSignOfLifeIsAskedForWellBeforeAnIdleConnectionIsGivenUp() {
    opened(1);
    long pings = said(60).stream().filter("PING"::equals).count();
    assertThat(pings).isBetween(2L, 4L);
  }

  @Test
  void otherSlotsOrAnotherUniverseAreSaidAtOnceAndWhole() {
    opened(1);
    said(3);
    desk.wanted = Set.of("KRW-A", "KRW-C");
    assertThat(said(3))
        .singleElement()
        .asString()
        .contains("observer-1-3", "\"trade\",\"codes\":[\"KRW-A\",\"KRW-C\"]", "\"KRW-C.5\"");
    desk.universe = List.of("KRW-A", "KRW-C");
    assertThat(said(3))
        .singleElement()
        .asString()
        .contains("\"ticker\",\"codes\":[\"KRW-A\",\"KRW-C\"]");
    desk.wanted = Set.of();
    assertThat(said(3)).singleElement().asString().doesNotContain("trade", "orderbook");
  }

  @Test
  void aNewConnectionHearsEverythingAgain() {
    opened(1);
    said(3);
    closed(1);
    assertThat(feed.hasWord()).isFalse();
    assertThat(feed.nextWord()).isNull();
    opened(2);
    assertThat(said(3)).first().asString().contains("observer-2-1", "KRW-A");
  }

  /** However fast the route beats and however often plans change: 100 words a minute at most. */
  @Test
  void theLimitOfWordsIsKeptWhateverThePlansDo() {
    opened(1);
    int words = 0;
    for (int i = 0; i < 600; i++) {
      desk.wanted = Set.of(i % 2 == 0 ? "KRW-A" : "KRW-B");
      if (feed.hasWord()) {
        feed.nextWord();
        words++;
      }
      desk.pass(Duration.ofMillis(100));
    }
    assertThat(words).isBetween(80, 95);
  }

  @Test
  void withoutAUniverseThereIsNothingToListenTo() {
    assertThat(feed.mayConnect()).isTrue();
    desk.universe = List.of();
    assertThat(feed.mayConnect()).isFalse();
    desk.universe = List.of("KRW-A");
    desk.turn(MemoryDesk.day("2026-11-20", false));
    assertThat(feed.mayConnect()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 10", "3, 20", "4, 40", "5, 60", "9, 60"})
  void aHandshakeTooManyWaitsLongerEachTime(int refusals, long seconds) {
    for (int i = 0; i < refusals; i++) {
      feed.refused(429);
    }
    assertThat(feed.delayBefore(1)).isEqualTo(Duration.ofSeconds(seconds));
    opened(1);
    assertThat(feed.delayBefore(1)).as("it was let in").isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void otherRefusalsAreTheLaddersBusiness() {
    feed.refused(502);
    assertThat(feed.delayBefore(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(feed.delayBefore(9)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aBlockIsWaitedOutWhoeverMetIt() {
    feed.refused(418);
    assertThat(feed.mayConnect()).isFalse();
    assertThat(feed.delayBefore(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(block.remaining()).isEqualTo(Duration.ofSeconds(30));
    desk.pass(Duration.ofSeconds(30));
    assertThat(feed.mayConnect()).isTrue();
    assertThat(feed.delayBefore(1)).isEqualTo(Duration.ofSeconds(1));
    block.refused(Duration.ofSeconds(5));
    assertThat(feed.mayConnect()).as("a call was refused").isFalse();
  }

  @Test
  void aConnectionWhoseWordsAreRefusedIsHungUp() {
    opened(1);
    hear(1, binary(Told.text("trade.json")), binary(Told.text("status-up.json")));
    assertThat(feed.hangUp()).isNull();
    hear(1, binary(Told.text("error-no-codes.json")));
    assertThat(feed.hangUp()).contains("NO_CODES");
    assertThat(feed.hasWord()).isFalse();
    opened(2);
    assertThat(feed.hangUp()).isNull();
  }

  @Test
  void aDeadFeedIsHungUpOnce() {
    opened(1);
    desk.dead = "heartbeat_only: 3 slots trade";
    assertThat(feed.hangUp()).isEqualTo("heartbeat_only: 3 slots trade");
    assertThat(feed.hangUp()).isNull();
  }

  @Test
  void onlyAMinuteOfRecordsProvesAConnection() {
    opened(1);
    desk.pass(Duration.ofSeconds(100));
    hear(1, binary(Told.text("status-up.json")));
    assertThat(feed.provenAlive(Duration.ofSeconds(100))).as("it only lived").isFalse();
    hear(1, binary(Told.text("trade.json")));
    assertThat(feed.provenAlive(Duration.ofSeconds(100))).isTrue();
  }

  private FeedMessage binary(String text) {
    return FeedMessage.binary(text.getBytes(StandardCharsets.UTF_8), desk.nanos());
  }
}
