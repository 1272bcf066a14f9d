package io.stockobserver.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A market clock that moves only when told. */
final class HandClock implements InstantSource {
  private volatile Instant now;

  HandClock(String instant) {
    now = Instant.parse(instant);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void forward(Duration by) {
    now = now.plus(by);
  }

  void set(String instant) {
    now = Instant.parse(instant);
  }
}
