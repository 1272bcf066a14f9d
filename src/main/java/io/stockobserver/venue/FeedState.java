package io.stockobserver.venue;

import java.time.Duration;
import java.util.Optional;

/**
 * How a feed is at one moment. The counts are since the route last started and balance once the
 * pump is idle: messages heard = delivered + left behind + shed.
 *
 * @param feed the feed's name
 * @param host where it connects to, without path or query
 * @param phase what the socket is doing
 * @param connection number of the open or last connection, 0 before the first
 * @param queued messages and events heard and not yet through the route
 * @param queuedBytes the memory these take
 * @param lastMessageAge since the last message of the venue; empty before the first
 * @param messages heard, events not counted
 * @param bytes heard in messages
 * @param delivered messages that went through the route
 * @param leftBehind messages given up because a stopping route did not take them in time
 * @param shed messages given up because the queue was full
 * @param sent messages, replies and WebSocket pings
 * @param pauses how often the socket was not read from because the route had not caught up
 * @param reconnects attempts after the first
 */
public record FeedState(
    String feed,
    String host,
    Phase phase,
    long connection,
    int queued,
    long queuedBytes,
    Optional<Duration> lastMessageAge,
    long messages,
    long bytes,
    long delivered,
    long leftBehind,
    long shed,
    long sent,
    long pauses,
    long reconnects) {

  /** What the socket is doing. */
  public enum Phase {
    /** No connection, and none is being tried: a delay runs, or the policy says not now. */
    WAITING,
    CONNECTING,
    OPEN,
    /** Open, and not read from for a moment, that the route may catch up. */
    PAUSED,
    /** The route is stopped or suspended. */
    CLOSED
  }
}
