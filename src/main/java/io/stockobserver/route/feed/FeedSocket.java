package io.stockobserver.route.feed;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedState.Phase;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One open connection, from OPENED to CLOSED: reads, pings, answers, pauses, notices silence. It
 * does not reconnect. Lives on the line's event loop; only {@link #sendText} and {@link
 * #sendBinary} may come from elsewhere.
 */
final class FeedSocket implements FrameReader.Listener {
  private static final long ASK_MILLIS = 1000;

  /** A timer that comes later than this tells of a process that stood still. */
  private static final long OVERSLEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Buffer PING = Buffer.buffer("stock-observer");

  private final FeedLine line;
  private final WebSocket socket;
  private final long connection;
  private final int attempt;
  private final Duration waited;
  private final Consumer<FeedSocket> whenLost;
  private final ChannelHandlerContext vertx;
  private final Channel channel;
  private final FrameCutter cutter;
  private final FrameReader reader;
  private final int longestQuestion;
  private final long openedNanos = System.nanoTime();
  private long lastMessageNanos = openedNanos;
  private long pingTimer = -1;
  private long idleTimer = -1;
  private long watchDueNanos = openedNanos;
  private long askTimer = -1;
  private long patienceTimer = -1;
  private boolean over;
  private String reason = "";

  /**
   * Takes over a socket that has just opened. Called on the event loop before it reads the first
   * frame, so that none is missed.
   */
  FeedSocket(
      FeedLine line,
      WebSocket socket,
      long connection,
      int attempt,
      Duration waited,
      Consumer<FeedSocket> whenLost) {
    this.line = line;
    this.socket = socket;
    this.connection = connection;
    this.attempt = attempt;
    this.waited = waited;
    this.whenLost = whenLost;
    this.longestQuestion = line.policy().longestQuestion();
    FeedOptions options = line.options();
    this.cutter = new FrameCutter(options.maxFrameSize());
    this.reader = new FrameReader(cutter, options.maxMessageSize(), options.batchSize(), this);
    this.vertx = ((WebSocketInternal) socket).channelHandlerContext();
    this.channel = vertx.channel();
    ChannelPipeline pipeline = vertx.pipeline();
    String decoder = pipeline.context(WebSocketFrameDecoder.class).name();
    pipeline.addBefore(decoder, "feed-cutter", cutter);
    pipeline.addBefore(vertx.name(), "feed-reader", reader);
  }

  /** Says OPENED and begins to listen. */
  void begin() {
    FeedMessage opened = FeedMessage.opened(connection, attempt, waited, openedNanos);
    line.queue().add(opened);
    line.gauges().connection = connection;
    line.gauges().phase = Phase.OPEN;
    socket.exceptionHandler(known -> {}); // the reader has seen it, CLOSED will name it
    socket.closeHandler(closed -> end(closeReason()));
    long pingMillis = line.options().pingInterval().toMillis();
    if (pingMillis > 0) {
      pingTimer = line.loop().setPeriodic(pingMillis, timer -> sent(socket.writePing(PING)));
    }
    askTimer = line.loop().setPeriodic(ASK_MILLIS, timer -> askPolicy());
    watchForSilence(line.options().idleTimeout().toNanos());
    obeyQueue();
  }

  /** Reads on or pauses, as the queue wants it; it never pauses longer than there is patience. */
  void obeyQueue() {
    boolean listen = !line.queue().isPaused();
    if (over || channel.config().isAutoRead() == listen) {
      return;
    }
    if (listen) {
      cutter.forgiveSilence();
      line.loop().owner().cancelTimer(patienceTimer);
    } else {
      line.gauges().pauses.incrementAndGet();
      patienceTimer =
          line.loop()
              .setTimer(
                  line.options().patience().toMillis(),
                  timer -> {
                    line.queue().losePatience();
                    obeyQueue();
                  });
    }
    line.gauges().phase = listen ? Phase.OPEN : Phase.PAUSED;
    // Not WebSocket.pause(): Vert.x would report a close before the frames that it still holds.
    channel.config().setAutoRead(listen);
  }

