package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedPolicy;
import io.stockobserver.venue.FeedState;
import io.stockobserver.venue.FeedState.Phase;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.impl.VertxInternal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of one route: connects when the route starts or resumes, and when it stops or suspends
 * closes the socket and lets the route take what is queued. A venue that is down does not keep the
 * route from starting. Camel calls it from one thread at a time; sending and gauges from any.
 * Public only because JMX reads its attributes by reflection.
 */
@ManagedResource(description = "A venue's socket")
public final class FeedConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedConsumer.class);
  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LAST_BATCH = Duration.ofSeconds(1);

  private final FeedEndpoint endpoint;
  private final FeedOptions options;
  private volatile @Nullable Running running;
  private volatile FeedGauges gauges = new FeedGauges();

  /** What exists between start and stop. */
  private record Running(FeedLine line, WebSocketClient client, FeedDialer dialer, FeedPump pump) {}

  FeedConsumer(FeedEndpoint endpoint, Processor processor, FeedOptions options) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.options = options;
    gauges.phase = Phase.CLOSED;
    setHealthCheck(new FeedHealthCheck(this));
  }

  URI address() {
    return endpoint.address();
  }

  /** The name in batches, log lines and gauges. */
  String feed() {
    return options.feed() == null ? String.valueOf(getRouteId()) : options.feed();
  }

  FeedState state() {
    FeedGauges now = gauges;
    Running line = running;
    long last = now.lastMessageNanos;
    return new FeedState(
        feed(),
        Addresses.host(address()),
        now.phase,
        now.connection,
        line == null ? 0 : line.line().queue().length(),
        line == null ? 0 : line.line().queue().lengthBytes(),
        last == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - last)),
        now.messages.get(),
        now.bytes.get(),
        now.delivered.get(),
        now.leftBehind.get(),
        line == null ? now.shed : line.line().queue().shed(),
        now.sent.get(),
        now.pauses.get(),
        now.reconnects.get());
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    endpoint.getComponent().add(this);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    listen();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    listen();
  }

  @Override
  protected void doSuspend() throws Exception {
    hangUp();
    super.doSuspend();
  }

  @Override
  protected void doStop() throws Exception {
    hangUp();
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    endpoint.getComponent().remove(this);
    super.doShutdown();
  }

  private void listen() throws Exception {
    VertxInternal vertx = (VertxInternal) endpoint.vertx();
    WebSocketClient client = vertx.createWebSocketClient(endpoint.clientOptions(options));
    FeedPolicy policy = new CarefulPolicy(feed(), options.policy());
    FeedQueue queue =
        new FeedQueue(
            options.queueSize(),
            options.queueBytes(),
            options.batchSize(),
            options.linger(),
            message -> message.kind() == FeedMessage.Kind.TEXT && policy.spares(message.payload()));
    endpoint.takeUnsaid().forEach(queue::add);
    gauges = new FeedGauges();
    FeedLine line =
        new FeedLine(
            feed(),
            Addresses.host(address()),
            options,
            policy,
            queue,
            gauges,
            vertx.createEventLoopContext());
    FeedDialer dialer =
        new FeedDialer(
            line,
            client,
            () -> endpoint.connectOptions(options),
            endpoint.getComponent()::nextConnection);
    FeedPump pump = new FeedPump(feed(), queue, this::deliver, dialer::roomAgain);
    running = new Running(line, client, dialer, pump);
    pump.begin();
    dialer.begin();
  }

  private void hangUp() throws InterruptedException {
    Running was = running;
    if (was == null) {
      return;
    }
    was.dialer().end();
    try {
      if (!was.pump().awaitEnd(options.drainTimeout())) {
        long lost = was.line().queue().abandon();
        gauges.leftBehind.addAndGet(lost);
        LOG.error(
            "{}: the route did not take all within {}: {} messages heard are left behind",
            feed(),
            Reasons.text(options.drainTimeout()),
            lost);
        was.pump().awaitEnd(LAST_BATCH);
      }
    } finally {
      was.pump().giveUp();
      endpoint.leaveUnsaid(was.line().queue().rest());
      gauges.shed = was.line().queue().shed();
      running = null;
      was.client().close();
    }
  }

  private void deliver(FeedBatch batch) {
    Exchange exchange = createExchange(true);
    try {
      exchange.getMessage().setBody(batch);
      createUoW(exchange);
      getProcessor().process(exchange);
    } catch (Throwable e) { // also an Error: the pump goes on, whatever one batch does
      exchange.setException(e);
    }
    try {
      if (exchange.getException() != null) {
        handleException("Error in " + feed(), exchange, exchange.getException());
      }
    } finally {
      doneUoW(exchange);
      releaseExchange(exchange, true);
    }
    int heard = 0;
    for (FeedMessage message : batch.messages()) {
      heard += message.isHeard() ? 1 : 0;
    }
    gauges.delivered.addAndGet(heard);
  }

  /**
   * Sends a text message and waits until Vert.x has taken it.
   *
   * @throws FeedClosedException if there is no open socket, or it takes nothing
   */
  void send(String text) throws FeedClosedException, InterruptedException {
    send(socket -> socket.sendText(text));
  }

  /** As {@link #send(String)}, a binary message. */
  void send(byte[] bytes) throws FeedClosedException, InterruptedException {
    send(socket -> socket.sendBinary(bytes));
  }

  private void send(Function<FeedSocket, Future<Void>> message)
      throws FeedClosedException, InterruptedException {
    Running now = running;
    FeedSocket socket = now == null ? null : now.dialer().socket().orElse(null);
    if (socket == null) {
      throw new FeedClosedException(address(), "no socket is open, nothing was sent", null);
    }
    try {
      message
          .apply(socket)
          .toCompletionStage()
          .toCompletableFuture()
          .get(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new FeedClosedException(address(), "the socket closed while sending", e.getCause());
    } catch (TimeoutException e) {
      String why = "not taken within " + Reasons.text(SEND_TIMEOUT);
      throw new FeedClosedException(address(), why, e);
    }
  }

  @ManagedAttribute(description = "waiting, connecting, open, paused or closed")
  public String getFeedPhase() {
    return state().phase().name();
  }

  @ManagedAttribute(description = "Messages and events not yet through the route")
  public int getFeedQueued() {
    return state().queued();
  }

  @ManagedAttribute(description = "Memory these take, in bytes")
  public long getFeedQueuedBytes() {
    return state().queuedBytes();
  }

  @ManagedAttribute(description = "Messages heard since the route started")
  public long getFeedMessages() {
    return state().messages();
  }

  @ManagedAttribute(description = "Messages given up since the route started, the queue was full")
  public long getFeedShed() {
    return state().shed();
  }

  @ManagedAttribute(description = "Attempts after the first since the route started")
  public long getFeedReconnects() {
    return state().reconnects();
  }
}
