package io.stockobserver.simulator.kis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateWindowTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RateWindow window = new RateWindow(2, nanos::get);

  private boolean take(long millis) {
    nanos.set(TimeUnit.MILLISECONDS.toNanos(millis));
    return window.take();
  }

  @Test
  void noSecondWhereverItBeginsHoldsMoreThanTheLimit() {
    assertThat(take(900)).isTrue();
    assertThat(take(950)).isTrue();
    assertThat(take(1_100)).isFalse();
    assertThat(take(1_899)).isFalse();
    assertThat(take(1_900)).isTrue();
    assertThat(take(1_901)).isFalse();
    assertThat(take(1_950)).isTrue();
  }
}
