package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** By hand, as in {@code VolumeSurgeTest}: at 50 s past ten five slices are whole. */
class TradeVelocityTest {
  @Test
  void itFiresFromTheThresholdOfTheMiddleSlice() {
    // Slices of 10, 10, 25, 90 and 90 shares a second: the middle one is 2.5 times.
    assertThat(slices(100, 900, 250, 100, 900)).containsExactly("A trade_velocity 0.5");
    assertThat(slices(100, 900, 249, 100, 900)).isEmpty();
    assertThat(slices(500, 500, 500, 500, 500)).containsExactly("A trade_velocity 0.625");
  }

  @Test
  void aBlockIsOneTradeHoweverLarge() {
    assertThat(slices(100, 100, 1_000_000, 100, 100)).isEmpty();
    // Also where the row lies across two slices.
    Scene scene = new Scene(Scene.velocity(2.5)).calm("A");
    scene.row("A", 1805, 50, "10000").row("A", 1815, 100, "10000");
    scene.row("A", 1825, 1_000_000, "10000").row("A", 1835, 100, "10000");
    scene.row("A", 1845, 100, "10000").row("A", 1855, 100, "10000");
    assertThat(scene.firing(1855)).isEmpty();
  }

  /** One answer in a window cannot tell a block from a flow. */
  @Test
  void itSaysNothingOfASymbolThatIsSeldomLookedAt() {
    // 100 shares a second, if it was a flow; all in one, if it was a block.
    Scene once = new Scene(Scene.velocity(2.5)).calm("A").row("A", 1850, 5_000, "10000");
    assertThat(once.firing(1850)).isEmpty();

    Scene twice = new Scene(Scene.velocity(2.5)).calm("A").row("A", 1830, 3_000, "10000");
    assertThat(twice.row("A", 1850, 2_000, "10000").firing(1850)).hasSize(1);
  }

  @Test
  void itFiresNotDuringWarmUp() {
    Scene scene = new Scene(Scene.velocity(2.5)).row("A", 0, 5_000, "10000");
    scene.rows("A", 0, 240, 100, "10000").rows("A", 240, 290, 4_000, "10000");

    assertThat(scene.firing(290)).isEmpty();
    scene.rows("A", 290, 300, 100, "10000").rows("A", 300, 350, 4_000, "10000");
    assertThat(scene.firing(350)).hasSize(1);
  }

  private static java.util.List<String> slices(long... growth) {
    Scene scene = new Scene(Scene.velocity(2.5)).calm("A");
    for (int i = 0; i < growth.length; i++) {
      scene.row("A", 1810 + 10 * i, growth[i], "10000");
    }
    return scene.firing(1850);
  }
}
