package io.stockobserver.slot;

import static io.stockobserver.slot.Decision.Reason.COOLDOWN;
import static io.stockobserver.slot.Decision.Reason.LOW_SCORE;
import static io.stockobserver.slot.Decision.Reason.MANUAL_EXCLUDE;
import static io.stockobserver.slot.Decision.Reason.SLOT_FULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.stockobserver.track.Interest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotPlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-20T01:00:00Z");

  private final SlotPlanner planner =
      new SlotPlanner(new SlotRules(2, Duration.ofSeconds(60), 0.05, Duration.ofSeconds(30)));
  private final Set<String> halted = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  @Test
  void theHighestScoresSitAndTheOthersAreInTheLedger() {
    SlotPlan plan = round(0, i("A", 0.3), i("B", 0.9), i("C", 0.8), i("D", 0.05));
    assertThat(wanted(plan)).containsExactly("B", "C");
    assertThat(plan.decisions())
        .containsExactly(
            new Decision(i("A", 0.3), SLOT_FULL), new Decision(i("D", 0.05), LOW_SCORE));
    assertThat(plan.left()).isEmpty();
  }

  @Test
  void tiesGoToTheSmallerSymbolWhateverTheOrder() {
    List<Interest> all = new ArrayList<>(List.of(i("B", 0.5), i("A", 0.5), i("C", 0.5)));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(all, new Random(seed));
      planner.forget();
      assertThat(wanted(round(0, all.toArray(Interest[]::new)))).containsExactly("A", "B");
    }
  }

  @Test
  void nobodyIsDisplacedBeforeTheLeastStayHasPassed() {
    round(0, i("A", 0.1), i("B", 0.1));
    SlotPlan early = round(59, i("A", 0.1), i("B", 0.1), i("C", 0.9));
    assertThat(wanted(early)).containsExactly("A", "B");
    assertThat(early.decisions()).containsExactly(new Decision(i("C", 0.9), SLOT_FULL));
    SlotPlan late = round(60, i("A", 0.1), i("B", 0.1), i("C", 0.9));
    assertThat(wanted(late)).containsExactly("C", "A");
    assertThat(late.left()).containsExactly(entry("B", "outranked"));
    assertThat(late.decisions())
        .as("who is displaced is in the ledger")
        .containsExactly(new Decision(i("B", 0.1), SLOT_FULL));
  }

  /** Fault row 9. */
  @Test
  void aClockThatIsSetBackMakesNoLeastStayLonger() {
    round(0, i("A", 0.1), i("B", 0.1));
    planner.stepped(Duration.ofHours(-1));
    assertThat(wanted(round(-3541, i("A", 0.1), i("B", 0.1), i("C", 0.9))))
        .containsExactly("A", "B");
    assertThat(wanted(round(-3540, i("A", 0.1), i("B", 0.1), i("C", 0.9))))
        .containsExactly("C", "A");
  }

  @Test
  void whoeverIsDisplacedWithoutAnyScoreIsInTheLedgerToo() {
    round(0, i("A", 0.3), i("B", 0.3));
    SlotPlan plan = round(60, i("A", 0.3), i("C", 0.9));
    assertThat(plan.left()).containsOnlyKeys("B");
    assertThat(plan.decisions()).extracting(d -> d.candidate().symbol()).containsExactly("B");
  }

  @Test
  void aChallengerMustBeBetterByTheMargin() {
    round(0, i("A", 0.5), i("B", 0.5));
    assertThat(wanted(round(60, i("A", 0.5), i("B", 0.5), i("C", 0.55))))
        .as("equal is not better")
        .containsExactly("A", "B");
    assertThat(wanted(round(70, i("A", 0.5), i("B", 0.5), i("C", 0.5501))))
        .containsExactly("C", "A");
  }

  @Test
  void whoGaveAPlaceUpCoolsDownUnlessNobodyElseIsThere() {
    round(0, i("A", 0.2), i("B", 0.3));
    round(60, i("A", 0.2), i("B", 0.3), i("C", 0.9));
    SlotPlan plan = round(89, i("A", 0.95), i("B", 0.3), i("C", 0.9));
    assertThat(wanted(plan)).containsExactly("C", "B");
    assertThat(plan.decisions()).containsExactly(new Decision(i("A", 0.95), COOLDOWN));
    assertThat(wanted(round(120, i("A", 0.95), i("B", 0.3), i("C", 0.9))))
        .containsExactly("C", "A");
  }

  @Test
  void aPinSitsAtOnceAndStays() {
    round(0, i("A", 0.9), i("B", 0.8));
    planner.pin("P");
    SlotPlan plan = round(10, i("A", 0.9), i("B", 0.8));
    assertThat(plan.wanted()).first().isEqualTo(new Interest("P", 1, "manual_override"));
    assertThat(wanted(plan)).containsExactly("P", "A");
    assertThat(plan.left()).containsExactly(entry("B", "outranked"));
    assertThat(wanted(round(500, i("A", 0.9), i("B", 0.8)))).containsExactly("P", "A");
    planner.release("P");
    assertThat(wanted(round(600, i("A", 0.9), i("B", 0.8)))).containsExactly("A", "B");
  }

  @Test
  void moreThanThePlacesAreNeverWantedHoweverManyArePinned() {
    List.of("P", "Q", "R").forEach(planner::pin);
    SlotPlan plan = round(0, i("A", 0.9));
    assertThat(wanted(plan)).containsExactly("P", "Q");
    assertThat(plan.decisions())
        .contains(new Decision(new Interest("R", 1, "manual_override"), SLOT_FULL));
  }

  @Test
  void theExcludedGoesAtOnceAndTheLedgerSaysWhy() {
    round(0, i("A", 0.9), i("B", 0.8), i("C", 0.2));
    planner.exclude("A");
    SlotPlan plan = round(1, i("A", 0.9), i("B", 0.8), i("C", 0.2));
    assertThat(wanted(plan)).containsExactly("B", "C");
    assertThat(plan.left()).containsExactly(entry("A", "operator"));
    assertThat(plan.decisions()).containsExactly(new Decision(i("A", 0.9), MANUAL_EXCLUDE));
    planner.release("A");
    assertThat(wanted(round(100, i("A", 0.9), i("B", 0.8), i("C", 0.2)))).containsExactly("A", "B");
  }

  @Test
  void whoDoesNotTradeGoesAtOncePinnedOrNot() {
    planner.pin("P");
    round(0, i("A", 0.9));
    halted.add("P");
    halted.add("A");
    SlotPlan plan = round(1, i("A", 0.9), i("B", 0.1));
    assertThat(wanted(plan)).containsExactly("B");
    assertThat(plan.left()).containsOnly(entry("P", "not_trading"), entry("A", "not_trading"));
    assertThat(plan.decisions()).as("it is no candidate").isEmpty();
    halted.clear();
    assertThat(wanted(round(2, i("A", 0.9), i("B", 0.1)))).containsExactly("P", "B");
  }

  @Test
  void whomTheVenueRefusedIsNotGivenAPlaceOfAnother() {
    refused.add("A");
    SlotPlan plan = round(0, i("A", 0.9), i("B", 0.1), i("C", 0.1));
    assertThat(wanted(plan)).containsExactly("B", "C");
    assertThat(plan.decisions()).containsExactly(new Decision(i("A", 0.9), COOLDOWN));
  }

  /** Over random rounds: never too many, nobody both seated and in the ledger, nobody forgotten. */
  @Test
  void everyCandidateEitherSitsOrIsInTheLedger() {
    Random random = new Random(7);
    for (int n = 0; n < 2000; n++) {
      List<Interest> scored = new ArrayList<>();
      for (char c = 'A'; c <= 'M'; c++) {
        if (random.nextInt(3) > 0) {
          scored.add(i(String.valueOf(c), random.nextInt(1000) / 1000.0));
        }
      }
      SlotPlan plan = round(n * 10, scored.toArray(Interest[]::new));
      assertThat(plan.wanted()).hasSizeLessThanOrEqualTo(2);
      List<String> told = new ArrayList<>(wanted(plan));
      plan.decisions().forEach(d -> told.add(d.candidate().symbol()));
      assertThat(told).doesNotHaveDuplicates();
      assertThat(told).containsAll(scored.stream().map(Interest::symbol).toList());
    }
  }

  private SlotPlan round(int second, Interest... scored) {
    return planner.plan(
        NOW.plusSeconds(second),
        List.of(scored),
        symbol -> !halted.contains(symbol),
        refused::contains);
  }

  private static List<String> wanted(SlotPlan plan) {
    return plan.wanted().stream().map(Interest::symbol).toList();
  }

  private static Interest i(String symbol, double score) {
    return new Interest(symbol, score, "volume_surge");
  }
}
