package io.stockobserver.simulator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes wrong, when, and for how long. It starts at {@code at} (market instant),
 * {@code after} the simulator's start on the market clock, or after so many data frames were sent;
 * with none of the three it starts when it is handed in. Immutable.
 *
 * @param lasting on the market clock; null means until it is cleared
 * @param code close code or HTTP status; 0 for the kind's own
 * @param share of frames concerned, 0 to 1
 * @param shape which variety of the kind; empty for all or the usual one
 * @param path only REST calls whose path contains this; empty for all
 * @param count registrations that are still heard
 * @param pings heartbeats go on
 */
public record Fault(
    FaultKind kind,
    @Nullable Instant at,
    @Nullable Duration after,
    long afterFrames,
    @Nullable Duration lasting,
    int code,
    double share,
    String shape,
    String path,
    int count,
    Duration delay,
    boolean pings) {

  /** Refuses what makes no sense, naming it. */
  public Fault {
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException(
          "fault " + kind + ": share must be from 0 to 1, not " + share);
    }
    if (lasting != null && lasting.isNegative()) {
      throw new IllegalArgumentException("fault " + kind + ": for must not be negative");
    }
  }

  /** A fault that starts when it is handed in and lasts until it is cleared. */
  public static Fault of(FaultKind kind) {
    return new Fault(kind, null, null, 0, null, 0, 0.01, "", "", 30, Duration.ofSeconds(3), false);
  }

  /** Starts at this market instant. */
  public Fault at(Instant instant) {
    return new Fault(
        kind, instant, null, 0, lasting, code, share, shape, path, count, delay, pings);
  }

  /** Starts this long after the simulator did. */
  public Fault after(Duration offset) {
    return new Fault(kind, null, offset, 0, lasting, code, share, shape, path, count, delay, pings);
  }

  /** Starts when so many data frames were sent. */
  public Fault afterFrames(long frames) {
    return new Fault(
        kind, null, null, frames, lasting, code, share, shape, path, count, delay, pings);
  }

  /** Lasts so long. */
  public Fault lasting(Duration duration) {
    return new Fault(
        kind, at, after, afterFrames, duration, code, share, shape, path, count, delay, pings);
  }

  /** With this close code or HTTP status. */
  public Fault withCode(int number) {
    return new Fault(
        kind, at, after, afterFrames, lasting, number, share, shape, path, count, delay, pings);
  }

  /** Concerns this share of the frames. */
  public Fault withShare(double fraction) {
    return new Fault(
        kind, at, after, afterFrames, lasting, code, fraction, shape, path, count, delay, pings);
  }

  /** Of this variety. */
  public Fault withShape(String variety) {
    return new Fault(
        kind, at, after, afterFrames, lasting, code, share, variety, path, count, delay, pings);
  }

  /** Concerns only REST paths that contain this. */
  public Fault withPath(String part) {
    return new Fault(
        kind, at, after, afterFrames, lasting, code, share, shape, part, count, delay, pings);
  }

  /** Leaves so many registrations alone. */
  public Fault withCount(int number) {
    return new Fault(
        kind, at, after, afterFrames, lasting, code, share, shape, path, number, delay, pings);
  }

  /** Delays by so much. */
  public Fault withDelay(Duration duration) {
    return new Fault(
        kind, at, after, afterFrames, lasting, code, share, shape, path, count, duration, pings);
  }

  /** Lets heartbeats go on. */
  public Fault withPings() {
    return new Fault(
        kind, at, after, afterFrames, lasting, code, share, shape, path, count, delay, true);
  }
}
