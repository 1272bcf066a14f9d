package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedState.Phase;
import io.stockobserver.venue.ReconnectLadder;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to a venue: never two attempts at once, never an attempt beside an open
 * socket, between them the delays that the policy names. Begun and ended once. Everything happens
 * on the line's event loop.
 */
final class FeedDialer {
  private static final Logger LOG = LoggerFactory.getLogger(FeedDialer.class);
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);

  private final FeedLine line;
  private final WebSocketClient client;
  private final Supplier<WebSocketConnectOptions> target;
  private final LongSupplier connectionNumbers;
  private volatile @Nullable FeedSocket open;
  private int attempt;
  private Duration waited = Duration.ZERO;
  private boolean ended;

  FeedDialer(
      FeedLine line,
      WebSocketClient client,
      Supplier<WebSocketConnectOptions> target,
      LongSupplier connectionNumbers) {
    this.line = line;
    this.client = client;
    this.target = target;
    this.connectionNumbers = connectionNumbers;
  }

  void begin() {
    line.loop()
        .runOnContext(
            loop -> {
              useUpTimerZero();
              dial();
            });
  }

  /**
   * Vert.x (seen in 4.5.22) numbers its timers from 0 and cancels the handshake's only if its
   * number is greater: were it the first of all, it would close the open connection once {@code
   * connectTimeout} has passed.
   */
  private void useUpTimerZero() {
    line.loop().owner().cancelTimer(line.loop().setTimer(1, timer -> {}));
  }

  /** Closes the socket and lets the queue take nothing more. Returns at once. */
  void end() {
    line.loop()
        .runOnContext(
            loop -> {
              ended = true;
              FeedSocket socket = open;
              if (socket != null) {
                socket.close((short) 1000, "route stopped");
              }
              line.gauges().phase = Phase.CLOSED;
              line.queue().close();
            });
  }

  /** The queue has room again. */
  void roomAgain() {
    line.loop()
        .runOnContext(
            loop -> {
              FeedSocket socket = open;
              if (socket != null) {
                socket.obeyQueue();
              }
            });
  }

  /** The open socket; any thread. */
  Optional<FeedSocket> socket() {
    return Optional.ofNullable(open);
  }

  private void dial() {
    if (ended) {
      return;
    }
    if (!line.policy().mayConnect()) {
      line.gauges().phase = Phase.WAITING;
      line.loop().setTimer(ASK_AGAIN.toMillis(), timer -> dial());
      return;
    }
    line.gauges().phase = Phase.CONNECTING;
    client.connect(target.get()).onComplete(this::answered);
  }

  private void answered(AsyncResult<WebSocket> answer) {
    if (answer.failed()) {
      if (!ended) {
        String reason = Reasons.failed(answer.cause());
        long now = System.nanoTime();
        line.queue().add(FeedMessage.failed(attempt, waited, reason, now));
        if (answer.cause() instanceof UpgradeRejectedException rejected) {
          line.policy().refused(rejected.getStatus());
        }
        dialLater(reason);
      }
      return;
    }
    if (ended) {
      answer.result().close();
      return;
    }
    FeedSocket socket =
        new FeedSocket(
            line, answer.result(), connectionNumbers.getAsLong(), attempt, waited, this::lost);
    open = socket;
    LOG.info("{}: connected to {}", line.feed(), line.host());
    socket.begin();
  }

  private void lost(FeedSocket socket) {
    open = null;
    if (ended) {
      return;
    }
    if (line.policy().provenAlive(socket.connectedFor())) {
      attempt = 0;
    }
    dialLater(socket.reason());
  }

  private void dialLater(String reason) {
    attempt++;
    waited = line.policy().delayBefore(attempt);
    line.gauges().reconnects.incrementAndGet();
    line.gauges().phase = Phase.WAITING;
    LOG.warn(
        "{}: {} ({}); attempt {} in {}",
        line.feed(),
        reason,
        line.host(),
        attempt,
        Reasons.text(waited));
    Duration kept = ReconnectLadder.withJitter(waited, ThreadLocalRandom.current());
    line.loop().setTimer(Math.max(1, kept.toMillis()), timer -> dial());
  }
}
