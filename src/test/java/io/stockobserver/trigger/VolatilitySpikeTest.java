package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VolatilitySpikeTest {
  /** Each minute of the baseline goes from 10,000 to 10,050 and back: a range of 0.5 percent. */
  @Test
  void itFiresFromTheThresholdOfTheUsualRange() {
    assertThat(swinging("10150").firing(1850)).containsExactly("A volatility_spike 0.25");
    assertThat(swinging("10149").firing(1850)).isEmpty();
    assertThat(swinging("10300").firing(1850)).containsExactly("A volatility_spike 0.375");
  }

  @Test
  void oneTickIsNoSpikeWhereNothingMoves() {
    // The usual range counts as 0.3 percent: 3 times are 0.9.
    Scene still = new Scene(Scene.volatility(3)).calm("A");
    still.rows("A", 1800, 1840, 100, "10000").row("A", 1850, 100, "10089");
    assertThat(still.firing(1850)).isEmpty();
    still.row("A", 1850, 0, "10090");
    assertThat(still.firing(1850)).hasSize(1);
  }

  @Test
  void itFiresNotDuringWarmUp() {
    Scene scene = new Scene(Scene.volatility(3)).row("A", 0, 5_000, "10000");
    scene.rows("A", 0, 280, 100, "10000").row("A", 290, 100, "10900");
    assertThat(scene.firing(290)).isEmpty();

    Scene later = new Scene(Scene.volatility(3)).row("A", 0, 5_000, "10000");
    later.rows("A", 0, 340, 100, "10000").row("A", 350, 100, "10900");
    assertThat(later.firing(350)).hasSize(1);
  }

  @Test
  void theWindowForgets() {
    Scene scene = swinging("10500").rows("A", 1850, 1910, 100, "10000");

    assertThat(scene.firing(1910)).isEmpty();
  }

  @Test
  void twoPricesAreNoRange() {
    Scene scene = new Scene(Scene.volatility(3)).calm("A");
    scene.row("A", 1850, 500, "10000").row("A", 1860, 100, "12000");

    // The window from 10:00:10 has the prices of 50 s and 60 s.
    assertThat(scene.firing(1860)).isEmpty();
  }

  @Test
  void aPriceAMinuteSaysNotWhatIsUsual() {
    Scene scene = new Scene(Scene.volatility(3)).row("A", 0, 5_000, "10000");
    for (int second = 60; second <= 1800; second += 60) {
      scene.row("A", second, 600, second % 120 == 0 ? "10000" : "11000");
    }

    assertThat(scene.rows("A", 1800, 1850, 100, "11000").firing(1850)).isEmpty();
  }

  /** What lies within a slice is not seen where a row is asked for once a slice: so never. */
  @Test
  void onlyTheLastPriceOfASliceCounts() {
    Scene scene = new Scene(Scene.volatility(3)).calm("A").rows("A", 1800, 1840, 100, "10000");
    scene.row("A", 1845, 100, "12000").row("A", 1848, 100, "10000");

    assertThat(scene.firing(1850)).isEmpty();
  }

  private static Scene swinging(String last) {
    Scene scene = new Scene(Scene.volatility(3)).row("A", 0, 5_000, "10000");
    for (int second = 10; second < 1850; second += 10) {
      scene.row("A", second, 100, second % 60 == 30 && second < 1800 ? "10050" : "10000");
    }
    return scene.row("A", 1850, 100, last);
  }
}
