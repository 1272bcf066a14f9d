package io.stockobserver.venue;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a venue that says nothing else: 1, 2, 5, 10, 20, 30, then 60 s for ever; nothing is
 * answered; 60 s of data prove the feed alive. Stateless, any thread.
 */
public final class ReconnectLadder implements FeedPolicy {
  private static final int[] RUNGS_SECONDS = {1, 2, 5, 10, 20, 30, 60};
  private static final Duration PROVEN_AFTER = Duration.ofSeconds(60);
  private static final double JITTER = 0.1;

  @Override
  public Duration delayBefore(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempts are counted from 1, not " + attempt);
    }
    return Duration.ofSeconds(RUNGS_SECONDS[Math.min(attempt, RUNGS_SECONDS.length) - 1]);
  }

  @Override
  public @Nullable String replyTo(String text) {
    return null;
  }

  @Override
  public boolean provenAlive(Duration connectedFor) {
    return connectedFor.compareTo(PROVEN_AFTER) >= 0;
  }

  @Override
  public boolean mayConnect() {
    return true;
  }

  @Override
  public int longestQuestion() {
    return -1;
  }

  /**
   * The wait that is really kept: {@code exact} ±10 %, so that many observers do not return in the
   * same instant. Evidence reports {@code exact}.
   */
  public static Duration withJitter(Duration exact, RandomGenerator random) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofNanos(Math.round(exact.toNanos() * factor));
  }
}
