package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * By hand: rows every ten seconds on the slices' bounds, 10 shares a second in the baseline. At 50
 * s past ten the window has seen 50 s.
 */
class VolumeSurgeTest {
  @Test
  void itFiresFromTheThreshold() {
    // 5 rows of 400 are 40 shares a second: 4 times.
    assertThat(burst(400).firing(1850)).containsExactly("A volume_surge 0.75");
    assertThat(burst(399).firing(1850)).isEmpty();
    assertThat(burst(800).firing(1850)).containsExactly("A volume_surge 0.875");
  }

  @Test
  void itKnowsNoUsualVolumeDuringWarmUp() {
    // Seen from 09:30:00. For the window from 09:34 four minutes came before, from 09:35 five.
    Scene early = new Scene(Scene.volume(4)).row("A", 0, 5_000, "10000");
    early.rows("A", 0, 240, 100, "10000").rows("A", 240, 290, 4_000, "10000");
    Scene late = new Scene(Scene.volume(4)).row("A", 0, 5_000, "10000");
    late.rows("A", 0, 300, 100, "10000").rows("A", 300, 350, 4_000, "10000");

    assertThat(early.firing(290)).isEmpty();
    assertThat(late.firing(350)).containsExactly("A volume_surge 0.975");
  }

  @Test
  void oneTradeIsNoSurgeWhereNothingTrades() {
    // 10,000,000 KRW a minute at 10,000 KRW are 16.67 shares a second; 4 times that for the 50 s
    // seen are 3,333.3 shares.
    assertThat(silentBut(3_333).firing(1850)).isEmpty();
    assertThat(silentBut(3_334).firing(1850)).singleElement().asString().contains("volume_surge");
  }

  private static Scene silentBut(long size) {
    TriggerSettings real =
        new TriggerSettings(
            Scene.NEVER.window(),
            Scene.NEVER.baseline(),
            4,
            Scene.NEVER.volumeFloor(),
            1e9,
            1e9,
            0.3,
            1e9);
    Scene scene = new Scene(real).row("A", 0, 5_000, "10000").rows("A", 0, 1820, 0, "10000");
    return scene.row("A", 1830, size, "10000").rows("A", 1830, 1850, 0, "10000");
  }

  /** At row 2 of a burst of 8.5 times the window has 30 s of 10 a second and 20 s of 85. */
  @Test
  void aBurstIsSeenAfterTwoSweeps() {
    Scene scene = new Scene(Scene.volume(4)).calm("A").row("A", 1810, 850, "10000");
    assertThat(scene.firing(1810)).isEmpty();
    assertThat(scene.row("A", 1820, 849, "10000").firing(1820)).isEmpty();
    assertThat(scene.row("A", 1820, 1, "10000").firing(1820)).hasSize(1);
  }

  @Test
  void theWindowForgets() {
    Scene scene = burst(4_000);

    assertThat(scene.firing(1850)).hasSize(1);
    // Nothing more heard: at 80 s only 20 of the window's seconds were seen.
    assertThat(scene.firing(1880)).isEmpty();
    scene.rows("A", 1850, 1910, 100, "10000");
    assertThat(scene.firing(1910)).isEmpty();
  }

  /** A burst is no part of the baseline that it is measured by; later it is, of others. */
  @Test
  void theBaselineEndsWhereTheWindowBegins() {
    Scene scene = burst(4_000).rows("A", 1850, 2040, 100, "10000");
    // Now 10:05:50 of 400: the 20 windows before hold 5 rows of 4,000 and 115 of 100: 26.25 a
    // second; 40 are 1.5 times that, 4 times would be 105.
    scene.rows("A", 2040, 2100, 100, "10000").rows("A", 2100, 2150, 400, "10000");
    assertThat(scene.firing(2150)).isEmpty();
    // A minute later another 5 rows of 400 are among them: 27.5 a second, 4 times are 110.
    scene.rows("A", 2150, 2160, 100, "10000").rows("A", 2160, 2210, 1_099, "10000");
    assertThat(scene.firing(2210)).isEmpty();
    scene.row("A", 2210, 5, "10000");
    assertThat(scene.firing(2210)).containsExactly("A volume_surge 0.75");
  }

  @Test
  void itCannotValueASymbolWithoutAPrice() {
    Scene scene = new Scene(Scene.volume(4)).row("A", 0, 5_000, null);
    for (int second = 10; second <= 1850; second += 10) {
      scene.row("A", second, second <= 1800 ? 100 : 4_000, second % 20 == 0 ? "0" : null);
    }

    assertThat(scene.firing(1850)).isEmpty();
  }

  private static Scene burst(long growth) {
    return new Scene(Scene.volume(4)).calm("A").rows("A", 1800, 1850, growth, "10000");
  }
}
