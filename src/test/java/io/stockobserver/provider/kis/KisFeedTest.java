package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.Window;
import io.stockobserver.track.SlotAct;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.MemoryDesk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisFeedTest {
  private final MemoryDesk desk = new MemoryDesk();
  private KisGrantKeeper approval;
  private KisFeed feed;

  @BeforeEach
  void feed() {
    desk.at("09:30");
    KisCalls calls = new KisCalls(KisVenue.KRX, new KisKey("k", "s"));
    approval = KisGrantKeeper.approval(desk, desk::nanos, calls, verdict -> {});
    feed =
        new KisFeed(
            "trade",
            desk,
            new KisMessages(KisVenue.KRX),
            approval,
            () -> Window.parse("open+30m..close-30m"),
            desk::nanos);
    desk.acts.add(new SlotAct("005930", true));
  }

  @ParameterizedTest
  @CsvSource({
    "09:19:59, false",
    "09:20:00, true",
    "12:00:00, true",
    "14:59:59, true",
    "15:00:00, false"
  })
  void itConnectsTenMinutesBeforeTheWindowUntilItsEnd(String time, boolean may) {
    grant("A1");
    desk.at(time);
    assertThat(feed.mayConnect()).isEqualTo(may);
  }

  @Test
  void itDoesNotConnectOnAClosedDayOrWithoutAnApprovalKey() {
    assertThat(feed.mayConnect()).isFalse();
    grant("A1");
    assertThat(feed.mayConnect()).isTrue();
    desk.turn(MemoryDesk.day("2026-11-20", false));
    assertThat(feed.mayConnect()).isFalse();
  }

  @Test
  void itSpeaksOnlyOnAnOpenConnectionWithAKey() {
    assertThat(feed.hasWord()).isFalse();
    opened(1);
    assertThat(feed.hasWord()).as("no key").isFalse();
    grant("A1");
    assertThat(feed.hasWord()).isTrue();
    hear(FeedMessage.closed(1, 0, Duration.ZERO, "gone", 0));
    assertThat(feed.hasWord()).isFalse();
    opened(2);
    desk.acts.clear();
    assertThat(feed.hasWord()).as("nothing to say").isFalse();
    assertThat(feed.nextWord()).isNull();
  }

  @Test
  void whatItSaysIsOnTheTapeWithoutTheKey() {
    grant("A1");
    opened(1);
    assertThat(feed.nextWord()).contains("\"approval_key\":\"A1\"").contains("\"tr_type\":\"1\"");
    desk.acts.clear();
    desk.acts.add(new SlotAct("005930", false));
    assertThat(feed.nextWord()).contains("\"tr_type\":\"2\"");
    assertThat(desk.tape.toString())
        .contains("say on trade {\"header\":{\"approval_key\":\"[secret]\"")
        .doesNotContain("A1");
  }

  @Test
  void everythingHeardIsWrittenDown() {
    opened(1);
    hear(text("0|H0STCNT0|001|x"));
    hear(FeedMessage.failed(1, Duration.ZERO, "refused", 0));
    assertThat(desk.tape)
        .containsExactly("hear on trade OPENED", "hear on trade TEXT", "hear on trade FAILED");
  }

  /** KIS sheet 6.3: fatal for the session; a new key, then reconnect. */
  @Test
  void aRefusedApprovalKeyIsReplacedAndTheConnectionGivenUp() {
    grant("A1");
    opened(1);
    feed.nextWord();
    assertThat(feed.hangUp()).isNull();
    hear(FeedMessage.text(Heard.fixture("ack-invalid-approval.json"), 0));
    assertThat(approval.value()).isNull();
    assertThat(feed.hangUp()).contains("OPSP0011");
    assertThat(feed.mayConnect()).as("not without another key").isFalse();
    desk.pass(Duration.ofSeconds(61));
    assertThat(approval.due()).isTrue();
    grant("A2");
    assertThat(feed.hasWord()).as("not on the session that KIS has refused").isFalse();
    assertThat(feed.mayConnect()).isTrue();
    opened(2);
    assertThat(feed.hangUp()).isNull();
    assertThat(feed.nextWord()).contains("A2");
  }

  @Test
  void aKeyThatWasRenewedMeanwhileIsNotRejectedForTheOldOne() {
    grant("A1");
    opened(1);
    feed.nextWord();
    desk.pass(Duration.ofSeconds(61));
    grant("A2");
    hear(FeedMessage.text(Heard.fixture("ack-invalid-approval.json"), 0));
    assertThat(approval.value()).isEqualTo("A2");
  }

  /** KIS sheet 6.3: it is then useless; wait ten seconds and more before reconnecting. */
  @Test
  void aKeyThatIsInUseElsewhereIsLeftAloneForTenSeconds() {
    grant("A1");
    opened(1);
    feed.nextWord();
    hear(FeedMessage.text(Heard.fixture("ack-key-in-use.json"), 0));
    assertThat(feed.hangUp()).contains("OPSP8996");
    assertThat(feed.hasWord()).isFalse();
    assertThat(approval.value()).as("nothing is wrong with it").isEqualTo("A1");
    assertThat(feed.delayBefore(1)).as("ten and the jitter").isEqualTo(Duration.ofSeconds(12));
    assertThat(feed.delayBefore(5)).as("the ladder, where it is longer").hasSeconds(20);
    desk.pass(Duration.ofSeconds(12));
    assertThat(feed.delayBefore(1)).hasSeconds(1);
  }

  @Test
  void otherRefusalsConcernOneRegistration() {
    grant("A1");
    opened(1);
    feed.nextWord();
    hear(FeedMessage.text(Heard.fixture("ack-too-many.json"), 0));
    hear(text("{\"header\":"));
    hear(text(""));
    assertThat(feed.hangUp()).isNull();
    assertThat(feed.hasWord()).isTrue();
  }

  @Test
  void aPingpongIsAnsweredAsItCame() {
    String ping = "{\"header\":{\"tr_id\":\"PINGPONG\",\"datetime\":\"20261120101532\"}}";
    assertThat(feed.replyTo(ping)).isEqualTo(ping);
    assertThat(feed.replyTo("{\"header\":{\"tr_id\":\"H0STCNT0\"}}")).isNull();
  }

  /** The ladder begins anew only after a minute with data; PINGPONG comes from a dead feed too. */
  @Test
  void onlyDataProvesTheFeedAlive() {
    Duration hour = Duration.ofHours(1);
    long second = 1_000_000_000L;
    hear(FeedMessage.opened(1, 0, Duration.ZERO, 5 * second));
    hear(FeedMessage.text(bytes("{\"header\":{\"tr_id\":\"PINGPONG\"}}"), 3000 * second));
    assertThat(feed.provenAlive(hour)).isFalse();
    hear(FeedMessage.text(bytes("0|H0STCNT0|001|x"), 64 * second));
    assertThat(feed.provenAlive(hour)).isFalse();
    hear(FeedMessage.text(bytes("0|H0STCNT0|001|x"), 65 * second));
    assertThat(feed.provenAlive(hour)).isTrue();
    assertThat(feed.provenAlive(Duration.ofSeconds(59))).isFalse();
    hear(FeedMessage.opened(2, 1, Duration.ZERO, 100 * second));
    assertThat(feed.provenAlive(hour)).as("another connection").isFalse();
  }

  /** Once: what makes it dead is known until the recorder has read that it was closed. */
  @Test
  void aFeedThatOnlyBeatsItsHeartIsHungUpOnce() {
    desk.dead = "heartbeat_only: 3 slots trade";
    assertThat(feed.hangUp()).as("there is none").isNull();
    opened(1);
    assertThat(feed.hangUp()).startsWith("heartbeat_only");
    assertThat(feed.hangUp()).isNull();
    opened(2);
    assertThat(feed.hangUp()).startsWith("heartbeat_only");
  }

  /** Fault row 9: neither a storm nor an hour's silence. */
  @Test
  void aKeyInUseIsLeftAloneForAsLongWhateverTheClockIsSetTo() {
    grant("A1");
    opened(1);
    hear(FeedMessage.text(Heard.fixture("ack-key-in-use.json"), 0));
    desk.step(Duration.ofHours(1));
    assertThat(feed.delayBefore(1)).hasSeconds(12);
    desk.step(Duration.ofHours(-2));
    assertThat(feed.delayBefore(1)).hasSeconds(12);
    desk.pass(Duration.ofSeconds(12));
    assertThat(feed.delayBefore(1)).hasSeconds(1);
  }

  /** Fault row 18: ten minutes of ALREADY IN USE, every attempt refused at once. */
  @Test
  void tenMinutesOfAKeyInUseAreFewAttempts() {
    grant("A1");
    List<Long> waits = new ArrayList<>();
    Duration left = Duration.ofMinutes(10);
    for (int attempt = 1; !left.isNegative(); attempt++) {
      opened(attempt);
      hear(FeedMessage.text(Heard.fixture("ack-key-in-use.json"), 0));
      assertThat(feed.hangUp()).contains("OPSP8996");
      hear(FeedMessage.closed(attempt, 0, Duration.ZERO, "gone", 0));
      assertThat(feed.provenAlive(Duration.ofSeconds(1))).isFalse();
      Duration wait = feed.delayBefore(attempt);
      waits.add(wait.toSeconds());
      desk.pass(wait);
      left = left.minus(wait);
    }
    assertThat(waits).startsWith(12L, 12L, 12L, 12L, 20L, 30L, 60L, 60L).hasSize(15);
  }

  private void grant(String key) {
    String body = "{\"approval_key\":\"" + key + "\"}";
    approval.take(new Answer(approval.next(), 1, 200, bytes(body), Map.of()));
    desk.tape.clear();
  }

  private void opened(long connection) {
    hear(FeedMessage.opened(connection, 0, Duration.ZERO, 0));
  }

  private void hear(FeedMessage message) {
    feed.hear(new FeedBatch("trade", 1, List.of(message)));
  }

  private static FeedMessage text(String text) {
    return FeedMessage.text(bytes(text), 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void onceItsKeyIsGivenUpItHangsUpAndComesNotBack() {
    grant("A1");
    opened(1);
    assertThat(feed.hangUp()).isNull();
    approval.abandon();
    assertThat(feed.hangUp()).isEqualTo("secret_seen");
    assertThat(feed.hasWord()).isFalse();
    hear(FeedMessage.closed(1, 0, Duration.ZERO, "1000 secret_seen", 0));
    assertThat(feed.mayConnect()).isFalse();
    desk.pass(Duration.ofMinutes(2));
    assertThat(approval.due()).isFalse();
    assertThat(feed.mayConnect()).isFalse();
  }
}
