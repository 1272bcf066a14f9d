package io.stockobserver.route.feed;

import io.netty.buffer.ByteBuf;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of frames. Bytes are kept as they came: text is not decoded. A message over the
 * limit is digested while it comes and not held. Lives on one event loop.
 */
final class MessageAssembly {
  private static final int HEAD_BYTES = 256;

  private final int limit;
  private final List<byte[]> parts = new ArrayList<>();
  private boolean text;
  private long length;
  private final byte[] head = new byte[HEAD_BYTES];
  private @Nullable MessageDigest digest;

  MessageAssembly(int limit) {
    this.limit = limit;
  }

  /** A first or only frame of a message; null if the message goes on. */
  @Nullable FeedMessage begin(boolean text, boolean last, ByteBuf frame, long monoNanos) {
    if (last && frame.readableBytes() <= limit) {
      byte[] bytes = bytes(frame);
      return text ? FeedMessage.text(bytes, monoNanos) : FeedMessage.binary(bytes, monoNanos);
    }
    forget();
    this.text = text;
    return goOn(last, frame, monoNanos);
  }

  /**
   * A later frame; null if the message goes on. The time of a message is that of its last frame.
   */
  @Nullable FeedMessage goOn(boolean last, ByteBuf frame, long monoNanos) {
    keepHead(frame);
    length += frame.readableBytes();
    if (digest == null && length > limit) {
      beginDigest();
    }
    if (digest == null) {
      parts.add(bytes(frame));
    } else {
      digest.update(frame.nioBuffer());
    }
    if (!last) {
      return null;
    }
    FeedMessage message;
    if (digest != null) {
      String sha256 = HexFormat.of().formatHex(digest.digest());
      message =
          FeedMessage.oversize(
              Arrays.copyOf(head, (int) Math.min(HEAD_BYTES, length)),
              new Digest(text, length, sha256),
              monoNanos);
    } else {
      byte[] whole = joined((int) length);
      message = text ? FeedMessage.text(whole, monoNanos) : FeedMessage.binary(whole, monoNanos);
    }
    forget();
    return message;
  }

  /** Bytes of a message whose end has not come. */
  long unfinishedBytes() {
    return length;
  }

  private void keepHead(ByteBuf frame) {
    int missing = HEAD_BYTES - (int) Math.min(HEAD_BYTES, length);
    int here = Math.min(missing, frame.readableBytes());
    frame.getBytes(frame.readerIndex(), head, HEAD_BYTES - missing, here);
  }

  private void beginDigest() {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    parts.forEach(sha256::update);
    digest = sha256;
    parts.clear();
  }

  private byte[] joined(int total) {
    byte[] whole = new byte[total];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  private void forget() {
    parts.clear();
    length = 0;
    digest = null;
  }

  private static byte[] bytes(ByteBuf frame) {
    byte[] bytes = new byte[frame.readableBytes()];
    frame.getBytes(frame.readerIndex(), bytes);
    return bytes;
  }
}
