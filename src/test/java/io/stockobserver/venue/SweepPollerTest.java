package io.stockobserver.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.Window;
import io.stockobserver.track.SweepGrid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepPollerTest {
  private final MemoryDesk desk = new MemoryDesk();
  private final ThreeACall quotes = new ThreeACall();
  private final List<Duration> pauses = new ArrayList<>();

  /** Three symbols a call; an answer's status says what it comes to. */
  private static final class ThreeACall implements Quotes {
    int size = 3;
    String waiting = "";
    boolean twice;

    @Override
    public @Nullable Call callBefore(List<String> symbols) {
      return twice
          ? Call.get("swing", "/b", "b:" + String.join(",", symbols), Map.of(), symbols)
          : null;
    }

    @Override
    public int symbolsPerCall() {
      return size;
    }

    @Override
    public String waitingFor() {
      return waiting;
    }

    @Override
    public Call call(List<String> symbols) {
      return Call.get("swing", "/q", String.join(",", symbols), Map.of(), symbols);
    }

    @Override
    public Verdict judge(Answer answer) {
      return switch (answer.status()) {
        case 200 -> Verdict.DONE;
        case 500 -> Verdict.AGAIN;
        case 404 -> Verdict.SPLIT;
        default -> Verdict.FAILED;
      };
    }
  }

  @BeforeEach
  void universe() {
    desk.universe = List.of("A", "B", "C", "D", "E", "F", "G");
    desk.at("09:29:50");
  }

  @Test
  void aSweepAsksForTheWholeUniverseOncePerInstant() throws InterruptedException {
    SweepPoller poller = poller("09:29:50");
    assertThat(poller.more()).as("not due yet").isFalse();
    desk.at("09:30:00.004");
    assertThat(sweep(poller, 200)).containsExactly("A,B,C", "D,E,F", "G");
    assertThat(notes())
        .containsExactly(
            "sweep_begin {at=2026-11-20T00:30:00Z, symbols=7, calls=3}",
            "sweep_end {at=2026-11-20T00:30:00Z, why=missing-row, retries=0}");
    desk.at("09:39:59");
    assertThat(poller.more()).as("once an instant").isFalse();
    desk.at("09:40");
    assertThat(poller.more()).isTrue();
  }

  @Test
  void theCallBeforeComesBeforeThatOfTheSameSymbols() throws InterruptedException {
    quotes.twice = true;
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    assertThat(sweep(poller, 200))
        .containsExactly("b:A,B,C", "A,B,C", "b:D,E,F", "D,E,F", "b:G", "G");
  }

  @Test
  void whoSpoilsACallIsFoundInHalvesAndTheOthersAreAskedAll() throws InterruptedException {
    desk.universe = List.of("A", "B", "C", "D", "E", "F", "G", "H");
    quotes.size = 8;
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    List<String> asked = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    while (poller.more()) {
      Call call = poller.next();
      asked.add(call.query());
      boolean spoilt = call.symbols().contains("F");
      if (!spoilt) {
        answered.addAll(call.symbols());
      }
      poller.take(new Answer(call, 1, spoilt ? 404 : 200, new byte[] {'x'}, Map.of()));
    }
    assertThat(asked)
        .containsExactly("A,B,C,D,E,F,G,H", "A,B,C,D", "E,F,G,H", "E,F", "E", "F", "G,H");
    assertThat(answered).containsExactly("A", "B", "C", "D", "E", "G", "H");
  }

  @Test
  void everyCallIsOnTheTapeBeforeItsMeaning() throws InterruptedException {
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    sweep(poller, 200);
    assertThat(desk.tape).contains("hear 200 x");
  }

  @Test
  void whatIsOnTheGridAtTheStartIsExpectedAndWhatWasBeforeIsNot() {
    SweepPoller poller = poller("09:30");
    desk.at("09:30");
    assertThat(poller.more()).isTrue();
    desk.tape.clear();
    SweepPoller later = poller("09:30:00.001");
    desk.at("09:30:05");
    assertThat(later.more()).isFalse();
    assertThat(desk.tape).isEmpty();
  }

  @Test
  void aSweepThatRunsOverTheNextInstantSkipsItAndSaysSo() throws InterruptedException {
    quotes.size = 1;
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    assertThat(poller.more()).isTrue();
    poller.take(new Answer(poller.next(), 1, 200, bytes("x"), Map.of()));
    desk.at("09:52");
    sweep(poller, 200);
    assertThat(poller.more()).as("the next one begins at the latest instant").isTrue();
    assertThat(notes())
        .containsExactly(
            "sweep_begin {at=2026-11-20T00:30:00Z, symbols=7, calls=7}",
            "sweep_end {at=2026-11-20T00:30:00Z, why=missing-row, retries=0}",
            "sweep_missed {at=2026-11-20T00:40:00Z, why=late}",
            "sweep_begin {at=2026-11-20T00:50:00Z, symbols=7, calls=7}");
  }

  @Test
  void aClockThatJumpsFiresEachMissedInstantOnceAndSaysWhich() {
    SweepPoller poller = poller("09:29:50");
    desk.at("10:05");
    assertThat(poller.more()).isTrue();
    assertThat(notes())
        .containsExactly(
            "sweep_missed {at=2026-11-20T00:30:00Z, why=late}",
            "sweep_missed {at=2026-11-20T00:40:00Z, why=late}",
            "sweep_missed {at=2026-11-20T00:50:00Z, why=late}",
            "sweep_begin {at=2026-11-20T01:00:00Z, symbols=7, calls=3}");
  }

  /** Fault row 9: what was swept is not swept twice, what was only passed over is. */
  @Test
  void aClockThatIsSetAheadAndBackSweepsEachInstantAtMostOnce() throws InterruptedException {
    SweepPoller poller = poller("09:29:50");
    for (String time : List.of("09:30", "10:31", "09:30:05", "09:40", "09:50", "10:30", "10:40")) {
      desk.at(time);
      sweep(poller, 200);
    }
    assertThat(notes().stream().filter(note -> !note.startsWith("sweep_end")))
        .containsExactly(
            "sweep_begin {at=2026-11-20T00:30:00Z, symbols=7, calls=3}",
            "sweep_missed {at=2026-11-20T00:40:00Z, why=late}",
            "sweep_missed {at=2026-11-20T00:50:00Z, why=late}",
            "sweep_missed {at=2026-11-20T01:00:00Z, why=late}",
            "sweep_missed {at=2026-11-20T01:10:00Z, why=late}",
            "sweep_missed {at=2026-11-20T01:20:00Z, why=late}",
            "sweep_begin {at=2026-11-20T01:30:00Z, symbols=7, calls=3}",
            "sweep_begin {at=2026-11-20T00:40:00Z, symbols=7, calls=3}",
            "sweep_begin {at=2026-11-20T00:50:00Z, symbols=7, calls=3}",
            "sweep_missed {at=2026-11-20T01:00:00Z, why=late}",
            "sweep_missed {at=2026-11-20T01:10:00Z, why=late}",
            "sweep_missed {at=2026-11-20T01:20:00Z, why=late}",
            "sweep_begin {at=2026-11-20T01:40:00Z, symbols=7, calls=3}");
  }

  @Test
  void withoutATokenItWaitsAndTellsEachSkippedInstantOnceWithTheReason() {
    quotes.waiting = "no-token";
    SweepPoller poller = poller("09:29:50");
    for (String time : List.of("09:30", "09:35", "09:40", "09:41", "09:50")) {
      desk.at(time);
      assertThat(poller.more()).isFalse();
    }
    quotes.waiting = "";
    desk.at("09:51");
    assertThat(poller.more()).isTrue();
    assertThat(notes())
        .containsExactly(
            "sweep_missed {at=2026-11-20T00:30:00Z, why=no-token}",
            "sweep_missed {at=2026-11-20T00:40:00Z, why=no-token}",
            "sweep_begin {at=2026-11-20T00:50:00Z, symbols=7, calls=3}");
  }

  @Test
  void withoutAUniverseItWaitsToo() {
    desk.universe = List.of();
    SweepPoller poller = poller("09:29:50");
    desk.at("09:41");
    assertThat(poller.more()).isFalse();
    assertThat(notes()).containsExactly("sweep_missed {at=2026-11-20T00:30:00Z, why=no-universe}");
  }

  @Test
  void aTokenThatEndsInTheMiddlePausesTheSweepAndLosesNothing() throws InterruptedException {
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    assertThat(poller.more()).isTrue();
    Call first = poller.next();
    quotes.waiting = "no-token";
    poller.take(new Answer(first, 1, 500, bytes("x"), Map.of()));
    assertThat(poller.more()).isFalse();
    quotes.waiting = "";
    assertThat(sweep(poller, 200)).containsExactly("D,E,F", "G", "A,B,C");
  }

  @Test
  void whatMaySucceedIsTriedAgainAfterGrowingJitteredWaitsFiveTimesInAll()
      throws InterruptedException {
    desk.universe = List.of("A");
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    assertThat(sweep(poller, 500)).containsExactly("A", "A", "A", "A", "A");
    assertThat(pauses).hasSize(4);
    long shortest = 200;
    for (Duration pause : pauses) {
      assertThat(pause.toMillis()).isBetween(shortest, 2 * shortest);
      shortest *= 2;
    }
    assertThat(notes()).last().asString().contains("retries=4").contains("why=missing-row");
  }

  @Test
  void othersAreAskedWhileOneWaits() throws InterruptedException {
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    assertThat(poller.more()).isTrue();
    poller.take(new Answer(poller.next(), 1, 500, bytes("x"), Map.of()));
    assertThat(poller.more()).isTrue();
    assertThat(poller.next().symbols()).containsExactly("D", "E", "F");
    assertThat(pauses).isEmpty();
  }

  @Test
  void afterThreeCallsLostInARowTheVenueIsGivenUpForThisSweep() throws InterruptedException {
    quotes.size = 1;
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    assertThat(sweep(poller, 404)).containsExactly("A", "B", "C");
    assertThat(notes()).last().asString().contains("why=given-up");
    desk.at("09:40");
    assertThat(sweep(poller, 200)).as("the next sweep is a new chance").hasSize(7);
  }

  @Test
  void oneThatSucceedsInBetweenStartsTheCountAnew() throws InterruptedException {
    quotes.size = 1;
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    int[] answers = {404, 404, 200, 404, 404, 200, 404};
    List<String> asked = new ArrayList<>();
    for (int i = 0; poller.more(); i++) {
      Call call = poller.next();
      asked.add(call.query());
      poller.take(new Answer(call, i, answers[i], bytes("x"), Map.of()));
    }
    assertThat(asked).hasSize(7);
    assertThat(notes()).last().asString().contains("why=missing-row");
  }

  @Test
  void anAnswerThatNobodyWaitsForIsOnlyWrittenDown() {
    SweepPoller poller = poller("09:29:50");
    Call stray = quotes.call(List.of("A"));
    poller.take(new Answer(stray, 1, 500, bytes("x"), Map.of()));
    assertThat(desk.tape).containsExactly("hear 500 x");
    assertThat(poller.more()).isFalse();
  }

  private List<String> sweep(SweepPoller poller, int status) throws InterruptedException {
    List<String> asked = new ArrayList<>();
    while (poller.more()) {
      Call call = poller.next();
      asked.add(call.query());
      poller.take(new Answer(call, asked.size(), status, bytes("x"), Map.of()));
    }
    return asked;
  }

  private List<String> notes() {
    return desk.tape.stream().filter(line -> line.startsWith("sweep")).toList();
  }

  private SweepPoller poller(String since) {
    Instant from = new MemoryDesk().at(since).now();
    SweepGrid grid =
        new SweepGrid(Window.parse("open..close"), Duration.ofMinutes(10), SweepGrid.CLOSING);
    return new SweepPoller(
        "swing",
        desk,
        grid,
        quotes,
        from,
        new Random(1),
        desk::nanos,
        wait -> {
          pauses.add(Duration.ofNanos(wait));
          desk.pass(Duration.ofNanos(wait));
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whoIsNotToBeAskedAnyMoreHasHisSweepEndedAndTheNextOnesTold() {
    SweepPoller poller = poller("09:29:50");
    desk.at("09:30");
    assertThat(poller.more()).isTrue();
    quotes.waiting = FeedPolicy.SECRET_SEEN;
    assertThat(poller.more()).isFalse();
    assertThat(poller.sweeping()).isFalse();
    desk.at("09:51");
    assertThat(poller.more()).isFalse();
    assertThat(notes())
        .containsExactly(
            "sweep_begin {at=2026-11-20T00:30:00Z, symbols=7, calls=3}",
            "sweep_end {at=2026-11-20T00:30:00Z, why=secret_seen, retries=0}",
            "sweep_missed {at=2026-11-20T00:40:00Z, why=secret_seen}");
  }
}
