package io.stockobserver.route.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Cuts a WebSocket frame that is larger than a limit into fragments, before Netty's decoder sees
 * it: that decoder gathers a whole frame in memory and closes the socket over one above its limit.
 * Everything else passes as it came, unread but for the frame headers; what is no proper header is
 * left for the decoder to refuse. Lives on one event loop.
 */
final class FrameCutter extends ChannelInboundHandlerAdapter {
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;

  private final int limit;

  /** The header being read; its beginning may have come with an earlier buffer. */
  private final byte[] head = new byte[10];

  private int headLength;

  /** Payload bytes still to come of the current frame, or of the current piece of one. */
  private long left;

  /** Payload bytes that follow in later pieces of the current frame. */
  private long leftAfterPiece;

  private int finOfCutFrame;

  private long heardNanos = System.nanoTime();

  /** A header that no server may send: the decoder will close the socket over it. */
  private boolean hopeless;

  FrameCutter(int limit) {
    this.limit = limit;
  }

  /** {@link System#nanoTime()} of the last read of the socket: one clock call for many frames. */
  long heardNanos() {
    return heardNanos;
  }

  /** Time spent without listening is no silence of the venue. */
  void forgiveSilence() {
    heardNanos = System.nanoTime();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    heardNanos = System.nanoTime();
    if (hopeless || !(msg instanceof ByteBuf in)) {
      ctx.fireChannelRead(msg);
      return;
    }
    try {
      cut(ctx, in);
    } finally {
      in.release();
    }
  }

  private void cut(ChannelHandlerContext ctx, ByteBuf in) {
    int end = in.writerIndex();
    int at = in.readerIndex();
    int passed = at; // what lies before it has gone to the decoder
    while (at < end && !hopeless) {
      if (left > 0) {
        int step = (int) Math.min(left, end - at);
        left -= step;
        at += step;
        if (left == 0 && leftAfterPiece > 0) {
          pass(ctx, in, passed, at);
          passed = at;
          ctx.fireChannelRead(nextPiece(0));
        }
        continue;
      }
      int headAt = at;
      int carried = headLength;
      while (at < end && headLength < headNeeded()) {
        head[headLength++] = in.getByte(at++);
      }
      if (headLength < headNeeded()) {
        // Only the whole header says whether this frame must be cut: its beginning waits here.
        pass(ctx, in, passed, headAt);
        return;
      }
      long length = payloadLength();
      hopeless = length < 0 || (head[1] & MASKED) != 0;
      if (length > limit && !hopeless) {
        pass(ctx, in, passed, headAt);
        passed = at;
        finOfCutFrame = head[0] & FIN;
        leftAfterPiece = length;
        ctx.fireChannelRead(nextPiece(head[0] & ~FIN));
      } else {
        left = length;
        if (carried > 0) {
          ctx.fireChannelRead(Unpooled.copiedBuffer(head, 0, carried));
        }
      }
      headLength = 0;
    }
    pass(ctx, in, passed, end);
  }

  /** The header of the next piece; only the last one of a frame may have its FIN. */
  private ByteBuf nextPiece(int firstByte) {
    left = Math.min(leftAfterPiece, limit);
    leftAfterPiece -= left;
    int fin = leftAfterPiece == 0 ? finOfCutFrame : 0;
    ByteBuf header = Unpooled.buffer(head.length).writeByte(firstByte | fin);
    if (left < SHORT_LENGTH) {
      return header.writeByte((int) left);
    }
    return left <= 0xFFFF
        ? header.writeByte(SHORT_LENGTH).writeShort((int) left)
        : header.writeByte(LONG_LENGTH).writeLong(left);
  }

  private int headNeeded() {
    if (headLength < 2) {
      return 2;
    }
    int length = head[1] & 0x7F;
    return length == LONG_LENGTH ? 10 : length == SHORT_LENGTH ? 4 : 2;
  }

  private long payloadLength() {
    int length = head[1] & 0x7F;
    if (length < SHORT_LENGTH) {
      return length;
    }
    long bytes = 0;
    for (int i = 2; i < headLength; i++) {
      bytes = bytes << 8 | (head[i] & 0xFF);
    }
    return bytes;
  }

  private static void pass(ChannelHandlerContext ctx, ByteBuf in, int from, int to) {
    if (to <= from) {
      return;
    }
    boolean all = from == in.readerIndex() && to == in.writerIndex();
    ctx.fireChannelRead(all ? in.retain() : in.retainedSlice(from, to - from));
  }
}
