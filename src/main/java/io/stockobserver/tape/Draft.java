package io.stockobserver.tape;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What is to be put on the tape. The body is not copied: whoever makes a draft leaves the array
 * alone from then on.
 *
 * @param heardAt market clock
 * @param monoNanos {@code System.nanoTime()} when heard
 * @param feed where it was heard, such as {@code kis-trade}
 * @param re seq of the request that it answers, 0 none
 * @param status HTTP status, 0 none
 * @param body bytes as heard
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes travel once, uncopied; nobody compares drafts
public record Draft(
    Instant heardAt,
    long monoNanos,
    String feed,
    Direction direction,
    long re,
    int status,
    byte[] body) {

  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /** Refuses an empty feed, negative numbers, and instants that a line cannot hold. */
  public Draft {
    if (heardAt.isBefore(EARLIEST) || heardAt.isAfter(LATEST)) {
      throw new IllegalArgumentException("the tape knows the years 0 to 9999: " + heardAt);
    }
    if (feed.isEmpty()) {
      throw new IllegalArgumentException("a draft needs a feed");
    }
    if (re < 0 || status < 0) {
      throw new IllegalArgumentException("re and status are 0 or more: " + re + ", " + status);
    }
  }

  /** Something heard from the venue that answers no request, such as a frame. */
  public static Draft heard(Instant heardAt, long monoNanos, String feed, byte[] body) {
    return new Draft(heardAt, monoNanos, feed, Direction.IN, 0, 0, body);
  }

  /** Something the observer itself notes, such as a tick. */
  public static Draft note(Instant heardAt, long monoNanos, String feed, String text) {
    return new Draft(
        heardAt, monoNanos, feed, Direction.NOTE, 0, 0, text.getBytes(StandardCharsets.UTF_8));
  }
}
