package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PriceSpikeTest {
  @Test
  void itFiresFromTheThresholdUpAndDown() {
    assertThat(moved("10300")).containsExactly("A price_spike 0.1");
    assertThat(moved("10299")).isEmpty();
    assertThat(moved("9700")).containsExactly("A price_spike 0.1");
    assertThat(moved("9701")).isEmpty();
    assertThat(moved("10600")).containsExactly("A price_spike 0.175");
  }

  @Test
  void itNeedsNoWarmUpButAnEarlierPriceInTheWindow() {
    Scene scene = new Scene(Scene.price(3)).row("A", 0, 5_000, "10000");
    scene.row("A", 600, 100, "20000");

    // What it cost ten minutes ago says nothing of this minute.
    assertThat(scene.firing(600)).isEmpty();
    scene.row("A", 610, 100, "19000");
    assertThat(scene.firing(610)).hasSize(1);
  }

  @Test
  void theWindowForgets() {
    Scene scene = new Scene(Scene.price(3)).row("A", 0, 5_000, "10000");

    assertThat(scene.rows("A", 0, 50, 100, "11000").firing(50)).hasSize(1);
    assertThat(scene.rows("A", 50, 60, 100, "11000").firing(60)).isEmpty();
  }

  @Test
  void noPriceIsNoFall() {
    Scene scene = new Scene(Scene.price(3)).row("A", 0, 5_000, "10000");
    scene.row("A", 10, 100, "0").row("A", 20, 100, null);

    assertThat(scene.firing(20)).isEmpty();
  }

  /** A streamed symbol that does not trade has still its price: its silence is known. */
  @Test
  void aPriceStandsUntilTheNextTrade() {
    Scene scene = new Scene(Scene.price(3)).trade("A", 0, 10, "10000");
    scene.trade("A", 200, 10, "10400");

    assertThat(scene.firing(200)).hasSize(1);
  }

  private static java.util.List<String> moved(String to) {
    Scene scene = new Scene(Scene.price(3)).row("A", 0, 5_000, "10000");
    return scene.rows("A", 0, 40, 100, "10000").row("A", 50, 100, to).firing(50);
  }
}
