package io.stockobserver.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthBoardTest {
  private static final Instant T0 = Instant.parse("2026-11-20T01:00:00Z");

  private final HealthBoard board = new HealthBoard();

  private static Check feed(String provider, Health health, String detail) {
    return new Check("feed", provider, health, detail, "look");
  }

  @Test
  void itRemembersSinceWhenWhateverTheDetail() {
    board.look(List.of(feed("kis", Health.HEALTHY, "1 s")), T0);
    HealthReport later =
        board.look(List.of(feed("kis", Health.HEALTHY, "2 s")), T0.plusSeconds(60));
    assertThat(later.lines().get(0).since()).isEqualTo(T0);
    HealthReport down = board.look(List.of(feed("kis", Health.DOWN, "3 s")), T0.plusSeconds(61));
    assertThat(down.lines().get(0).since()).isEqualTo(T0.plusSeconds(61));
    assertThat(down.health()).isEqualTo(Health.DOWN);
  }

  @Test
  void twoVenuesAreTwo() {
    Check kis = feed("kis", Health.HEALTHY, "x");
    board.look(List.of(kis, feed("upbit", Health.HEALTHY, "x")), T0);
    HealthReport report =
        board.look(List.of(kis, feed("upbit", Health.DEGRADED, "x")), T0.plusSeconds(5));
    assertThat(report.lines())
        .extracting(HealthReport.Line::since)
        .containsExactly(T0, T0.plusSeconds(5));
    assertThat(report.health()).isEqualTo(Health.DEGRADED);
  }

  @Test
  void nobodyIsLeftAloneWithWhatIsWrong() {
    assertThatThrownBy(() -> new Check("feed", "kis", Health.DOWN, "gone", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
