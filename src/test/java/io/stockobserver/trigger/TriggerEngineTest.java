package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.observe.Observation;
import io.stockobserver.track.Interest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TriggerEngineTest {
  private static final TriggerSettings ALL = Scene.settings(4, 2.5, 3, 3);

  @Test
  void theFirstTriggerByPriorityNamesTheInterest() {
    Scene scene = new Scene(ALL);
    for (String symbol : List.of("VOLUME", "VELOCITY", "VOLATILITY", "CALM")) {
      scene.calm(symbol);
    }
    // Each also fulfils all lesser ones, by far; 10,900 of 10,000 is 9 percent, 10 times 0.3 x 3.
    scene.rows("VOLUME", 1800, 1840, 401, "10000").row("VOLUME", 1850, 401, "10900");
    scene.rows("VELOCITY", 1800, 1840, 399, "10000").row("VELOCITY", 1850, 399, "10900");
    scene.rows("VOLATILITY", 1800, 1840, 100, "10000").row("VOLATILITY", 1850, 100, "10900");
    scene.rows("CALM", 1800, 1850, 100, "10000");
    // Only now seen: it has no baseline.
    scene.row("PRICE", 1840, 500, "10000").row("PRICE", 1850, 100, "10900");

    List<Interest> all = scene.engine.evaluate(Scene.at(1850));

    assertThat(all)
        .extracting(Interest::symbol)
        .containsExactly("VOLUME", "VELOCITY", "VOLATILITY", "PRICE");
    assertThat(all)
        .extracting(Interest::trigger)
        .containsExactly("volume_surge", "trade_velocity", "volatility_spike", "price_spike");
  }

  @Test
  void tiesGoToTheSmallerSymbol() {
    Scene scene = new Scene(ALL);
    for (String symbol : List.of("C", "A", "B")) {
      scene.calm(symbol).rows(symbol, 1800, 1850, symbol.equals("B") ? 900 : 800, "10000");
    }

    assertThat(scene.engine.evaluate(Scene.at(1850)))
        .extracting(Interest::symbol)
        .containsExactly("B", "A", "C");
  }

  @Test
  void aHaltedSymbolDoesNotFire() {
    Scene scene = new Scene(ALL).calm("A").rows("A", 1800, 1840, 4_000, "10000");
    scene.see(Scene.seen("A", 1850, "10900", null, "99999999", true));
    assertThat(scene.firing(1850)).isEmpty();

    // An order book knows nothing of halts.
    scene.see(Scene.seen("A", 1851, "10900", null, null, false));
    assertThat(scene.firing(1851)).isEmpty();
  }

  /** What opens a halted symbol is one match at one price; its volume is no surge. */
  @Test
  void afterAHaltItIsReckonedFromAnew() {
    Scene scene = new Scene(Scene.volume(4)).calm("A");
    scene.see(Scene.seen("A", 1810, "10000", null, "23000", true));
    scene.see(Scene.seen("A", 1930, "10000", null, "23000", true));
    scene.see(Scene.seen("A", 1940, "10000", null, "523000", false));
    for (int i = 1; i <= 12; i++) {
      scene.see(Scene.seen("A", 1940 + 10 * i, "10000", null, "" + (523_000 + 100 * i), false));
      assertThat(scene.firing(1940 + 10 * i)).isEmpty();
    }
  }

  @Test
  void whatTradedDuringAnInterruptionIsIgnored() {
    Scene scene = new Scene(Scene.volume(4)).calm("A");
    scene.engine.interrupted(Scene.at(1815));
    // 500,000 in 20 s; then 10 a second, as ever.
    scene.row("A", 1820, 500_000, "10000");
    for (int second = 1830; second <= 1920; second += 10) {
      scene.row("A", second, 100, "10000");
      assertThat(scene.firing(second)).as("at %d", second).isEmpty();
    }
    // It also left no trace in the baseline: 4 times 10 a second is a surge.
    scene.rows("A", 1920, 1970, 400, "10000");
    assertThat(scene.firing(1970)).containsExactly("A volume_surge 0.75");
  }

  @Test
  void aStreamIsReckonedFromAnewAfterAnInterruptionToo() {
    Scene scene = new Scene(Scene.volume(4)).trade("A", 0, 10, "10000");
    for (int second = 1; second <= 1800; second++) {
      scene.trade("A", second, 10, "10000");
    }
    scene.engine.interrupted(Scene.at(1830));
    // 500,000 shares were traded unheard.
    scene.see(Scene.seen("A", 1831, "10000", BigDecimal.TEN, "518030", false));
    for (int i = 1; i <= 60; i++) {
      scene.see(Scene.seen("A", 1831 + i, "10000", BigDecimal.TEN, "" + (518_030 + 10 * i), false));
      assertThat(scene.firing(1831 + i)).isEmpty();
    }
  }

  /** A sweep that was late, or comes every ten minutes: the volume is of all the time between. */
  @Test
  void anUnexpectedSilenceIsSpread() {
    Scene usual = new Scene(Scene.volume(4)).calm("A").row("A", 2100, 3_000, "10000");
    assertThat(usual.firing(2100)).isEmpty();

    // 300 s at 160 a second: the last 50 s are the window's, and 240 s are the baseline's, which is
    // then (960 x 10 + 240 x 160) / 1200 = 40.
    Scene more = new Scene(Scene.volume(4)).calm("A").row("A", 2100, 47_900, "10000");
    assertThat(more.firing(2100)).isEmpty();
    more.row("A", 2100, 100, "10000");
    assertThat(more.firing(2100)).hasSize(1);
  }

  @Test
  void aSweepOfTenMinutesHasABaselineToo() {
    Scene scene = new Scene(Scene.volume(4)).row("A", 0, 5_000, "10000");
    scene.row("A", 600, 6_000, "10000").row("A", 1200, 6_000, "10000");
    scene.row("A", 1800, 24_000, "10000");

    // Nine of the baseline's twenty minutes had already 40 a second: (11 x 10 + 9 x 40) / 20 =
    // 23.5.
    assertThat(scene.firing(1800)).isEmpty();
    scene.row("A", 2400, 120_000, "10000");
    // 200 a second by (2 x 10 + 9 x 40 + 9 x 200) / 20 = 109 where the window is 10:09 to 10:10.
    assertThat(scene.firing(2400)).isEmpty();
    Scene sudden = new Scene(Scene.volume(4)).row("A", 0, 5_000, "10000");
    sudden.rows("A", 0, 1800, 100, "10000").row("A", 1830, 3_000, "10000");
    assertThat(sudden.firing(1830)).singleElement().asString().contains("volume_surge");
  }

  @Test
  void aVolumeThatGoesBackwardsIsIgnored() {
    Scene scene = new Scene(Scene.volume(4)).calm("A");
    // Calm has brought it to 23,000. An old state, then the present one: no growth of 20,000.
    scene.see(Scene.seen("A", 1805, "10000", null, "3000", false));
    scene.see(Scene.seen("A", 1810, "10000", null, "23100", false));
    for (int i = 2; i <= 6; i++) {
      scene.see(Scene.seen("A", 1800 + 10 * i, "10000", null, "" + (23_000 + 100 * i), false));
      assertThat(scene.firing(1800 + 10 * i)).isEmpty();
    }
  }

  /** A correction stays lower: after a window of it, growth is reckoned from there. */
  @Test
  void aVolumeThatStaysLowerIsACorrection() {
    Scene scene = new Scene(Scene.volume(4)).calm("A");
    long acc = 3_000;
    for (int second = 1810; second <= 1920; second += 10) {
      acc += 100;
      scene.see(Scene.seen("A", second, "10000", null, "" + acc, false));
      assertThat(scene.firing(second)).isEmpty();
    }
    for (int second = 1930; second <= 1970; second += 10) {
      acc += 400;
      scene.see(Scene.seen("A", second, "10000", null, "" + acc, false));
    }
    assertThat(scene.firing(1970)).containsExactly("A volume_surge 0.75");
  }

  @Test
  void absentFiguresAreNoFigures() {
    Scene scene = new Scene(ALL).calm("A");
    scene.see(Scene.seen("A", 1801, null, null, null, false));
    scene.see(Scene.seen("A", 1802, "0", BigDecimal.ZERO, null, false));
    scene.see(Scene.seen("A", 1803, null, null, "0", false));
    scene.see(Scene.seen("A", 1804, "9".repeat(30), null, "9".repeat(30), false));
    scene.see(Scene.seen("NEW", 1805, null, null, null, false));

    assertThat(scene.rows("A", 1800, 1850, 100, "10000").firing(1850)).isEmpty();
  }

  /**
   * A unified feed counts two markets, the answers one: neither may look like the other's surge.
   */
  @Test
  void aFeedThatCountsMoreThanTheAnswersIsNoSurge() {
    Scene scene = new Scene(Scene.volume(4)).calm("A");
    for (int second = 1801; second <= 2000; second++) {
      if (second % 10 == 0) {
        scene.see(
            Scene.seen("A", second, "10000", null, "" + (23_000 + 8 * (second - 1800)), false));
      }
      String acc = "" + (1_023_000 + 10 * (second - 1800));
      scene.see(Scene.seen("A", second + 0.5, "10000", BigDecimal.TEN, acc, false));
      assertThat(scene.firing(second + 0.5)).isEmpty();
    }
    // The slot is given up, the rows go on alone, and a surge is seen as ever.
    for (int i = 1; i <= 6; i++) {
      scene.see(Scene.seen("A", 2000 + 10 * i, "10000", null, "" + (24_600 + 5_000 * i), false));
    }
    assertThat(scene.firing(2060)).singleElement().asString().contains("volume_surge");
  }

  @Test
  void aTradeThatAlsoARowTellsIsCountedOnce() {
    Scene both = new Scene(Scene.volume(4)).calm("A");
    for (int second = 1801; second <= 1850; second++) {
      both.trade("A", second, 39, "10000");
      if (second % 10 == 0) {
        both.row("A", second + 0.2, 0, "10000");
      }
    }
    assertThat(both.firing(1850.2)).isEmpty();
  }

  @Test
  void aTradeThatIsToldAgainIsNotCountedAgain() {
    Scene scene = new Scene(Scene.volume(4)).trade("A", 0, 10, "10000");
    for (int second = 1; second <= 1850; second++) {
      scene.trade("A", second, 10, "10000");
      for (int again = 0; second > 1800 && again < 9; again++) {
        String acc = String.valueOf(10 * (second + 1));
        scene.see(Scene.seen("A", second, "10000", BigDecimal.TEN, acc, false));
      }
    }

    assertThat(scene.firing(1850)).isEmpty();
  }

  /** Where a venue tells only sizes, they are all there is. */
  @Test
  void tradesWithoutAnAccumulatedVolumeAreSummed() {
    Scene scene = new Scene(Scene.volume(4));
    for (int second = 0; second <= 1850; second++) {
      BigDecimal size = BigDecimal.valueOf(second < 1800 ? 10 : 41);
      scene.see(Scene.seen("A", second, "10000", size, null, false));
    }

    assertThat(scene.firing(1850)).singleElement().asString().contains("volume_surge");
  }

  @Test
  void aClockSetBackBeginsTheSymbolAnew() {
    Scene scene = new Scene(ALL).calm("A");
    scene.row("A", 900, 1_000_000, "20000").rows("A", 900, 1000, 100, "20000");

    assertThat(scene.firing(1000)).isEmpty();
  }

  @Test
  void whatIsForgottenWarmsUpAgain() {
    Scene scene = new Scene(ALL).calm("A").calm("B");
    scene.engine.forget();
    assertThat(scene.engine.size()).isZero();
    scene.rows("A", 1800, 1850, 4_000, "10000").rows("B", 1800, 1850, 4_000, "10000");
    assertThat(scene.firing(1850)).isEmpty();
  }

  @Test
  void noMoreSymbolsThanTheMostAreRemembered() {
    TriggerEngine engine = new TriggerEngine(ALL);
    for (int i = 0; i <= TriggerEngine.MOST_SYMBOLS; i++) {
      engine.see(Scene.seen("S" + i, 0, "10000", null, "1", false));
    }

    assertThat(engine.size()).isEqualTo(TriggerEngine.MOST_SYMBOLS);
  }

  @Test
  void theSameObservationsGiveTheSameListWhateverOrderTheSymbolsCameIn() {
    List<String> symbols = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      symbols.add("S%05d".formatted(i));
    }
    List<Interest> once = evaluated(symbols);
    List<Interest> again = evaluated(symbols);
    Collections.shuffle(symbols, new Random(3));

    assertThat(once).hasSizeGreaterThan(1_000);
    assertThat(once)
        .isSortedAccordingTo(
            Comparator.comparing(Interest::score).reversed().thenComparing(Interest::symbol));
    assertThat(again).isEqualTo(once);
    assertThat(evaluated(symbols)).isEqualTo(once);
  }

  private static List<Interest> evaluated(List<String> symbols) {
    TriggerEngine engine = new TriggerEngine(ALL);
    for (int second = 0; second <= 420; second += 30) {
      for (String symbol : symbols) {
        Random dice = new Random(symbol.hashCode() * 31L + second / 30);
        long acc = 10_000L * second + (second > 360 ? dice.nextInt(3_000_000) : 0);
        String price = String.valueOf(10_000 + dice.nextInt(50));
        Observation o = Scene.seen(symbol, second, price, null, String.valueOf(acc), false);
        engine.see(o);
      }
    }
    return engine.evaluate(Scene.at(420));
  }

  @Test
  void otherThresholdsJudgeWhatWasSeenAndAnotherBaselineLearnsAnew() {
    Scene scene = new Scene(Scene.volume(5)).calm("A").rows("A", 1800, 1850, 400, "10000");
    assertThat(scene.firing(1850)).isEmpty(); // four times the usual
    scene.engine.turn(Scene.volume(3));
    assertThat(scene.firing(1850)).singleElement().asString().startsWith("A volume_surge");
    TriggerSettings three = Scene.volume(3);
    scene.engine.turn(
        new TriggerSettings(
            three.window(),
            three.baseline().multipliedBy(2),
            three.volumeSurge(),
            three.volumeFloor(),
            three.velocitySurge(),
            three.volatilitySpike(),
            three.volatilityFloor(),
            three.priceSpike()));
    assertThat(scene.engine.size()).isZero();
    assertThat(scene.firing(1850)).isEmpty();
  }
}
