package io.stockobserver.route.feed;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.stockobserver.venue.FeedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads data frames where Netty has decoded them, before Vert.x copies each one and makes a string
 * of it: half the cost of a small frame. Control frames go on to Vert.x, which answers pings and
 * closes. Messages are handed over once per read of the socket. Lives on one event loop.
 */
final class FrameReader extends ChannelInboundHandlerAdapter {
  /** What the reader tells; called on the event loop. */
  interface Listener {
    /** A text message, right when it is complete. */
    void text(byte[] utf8);

    /**
     * Messages in order. The list is the listener's to keep.
     *
     * @param held bytes of their payloads
     * @param digested bytes that were heard and not held
     */
    void heard(List<FeedMessage> messages, long held, long digested);
  }

  /** What a hand-over may hold back within a long read: the queue must hear of it to pause. */
  private static final int MOST_BYTES = 1 << 16;

  private final FrameCutter cutter;
  private final MessageAssembly assembly;
  private final int most;
  private final Listener listener;

  private List<FeedMessage> fresh = new ArrayList<>();
  private long freshBytes;
  private long freshDigested;
  private boolean deaf;
  private @Nullable Throwable failure;

  FrameReader(FrameCutter cutter, int maxMessageSize, int most, Listener listener) {
    this.cutter = cutter;
    this.assembly = new MessageAssembly(maxMessageSize);
    this.most = most;
    this.listener = listener;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof WebSocketFrame frame) || isControl(frame)) {
      ctx.fireChannelRead(msg);
      return;
    }
    try {
      if (!deaf) {
        read(frame);
      }
    } finally {
      frame.release();
    }
  }

  private void read(WebSocketFrame frame) {
    boolean last = frame.isFinalFragment();
    FeedMessage message =
        frame instanceof ContinuationWebSocketFrame
            ? assembly.goOn(last, frame.content(), cutter.heardNanos())
            : assembly.begin(
                frame instanceof TextWebSocketFrame, last, frame.content(), cutter.heardNanos());
    if (message == null) {
      return;
    }
    if (message.kind() == FeedMessage.Kind.TEXT) {
      listener.text(message.payload());
    }
    fresh.add(message);
    freshBytes += message.payload().length;
    if (message.kind() == FeedMessage.Kind.OVERSIZE) {
      freshDigested += message.digest().length() - message.payload().length;
    }
    if (fresh.size() >= most || freshBytes >= MOST_BYTES) {
      flush();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    ctx.fireExceptionCaught(cause);
  }

  /** Hands over what is complete; also to be called when the connection ends within a read. */
  void flush() {
    if (fresh.isEmpty()) {
      return;
    }
    List<FeedMessage> messages = fresh;
    long held = freshBytes;
    long digested = freshDigested;
    fresh = new ArrayList<>(messages.size());
    freshBytes = 0;
    freshDigested = 0;
    listener.heard(messages, held, digested);
  }

  /** From now on frames are thrown away: the connection has ended for the route. */
  void turnDeaf() {
    deaf = true;
  }

  long unfinishedBytes() {
    return assembly.unfinishedBytes();
  }

  /** The first error of this socket. */
  @Nullable Throwable failure() {
    return failure;
  }

  private static boolean isControl(WebSocketFrame frame) {
    return !(frame instanceof TextWebSocketFrame
        || frame instanceof BinaryWebSocketFrame
        || frame instanceof ContinuationWebSocketFrame);
  }
}
