package io.stockobserver.backup.pulling;

import java.time.Duration;

/**
 * How long a puller waits for what.
 *
 * @param stall without a byte, after which a connection is given up
 * @param pause before it is tried again; twice as long each time, 32 times at most
 * @param attempts in a row that bring nothing before it is given up
 * @param rounds over the servers that failed
 */
public record Patience(Duration stall, Duration pause, int attempts, int rounds) {
  /** For a network. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(30), Duration.ofMillis(500), 5, 3);

  /** Waits before attempt {@code n}, counted from 1. */
  void pause(int n) throws PullException {
    sleep(pause.multipliedBy(1L << Math.min(5, n - 1)));
  }

  void sleep(Duration time) throws PullException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PullException(Trouble.UNREACHABLE, "interrupted", e);
    }
  }
}
