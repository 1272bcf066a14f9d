package io.stockobserver.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CandidatePollerTest {
  private final MemoryDesk desk = new MemoryDesk();
  private final PairsAndARank quotes = new PairsAndARank();
  private boolean swinging;
  private CandidatePoller poller = poller(Duration.ofSeconds(10));

  /** A rank first, then two symbols a call. */
  private static final class PairsAndARank implements Quotes {
    String waiting = "";
    final List<Integer> judged = new ArrayList<>();

    @Override
    public int symbolsPerCall() {
      return 2;
    }

    @Override
    public String waitingFor() {
      return waiting;
    }

    @Override
    public Call call(List<String> symbols) {
      return Call.get("candidates", "/q", String.join(",", symbols), Map.of(), symbols);
    }

    @Override
    public List<Call> rankings() {
      return List.of(Call.get("candidates", "/rank", "", Map.of(), List.of()));
    }

    @Override
    public Verdict judge(Answer answer) {
      judged.add(answer.status());
      return Verdict.FAILED;
    }
  }

  @BeforeEach
  void universe() {
    desk.universe = List.of("A", "B", "C");
    desk.at("09:30");
  }

  @Test
  void aRoundAsksForTheRankAndThenForEverybodyOnce() {
    assertThat(round()).containsExactly("GET /rank", "GET /q?A,B", "GET /q?C");
    assertThat(desk.tape).hasSize(3).allMatch(line -> line.startsWith("hear "));
    assertThat(quotes.judged).as("answers tell of expired keys").hasSize(3);
  }

  @Test
  void theNextRoundBeginsTenSecondsAfterTheLastBegan() {
    round();
    desk.pass(Duration.ofMillis(9_999).minusMillis(300));
    assertThat(poller.more()).isFalse();
    desk.pass(Duration.ofMillis(1));
    assertThat(poller.more()).isTrue();
  }

  @Test
  void itStatesHowLongARoundTook() {
    assertThat(poller.cycle()).isNull();
    round();
    assertThat(poller.cycle()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void itYieldsToTheSwingSweepAndGoesOnWhereItWas() {
    assertThat(poller.more()).isTrue();
    ask();
    swinging = true;
    assertThat(poller.more()).isFalse();
    swinging = false;
    assertThat(round()).containsExactly("GET /q?A,B", "GET /q?C");
  }

  @Test
  void aFailedCallIsNotRepeatedTheNextRoundAsksAgain() {
    assertThat(round()).hasSize(3);
    assertThat(poller.more()).isFalse();
  }

  @Test
  void withoutATokenOrAUniverseNothingIsAsked() {
    quotes.waiting = "no-token";
    assertThat(poller.more()).isFalse();
    quotes.waiting = "";
    desk.universe = List.of();
    assertThat(poller.more()).isFalse();
  }

  @Test
  void itWatchesFromTheOpenUntilTheScalpWindowEnds() {
    desk.at("08:59:59");
    assertThat(poller.more()).isFalse();
    desk.at("15:00");
    assertThat(poller.more()).isFalse();
    desk.turn(MemoryDesk.day("2026-11-20", false));
    desk.at("10:00");
    assertThat(poller.more()).as("a holiday").isFalse();
    desk.turn(MemoryDesk.day("2026-11-20", true));
    desk.at("09:00");
    assertThat(poller.more()).isTrue();
  }

  @Test
  void zeroIsNeverAndAStopEndsIt() {
    poller = poller(Duration.ZERO);
    assertThat(poller.more()).isFalse();
    poller = poller(Duration.ofSeconds(10));
    ask();
    poller.stop();
    assertThat(poller.more()).isFalse();
  }

  private List<String> round() {
    List<String> asked = new ArrayList<>();
    while (poller.more()) {
      asked.add(ask());
    }
    return asked;
  }

  private String ask() {
    poller.more();
    Call call = poller.next();
    desk.pass(Duration.ofMillis(100));
    byte[] body = "x".getBytes(StandardCharsets.UTF_8);
    poller.take(new Answer(call, 1, 500, body, Map.of()));
    return call.tapeText();
  }

  private CandidatePoller poller(Duration every) {
    return new CandidatePoller(
        desk,
        quotes,
        () -> swinging,
        () -> Window.parse("open+30m..close-30m"),
        every,
        desk::nanos);
  }
}
