package io.stockobserver.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectLadderTest {
  private final ReconnectLadder ladder = new ReconnectLadder();

  @Test
  void theRungsAreExactAndTheLastOneIsForEver() {
    assertThat(IntStream.rangeClosed(1, 9).mapToObj(ladder::delayBefore).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 5L, 10L, 20L, 30L, 60L, 60L, 60L);
    assertThat(ladder.delayBefore(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(60));
    assertThatThrownBy(() -> ladder.delayBefore(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jitterStaysWithinTenPercentAndUsesBothSides() {
    SplittableRandom random = new SplittableRandom(7);
    List<Double> seconds =
        IntStream.range(0, 10_000)
            .mapToDouble(
                i -> ReconnectLadder.withJitter(Duration.ofSeconds(10), random).toNanos() / 1e9)
            .boxed()
            .toList();
    assertThat(seconds).allSatisfy(s -> assertThat(s).isBetween(9.0, 11.0));
    assertThat(seconds).anyMatch(s -> s < 9.1).anyMatch(s -> s > 10.9);
  }

  @Test
  void aMinuteOfDataProvesAFeedAlive() {
    assertThat(ladder.provenAlive(Duration.ofSeconds(60))).isTrue();
    assertThat(ladder.provenAlive(Duration.ofMillis(59_999))).isFalse();
  }
}
