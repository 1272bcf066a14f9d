package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedPolicy;
import io.stockobserver.venue.ReconnectLadder;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A venue's policy that cannot stop the socket: where it throws, the plain ladder answers in its
 * place, and the log says so.
 */
final class CarefulPolicy implements FeedPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(CarefulPolicy.class);

  private final String feed;
  private final FeedPolicy venue;
  private final FeedPolicy ladder = new ReconnectLadder();

  CarefulPolicy(String feed, FeedPolicy venue) {
    this.feed = feed;
    this.venue = venue;
  }

  @Override
  public Duration delayBefore(int attempt) {
    Duration delay =
        ask("delayBefore", () -> venue.delayBefore(attempt), () -> ladder.delayBefore(attempt));
    return delay.isNegative() ? Duration.ZERO : delay;
  }

  @Override
  public void refused(int status) {
    try {
      venue.refused(status);
    } catch (RuntimeException e) {
      LOG.error("{}: the policy's refused failed", feed, e);
    }
  }

  @Override
  public @Nullable String replyTo(String text) {
    try {
      return venue.replyTo(text);
    } catch (RuntimeException e) {
      LOG.error(
          "{}: the policy's replyTo failed with {}; nothing was answered", feed, e.getClass());
      return null;
    }
  }

  @Override
  public boolean provenAlive(Duration connectedFor) {
    return ask(
        "provenAlive",
        () -> venue.provenAlive(connectedFor),
        () -> ladder.provenAlive(connectedFor));
  }

  @Override
  public boolean mayConnect() {
    return ask("mayConnect", venue::mayConnect, () -> false);
  }

  @Override
  public @Nullable String hangUp() {
    try {
      return venue.hangUp();
    } catch (RuntimeException e) {
      LOG.error("{}: the policy's hangUp failed", feed, e);
      return null;
    }
  }

  @Override
  public int longestQuestion() {
    return ask("longestQuestion", venue::longestQuestion, () -> 0);
  }

  @Override
  public boolean spares(byte[] message) {
    return ask("spares", () -> venue.spares(message), () -> false);
  }

  private <T> T ask(String what, Supplier<T> question, Supplier<T> otherwise) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      LOG.error("{}: the policy's {} failed", feed, what, e);
      return otherwise.get();
    }
  }
}
