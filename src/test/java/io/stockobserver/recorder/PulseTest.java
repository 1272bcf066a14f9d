package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.venue.MemoryDesk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fault rows 9 and 10: what moved, the world or the clock? */
class PulseTest {
  private final MemoryDesk desk = new MemoryDesk();
  private final Pulse pulse =
      new Pulse(
          desk,
          new Clock() {
            @Override
            public Instant instant() {
              return desk.now();
            }

            @Override
            public ZoneId getZone() {
              return MemoryDesk.SEOUL;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          },
          desk::nanos);

  @BeforeEach
  void firstBeat() {
    desk.pass(Duration.ofHours(1));
    pulse.beat();
  }

  @Test
  void secondsThatPassAreNothingToNote() {
    for (int i = 0; i < 100; i++) {
      desk.pass(Duration.ofMillis(1000 + i * 10));
      pulse.beat();
    }
    assertThat(desk.tape).isEmpty();
  }

  @Test
  void bothClocksJumpedSoTheProcessStoodStill() {
    desk.pass(Duration.ofSeconds(90));
    pulse.beat();
    pulse.beat();
    assertThat(desk.tape)
        .containsExactly(
            "pulse {from=2026-11-20T01:00:00Z, to=2026-11-20T01:01:30Z, elapsed_ms=90000,"
                + " paused=true, step_ms=0}");
  }

  @Test
  void onlyTheMarketsClockJumpedSoItWasSet() {
    desk.pass(Duration.ofSeconds(1));
    desk.step(Duration.ofHours(1));
    pulse.beat();
    desk.step(Duration.ofDays(-10));
    pulse.beat();
    assertThat(desk.tape)
        .containsExactly(
            "pulse {from=2026-11-20T01:00:00Z, to=2026-11-20T02:00:01Z, elapsed_ms=1000,"
                + " paused=false, step_ms=3600000}",
            "pulse {from=2026-11-20T02:00:01Z, to=2026-11-10T02:00:01Z, elapsed_ms=0,"
                + " paused=false, step_ms=-864000000}");
  }

  @Test
  void aPauseInWhichTheClockWasSetIsBoth() {
    desk.pass(Duration.ofSeconds(90));
    desk.step(Duration.ofSeconds(-5));
    pulse.beat();
    assertThat(desk.tape)
        .containsExactly(
            "pulse {from=2026-11-20T01:00:00Z, to=2026-11-20T01:01:25Z, elapsed_ms=90000,"
                + " paused=true, step_ms=-5000}");
  }

  @Test
  void theSmallestStepIsHalfASecond() {
    desk.step(Duration.ofMillis(499));
    pulse.beat();
    desk.step(Duration.ofMillis(-499));
    pulse.beat();
    assertThat(desk.tape).isEmpty();
    desk.step(Duration.ofMillis(500));
    pulse.beat();
    assertThat(desk.tape).hasSize(1);
  }

  /** A leap second smeared over a day: 11.6 µs a second, a second in all. */
  @Test
  void aSmearIsNoStepAndItsDriftIsKept() {
    for (int i = 0; i < 86_400; i++) {
      desk.pass(Duration.ofSeconds(1));
      desk.step(Duration.ofNanos(11_574));
      pulse.beat();
    }
    assertThat(desk.tape).isEmpty();
    assertThat(pulse.drift()).isEqualTo(Duration.ofNanos(86_400L * 11_574));
    desk.step(Duration.ofHours(1));
    pulse.beat();
    assertThat(pulse.drift()).as("a step is told by itself").hasMillis(999);
  }
}
