package io.stockobserver.simulator.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(3));
  private final Quota quota = new Quota(nanos::get);

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void aGroupHasItsTenInEverySecondAndAnotherHasItsOwn() {
    for (int left = 9; left >= 0; left--) {
      assertThat(quota.take("ticker", 10)).isEqualTo(left);
    }
    assertThat(quota.take("ticker", 10)).isEqualTo(-1);
    assertThat(quota.take("candle", 10)).isEqualTo(9);
    pass(999);
    assertThat(quota.take("ticker", 10)).isEqualTo(-1);
    pass(1);
    assertThat(quota.take("ticker", 10)).isEqualTo(9);
  }

  @Test
  void whoeverGoesOnIsBlockedAndEachTimeTwiceAsLong() {
    for (long seconds : new long[] {5, 10, 20}) {
      for (int i = 0; i < 5; i++) {
        quota.strike();
        assertThat(quota.blockedSeconds()).isZero();
      }
      quota.strike();
      assertThat(quota.blockedSeconds()).isEqualTo(seconds);
      pass(seconds * 1_000 - 1);
      assertThat(quota.blockedSeconds()).isEqualTo(1);
      pass(1);
      assertThat(quota.blockedSeconds()).isZero();
    }
  }

  @Test
  void refusalsThatAreLongAgoAreForgiven() {
    for (int i = 0; i < 40; i++) {
      quota.strike();
      pass(2_500);
    }
    assertThat(quota.blockedSeconds()).isZero();
  }

  @Test
  void aWebPageMayAskOnceInTenSeconds() {
    assertThat(quota.takeForPage()).isZero();
    pass(9_999);
    assertThat(quota.takeForPage()).isEqualTo(-1);
    pass(1);
    assertThat(quota.takeForPage()).isZero();
  }

  @Test
  void aSocketTakesFiveRequestsASecondAndAHundredAMinute() {
    int taken = 0;
    for (int second = 0; second < 30; second++) {
      for (int i = 0; i < 6; i++) {
        taken += quota.takeMessage() ? 1 : 0;
      }
      assertThat(taken).isLessThanOrEqualTo(5 * (second + 1));
      pass(1_000);
    }
    assertThat(taken).isBetween(80, 100);
  }
}
