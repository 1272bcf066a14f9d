package io.stockobserver.tape;

import java.time.Instant;

/**
 * What is to be put on the tape: an {@link Entry} without its number and place.
 *
 * @param heardAt the market's time when it was heard
 * @param monoNanos {@link System#nanoTime()} at that moment
 * @param feed the conversation it belongs to, such as {@code trade} or {@code swing}
 * @param re the seq of the request that it answers, 0 for none
 * @param status the HTTP status, 0 for none
 * @param body the bytes as heard
 */
public record Draft(
    Instant heardAt,
    long monoNanos,
    String feed,
    Direction direction,
    long re,
    int status,
    byte[] body) {}
