package io.stockobserver.recorder;

import io.stockobserver.venue.Desk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the market's clock with the machine's monotonic one, beat by beat, and notes on the tape
 * when both jumped (the process stood still) or only the market's did (somebody set the clock).
 * What is decided by the clock beats first, so that the note stands before what it explains.
 * Thread-safe.
 */
public final class Pulse {
  /**
   * Beats come at least once a second; a machine that is merely busy is seldom a second late. What
   * is shorter, the sample ticks make up for.
   */
  static final Duration PAUSE = Duration.ofSeconds(2);

  /** A sample's period: what is smaller leaves out no sample. NTP slews what is below 128 ms. */
  static final Duration STEP = Duration.ofMillis(500);

  /** Two clocks cannot be read in one instant; a reading that was interrupted is taken again. */
  private static final long INTERRUPTED_NANOS = 50_000_000;

  private static final int READINGS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  private final Desk desk;
  private final Clock clock;
  private final LongSupplier nanos;
  private @Nullable Reading last;
  private long driftNanos;

  private record Reading(Instant market, long nanos) {}

  public Pulse(Desk desk, Clock clock, LongSupplier nanos) {
    this.desk = desk;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** One beat. Returns at once, unless there is something to note. */
  public synchronized void beat() {
    Reading now = read();
    Reading before = last;
    last = now;
    if (before == null) {
      return;
    }
    Duration elapsed = Duration.ofNanos(now.nanos() - before.nanos());
    Duration market = Duration.between(before.market(), now.market());
    Duration off = market.minus(elapsed);
    boolean paused = elapsed.compareTo(PAUSE) > 0;
    boolean stepped = off.abs().compareTo(STEP) >= 0;
    if (!stepped) {
      driftNanos += off.toNanos();
    }
    if (paused || stepped) {
      note(before, now, elapsed, paused, stepped ? off.toMillis() : 0);
      // The note may have waited for the disk: that is no pause.
      last = read();
    }
  }

  private void note(Reading before, Reading now, Duration elapsed, boolean paused, long stepMs) {
    if (paused) {
      LOG.warn("The process stood still for {} ms", elapsed.toMillis());
    }
    if (stepMs != 0) {
      LOG.warn("The clock was set by {} ms; it is {} now", stepMs, now.market());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("from", before.market());
    fields.put("to", now.market());
    fields.put("elapsed_ms", elapsed.toMillis());
    fields.put("paused", paused);
    fields.put("step_ms", stepMs);
    desk.note("pulse", Notes.PULSE, fields);
  }

  /**
   * How far the market's clock has run ahead of the monotonic one since the first beat, steps left
   * out: what NTP slews and a leap second is smeared over.
   */
  public synchronized Duration drift() {
    return Duration.ofNanos(driftNanos);
  }

  private Reading read() {
    Reading best = null;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < READINGS && least > INTERRUPTED_NANOS; i++) {
      long from = nanos.getAsLong();
      Instant market = clock.instant();
      long took = nanos.getAsLong() - from;
      if (best == null || took < least) {
        best = new Reading(market, from + took / 2);
        least = took;
      }
    }
    return java.util.Objects.requireNonNull(best);
  }
}
