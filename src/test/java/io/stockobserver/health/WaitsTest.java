package io.stockobserver.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitsTest {
  private long nanos = 1_000;
  private final Waits waits = new Waits(() -> nanos);
  private final Waits.Reader reader = waits.reader();

  @Test
  void theLongestSinceTheLastQuestion() {
    took(5);
    took(9);
    took(2);
    assertThat(reader.take()).isEqualTo(Duration.ofNanos(9));
    took(3);
    assertThat(reader.take()).isEqualTo(Duration.ofNanos(3));
    assertThat(reader.take()).isZero();
  }

  @Test
  void whatIsUnderWayCountsWithItsAge() {
    Waits.Wait stuck = waits.begin(nanos - 7);
    took(5);
    assertThat(reader.take()).isEqualTo(Duration.ofNanos(12));
    nanos += 100;
    assertThat(reader.take()).isEqualTo(Duration.ofNanos(112));
    stuck.close();
    assertThat(reader.take()).isEqualTo(Duration.ofNanos(112));
    assertThat(reader.take()).isZero();
  }

  @Test
  void oneAskerTakesNothingAwayFromAnother() {
    Waits.Reader other = waits.reader();
    took(5);
    assertThat(reader.take()).isEqualTo(Duration.ofNanos(5));
    assertThat(other.take()).isEqualTo(Duration.ofNanos(5));
  }

  private void took(long time) {
    Waits.Wait wait = waits.begin();
    nanos += time;
    wait.close();
  }
}
