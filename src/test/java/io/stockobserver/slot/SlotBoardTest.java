package io.stockobserver.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stockobserver.track.SlotAct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotBoardTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:30:00Z");

  private final SlotBoard board = new SlotBoard(2);

  @Test
  void aRegistrationOnlyCountsWhenAcknowledged() {
    board.want(List.of("A", "B"));
    say(NOW, "A", true);
    assertThat(board.acknowledged()).isEmpty();
    assertThat(board.acknowledgedAt("A")).isNull();
    assertThat(board.acknowledged("A", NOW.plusMillis(80))).isTrue();
    assertThat(board.acknowledged()).containsExactly("A");
    assertThat(board.acknowledgedAt("A")).isEqualTo(NOW.plusMillis(80));
    assertThat(board.acknowledged("A", NOW.plusMillis(90))).as("no news").isFalse();
  }

  @Test
  void someoneLeavesBeforeSomeoneElseIsAsked() {
    seated("A", "B");
    board.want(List.of("B", "C"));
    say(NOW, "A", false);
    assertThat(board.next(NOW)).as("no place until the venue has let A go").isNull();
    assertThat(board.released("A")).isTrue();
    say(NOW, "C", true);
    assertThat(board.taken()).isEqualTo(2);
  }

  @Test
  void theMostWantedIsAskedFirst() {
    board.want(List.of("Z", "A", "B"));
    say(NOW, "Z", true);
    say(NOW, "A", true);
    assertThat(board.next(NOW)).as("a third has no place").isNull();
    assertThat(board.wanted()).containsExactlyInAnyOrder("Z", "A");
  }

  /** Fault row 9: nobody waits for the time that was. */
  @Test
  void aClockThatIsSetMakesNoAnswerLateAndNoRefusalLonger() {
    Duration back = Duration.ofHours(-1);
    Instant now = NOW.plus(back);
    board.want(List.of("A", "B"));
    say(NOW, "A", true);
    say(NOW, "B", true);
    board.refused("B", NOW);
    board.stepped(back);
    assertThat(board.next(now.plusSeconds(10))).isNull();
    say(now.plusMillis(10_001), "A", true);
    assertThat(board.refusedLately("B", now.plusSeconds(59))).isTrue();
    assertThat(board.refusedLately("B", now.plusSeconds(60))).isFalse();
  }

  @Test
  void theUnansweredIsAskedAgainAfterTenSeconds() {
    board.want(List.of("A"));
    say(NOW, "A", true);
    assertThat(board.next(NOW.plusSeconds(10))).isNull();
    say(NOW.plusMillis(10_001), "A", true);
    assertThat(board.next(NOW.plusMillis(10_002))).isNull();
  }

  @Test
  void anUnansweredGoodbyeIsSaidAgainToo() {
    seated("A");
    board.want(List.of());
    say(NOW, "A", false);
    assertThat(board.next(NOW.plusSeconds(10))).isNull();
    say(NOW.plusSeconds(11), "A", false);
  }

  @Test
  void anUnansweredOneThatIsNoLongerWantedIsReleasedAndNotForgotten() {
    board.want(List.of("A"));
    say(NOW, "A", true);
    board.want(List.of("B", "C"));
    say(NOW, "B", true);
    assertThat(board.next(NOW.plusSeconds(1))).as("A may have a place there").isNull();
    say(NOW.plusSeconds(11), "A", false);
  }

  @Test
  void theRefusedIsLeftAloneForAMinuteAndOthersAreAsked() {
    board.want(List.of("A", "B"));
    say(NOW, "A", true);
    board.refused("A", NOW);
    say(NOW, "B", true);
    board.acknowledged("B", NOW);
    assertThat(board.next(NOW.plusMillis(59_999))).isNull();
    say(NOW.plusSeconds(60), "A", true);
  }

  @Test
  void aGoodbyeThatIsRefusedLeavesThePlaceTaken() {
    seated("A", "B");
    board.want(List.of("B", "C"));
    say(NOW, "A", false);
    board.refused("A", NOW);
    assertThat(board.taken()).isEqualTo(2);
    assertThat(board.next(NOW.plusSeconds(1))).isNull();
    say(NOW.plusSeconds(11), "A", false);
  }

  @Test
  void aLostConnectionTakesEveryRegistrationWithIt() {
    seated("A");
    board.want(List.of("A", "B"));
    say(NOW, "B", true);
    board.refused("B", NOW);
    assertThat(board.disconnected()).containsExactly("A");
    assertThat(board.taken()).isZero();
    assertThat(board.acknowledged()).isEmpty();
    say(NOW, "A", true);
    say(NOW, "B", true);
    assertThat(board.acknowledged("A", NOW)).as("news again").isTrue();
  }

  @Test
  void whatTheVenueReleasesOnItsOwnIsAskedForAgain() {
    seated("A");
    assertThat(board.released("A")).isTrue();
    assertThat(board.released("A")).isFalse();
    say(NOW, "A", true);
  }

  @Test
  void aBoardHasAtLeastOnePlace() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SlotBoard(0));
  }

  /** The venue's own count, over random plans, answers, refusals and silences. */
  @Test
  void neverMoreThanTheCapacityAreTakenOnTheVenuesSide() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      SlotBoard any = new SlotBoard(5);
      Set<String> venue = new LinkedHashSet<>();
      List<SlotAct> onTheWay = new ArrayList<>();
      Instant now = NOW;
      for (int step = 0; step < 2000; step++) {
        now = now.plusMillis(random.nextInt(800));
        if (random.nextInt(40) == 0) {
          List<String> plan = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            plan.add(String.valueOf((char) ('A' + random.nextInt(12))));
          }
          any.want(plan);
        }
        SlotAct act = any.next(now);
        if (act != null) {
          any.said(act, now);
          onTheWay.add(act);
          // What is said reaches the venue in order; whether its answer arrives is another matter.
          if (act.register()) {
            venue.add(act.symbol());
          } else {
            venue.remove(act.symbol());
          }
          assertThat(venue).as("seed %s step %s", seed, step).hasSizeLessThanOrEqualTo(5);
        }
        while (!onTheWay.isEmpty() && random.nextInt(3) > 0) {
          SlotAct answered = onTheWay.remove(0);
          if (random.nextInt(10) > 0) {
            if (answered.register()) {
              any.acknowledged(answered.symbol(), now);
            } else {
              any.released(answered.symbol());
            }
          }
        }
        if (random.nextInt(300) == 0) {
          any.disconnected();
          venue.clear();
          onTheWay.clear();
        }
      }
    }
  }

  private void seated(String... symbols) {
    board.want(List.of(symbols));
    for (String symbol : symbols) {
      say(NOW, symbol, true);
      board.acknowledged(symbol, NOW);
    }
  }

  private void say(Instant at, String symbol, boolean register) {
    SlotAct act = board.next(at);
    assertThat(act).isEqualTo(new SlotAct(symbol, register));
    board.said(act, at);
  }
}
