package io.stockobserver.mitigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One level for the process, told to every recorder. */
class MitigationTest {
  private final List<LevelChange> first = new ArrayList<>();
  private final List<LevelChange> second = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T01:00:00Z");
  private Load load = Load.UNKNOWN;
  private final Mitigation mitigation =
      new Mitigation(
          MitigationPolicyTest.TABLE, () -> load, () -> now, List.of(first::add, second::add));

  @Test
  void aLoadThatLastsIsToldToEveryRecorderOnce() {
    load = new Load(95.0, 10.0, Duration.ZERO, Duration.ZERO);
    for (int i = 0; i <= 70; i++) {
      mitigation.weigh();
      now = now.plusSeconds(5);
    }
    assertThat(mitigation.level()).isEqualTo(2);
    assertThat(first).hasSize(1).isEqualTo(second);
    assertThat(mitigation.load().asMap()).containsEntry("cpu_percent", 95.0);
  }

  @Test
  void anOverrideIsToldWithActorAndReason() {
    mitigation.override(2, "kim", "disk swap");
    assertThat(mitigation.isAuto()).isFalse();
    assertThat(mitigation.level()).isEqualTo(2);
    mitigation.auto("kim", "done");
    assertThat(mitigation.isAuto()).isTrue();
    assertThat(mitigation.level()).isZero();
    assertThat(first).extracting(LevelChange::reason).containsExactly("disk swap", "done");
    assertThat(second).isEqualTo(first);
  }

  @Test
  void whatIsNoActIsRefused() {
    assertThatThrownBy(() -> mitigation.override(3, "kim", "x"))
        .hasMessage("a level is 0 to 2, not 3");
    assertThatThrownBy(() -> mitigation.override(-1, "kim", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> mitigation.override(1, " ", "x"))
        .hasMessage("an operator's act needs an actor and a reason");
    assertThatThrownBy(() -> mitigation.auto("kim", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(first).isEmpty();
    assertThat(mitigation.isAuto()).isTrue();
  }
}