  /** Ends it from our side. What was heard is queued, then CLOSED; later frames are thrown away. */
  void close(short code, String why) {
    if (over) {
      return;
    }
    end(code + " " + why);
    channel.config().setAutoRead(true); // to hear the answer to our close
    socket.close(code, why);
  }

  /** Ends it with a peer that will not answer. */
  private void abort(String why) {
    end(why);
    socket.close((short) 1001);
    dropTcp();
  }

  private void dropTcp() {
    var unused = vertx.close(); // Channel.close() would only have Vert.x begin a polite farewell
  }

  Future<Void> sendText(String text) {
    return sent(socket.writeTextMessage(text));
  }

  Future<Void> sendBinary(byte[] bytes) {
    return sent(socket.writeBinaryMessage(Buffer.buffer(bytes)));
  }

  /** From the opening to the last message. */
  Duration connectedFor() {
    return Duration.ofNanos(lastMessageNanos - openedNanos);
  }

  String reason() {
    return reason;
  }

  @Override
  public void text(byte[] utf8) {
    if (utf8.length > longestQuestion) {
      return;
    }
    String reply = line.policy().replyTo(new String(utf8, StandardCharsets.UTF_8));
    if (reply != null) {
      sent(socket.writeTextMessage(reply));
    }
  }

  @Override
  public void heard(List<FeedMessage> messages, long held, long digested) {
    FeedGauges gauges = line.gauges();
    gauges.messages.addAndGet(messages.size());
    gauges.bytes.addAndGet(held + digested);
    lastMessageNanos = messages.get(messages.size() - 1).monoNanos();
    gauges.lastMessageNanos = lastMessageNanos;
    // The one place where a message is given up under load; its ping was answered all the same.
    line.queue().add(messages, held);
    obeyQueue();
  }

  private Future<Void> sent(Future<Void> taken) {
    return taken.onSuccess(done -> line.gauges().sent.incrementAndGet());
  }

  private void end(String why) {
    if (over) {
      return;
    }
    reader.flush();
    reader.turnDeaf();
    over = true;
    long unfinished = reader.unfinishedBytes();
    reason = unfinished == 0 ? why : why + ", " + unfinished + " bytes into a message";
    line.loop().owner().cancelTimer(pingTimer);
    line.loop().owner().cancelTimer(idleTimer);
    line.loop().owner().cancelTimer(askTimer);
    line.loop().owner().cancelTimer(patienceTimer);
    long now = System.nanoTime();
    line.queue().add(FeedMessage.closed(connection, attempt, waited, reason, now));
    whenLost.accept(this);
  }

  private void askPolicy() {
    String why = line.policy().hangUp();
    if (why != null) {
      close((short) 1000, why);
    }
  }

  private void watchForSilence(long idleNanos) {
    if (idleNanos == 0) {
      return;
    }
    long now = System.nanoTime();
    if (now - watchDueNanos > OVERSLEPT_NANOS) {
      // Nobody ran: what the venue said meanwhile waits in the socket. That is not its silence.
      cutter.forgiveSilence();
    }
    long silent = line.queue().isPaused() ? 0 : now - cutter.heardNanos();
    if (silent >= idleNanos) {
      abort("idle " + Reasons.text(line.options().idleTimeout()));
      return;
    }
    long millis = 1 + TimeUnit.NANOSECONDS.toMillis(idleNanos - silent);
    watchDueNanos = now + TimeUnit.MILLISECONDS.toNanos(millis);
    idleTimer = line.loop().setTimer(millis, timer -> watchForSilence(idleNanos));
  }

  private String closeReason() {
    // A peer that closes leaves the TCP connection to us: one socket at a time, also there.
    line.loop().runOnContext(answered -> dropTcp());
    return Reasons.closed(socket.closeStatusCode(), socket.closeReason(), reader.failure());
  }
}
