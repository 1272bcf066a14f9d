package io.stockobserver.venue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing heard from a venue's socket, or one thing that happened to the socket, in the order in
 * which it happened. Immutable by agreement: the payload array is shared and never written to.
 */
public final class FeedMessage {
  /** What a message is. */
  public enum Kind {
    /** A text message; the payload is its bytes as received, valid UTF-8 or not. */
    TEXT,
    /** A binary message. */
    BINARY,
    /** A message too large to be held; the payload is its first 256 bytes. */
    OVERSIZE,
    /** The connection opened. */
    OPENED,
    /** The connection ended; nothing of it follows. */
    CLOSED,
    /** A connection attempt failed. */
    FAILED,
    /** Messages were heard here and given up, because nothing took them. */
    SHED
  }

  private static final byte[] NOTHING = {};

  private final Kind kind;
  private final long monoNanos;
  private final byte[] payload;
  private final @Nullable Event event;
  private final @Nullable Digest digest;
  private final @Nullable Shed shed;

  private FeedMessage(
      Kind kind,
      long monoNanos,
      byte[] payload,
      @Nullable Event event,
      @Nullable Digest digest,
      @Nullable Shed shed) {
    this.kind = kind;
    this.monoNanos = monoNanos;
    this.payload = payload;
    this.event = event;
    this.digest = digest;
    this.shed = shed;
  }

  /**
   * What happened to a connection.
   *
   * @param connection its number, from 1; 0 for an attempt that led to none
   * @param attempt 0 for the first connection of a route, then counted from 1 since the feed was
   *     last proven alive
   * @param waited the delay before the attempt as the policy named it, without jitter
   * @param reason why it closed or failed, in a few words without secrets; empty for an opening
   */
  public record Event(long connection, int attempt, Duration waited, String reason) {}

  /**
   * What is left of a message that was too large to be held.
   *
   * @param text true if it was a text message
   * @param length in bytes
   * @param sha256 of all its bytes, in lower-case hex
   */
  public record Digest(boolean text, long length, String sha256) {}

  /**
   * What is known of messages that were given up.
   *
   * @param bytes of their payloads
   * @param firstNanos when the first of them was heard, as {@link FeedMessage#monoNanos()}
   * @param lastNanos when the last was
   * @param stopped true where a stopping route left them behind, false where the queue was full
   */
  public record Shed(long frames, long bytes, long firstNanos, long lastNanos, boolean stopped) {}

  /** A text message, heard at {@code monoNanos} ({@link System#nanoTime()}). */
  public static FeedMessage text(byte[] utf8, long monoNanos) {
    return new FeedMessage(Kind.TEXT, monoNanos, utf8, null, null, null);
  }

  /** A binary message, heard at {@code monoNanos}. */
  public static FeedMessage binary(byte[] bytes, long monoNanos) {
    return new FeedMessage(Kind.BINARY, monoNanos, bytes, null, null, null);
  }

  /** A message that was digested while it was heard, and its first bytes. */
  public static FeedMessage oversize(byte[] head, Digest digest, long monoNanos) {
    return new FeedMessage(Kind.OVERSIZE, monoNanos, head, null, digest, null);
  }

  /** A connection opened. */
  public static FeedMessage opened(long connection, int attempt, Duration waited, long monoNanos) {
    Event event = new Event(connection, attempt, waited, "");
    return new FeedMessage(Kind.OPENED, monoNanos, NOTHING, event, null, null);
  }

  /** A connection ended. */
  public static FeedMessage closed(
      long connection, int attempt, Duration waited, String reason, long monoNanos) {
    Event event = new Event(connection, attempt, waited, reason);
    return new FeedMessage(Kind.CLOSED, monoNanos, NOTHING, event, null, null);
  }

  /** A connection attempt led to nothing. */
  public static FeedMessage failed(int attempt, Duration waited, String reason, long monoNanos) {
    Event event = new Event(0, attempt, waited, reason);
    return new FeedMessage(Kind.FAILED, monoNanos, NOTHING, event, null, null);
  }

  /** Messages that were given up, in the place where they would have stood. */
  public static FeedMessage shed(Shed shed) {
    return new FeedMessage(Kind.SHED, shed.lastNanos(), NOTHING, null, null, shed);
  }

  public Kind kind() {
    return kind;
  }

  /** {@link System#nanoTime()} when it was heard on the event loop. */
  public long monoNanos() {
    return monoNanos;
  }

  /** The bytes as received; empty for an event. Not a copy: do not write to it. */
  public byte[] payload() {
    return payload;
  }

  /** True for what the venue said, false for what happened to the socket or to messages. */
  public boolean isHeard() {
    return event == null && shed == null;
  }

  /** True for what happened to the socket. */
  public boolean isEvent() {
    return event != null;
  }

  /**
   * What happened.
   *
   * @throws IllegalStateException if this was heard and is no event
   */
  public Event event() {
    if (event == null) {
      throw new IllegalStateException(kind + " is no event");
    }
    return event;
  }

  /**
   * What is left of it.
   *
   * @throws IllegalStateException if this is no OVERSIZE
   */
  public Digest digest() {
    if (digest == null) {
      throw new IllegalStateException(kind + " has its payload and no digest");
    }
    return digest;
  }

  /**
   * What was given up.
   *
   * @throws IllegalStateException if this is no SHED
   */
  public Shed shed() {
    if (shed == null) {
      throw new IllegalStateException(kind + " is nothing that was given up");
    }
    return shed;
  }

  @Override
  public String toString() {
    return event == null ? kind + "[" + payload.length + " bytes]" : kind + "[" + event + "]";
  }
}
