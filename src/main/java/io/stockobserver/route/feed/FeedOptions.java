package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedPolicy;
import io.stockobserver.venue.ReconnectLadder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * What the URI of a client consumer may add to Camel's own options. Durations are written {@code
 * 500ms}, {@code 30s}, {@code 5m}; sizes {@code 65536}, {@code 512KB}, {@code 4MB}.
 *
 * @param feed {@code feed}: the name on batches, log lines and gauges; null for the route's id
 * @param policy {@code policy=#bean}: when to connect and what to answer at once; default {@link
 *     ReconnectLadder}
 * @param batchSize {@code batchSize}: at most so many messages in one exchange; default 500
 * @param queueSize {@code queueSize}: so many messages may wait; default 131072. The socket pauses
 *     at an eighth and is read again a thirty-second below.
 * @param queueBytes {@code queueBytes}: the same for the memory that waiting messages take; default
 *     32MB. What one read of the socket brings beyond it (64 KB, or one message of up to
 *     maxMessageSize) may come on top.
 * @param patience {@code patience}: the socket never pauses longer, so that a venue's ping is
 *     answered; then it is read on, and data that finds the queue full is shed and counted; default
 *     1s
 * @param idleTimeout {@code idleTimeout}: nothing heard for so long, pongs included, and the socket
 *     is closed as dead; default 0, never
 * @param pingInterval {@code pingInterval}: how often a WebSocket ping is sent; 0 for none; default
 *     20s
 * @param connectTimeout {@code connectTimeout}: for the TCP connection, and again for the
 *     handshake; default 10s
 * @param linger {@code linger}: how long a message may wait for others before the batch goes,
 *     unless there are thirty-two; 0 sends each as soon as the pump is free; default 3ms
 * @param drainTimeout {@code drainTimeout}: how long a stopping route may take for what is queued;
 *     the rest is counted, logged and left behind; default 5s
 * @param maxFrameSize {@code maxFrameSize}: a larger frame is read in pieces of this size, never
 *     refused; default 4MB
 * @param maxMessageSize {@code maxMessageSize}: a larger message leaves its length, SHA-256 and
 *     first 256 bytes; default 32MB
 */
record FeedOptions(
    @Nullable String feed,
    FeedPolicy policy,
    int batchSize,
    int queueSize,
    int queueBytes,
    Duration patience,
    Duration idleTimeout,
    Duration pingInterval,
    Duration connectTimeout,
    Duration linger,
    Duration drainTimeout,
    int maxFrameSize,
    int maxMessageSize) {

  private static final int MEGA = 1 << 20;
  private static final int KILO = 1 << 10;

  FeedOptions {
    positive("batchSize", batchSize);
    positive("queueSize", queueSize);
    positive("queueBytes", queueBytes);
    positive("maxMessageSize", maxMessageSize);
    positive("connectTimeout", connectTimeout.toMillis());
    positive("patience", patience.toMillis());
    if (maxFrameSize < 128) {
      // A control frame may carry 125 bytes, and those cannot be read in pieces.
      throw new IllegalArgumentException("maxFrameSize must be 128 or more: " + maxFrameSize);
    }
  }

  /** Takes our options out of {@code parameters} and leaves Camel's and the venue's. */
  static FeedOptions takenFrom(CamelContext camel, Map<String, Object> parameters) {
    Reader reader = new Reader(camel, parameters);
    return new FeedOptions(
        reader.text("feed", null),
        reader.policy("policy"),
        reader.size("batchSize", 500),
        reader.size("queueSize", 128 * KILO),
        reader.size("queueBytes", 32 * MEGA),
        reader.duration("patience", Duration.ofSeconds(1)),
        reader.duration("idleTimeout", Duration.ZERO),
        reader.duration("pingInterval", Duration.ofSeconds(20)),
        reader.duration("connectTimeout", Duration.ofSeconds(10)),
        reader.duration("linger", Duration.ofMillis(3)),
        reader.duration("drainTimeout", Duration.ofSeconds(5)),
        reader.size("maxFrameSize", 4 * MEGA),
        reader.size("maxMessageSize", 32 * MEGA));
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be more than 0: " + value);
    }
  }

  private record Reader(CamelContext camel, Map<String, Object> parameters) {
    @Nullable String text(String name, @Nullable String otherwise) {
      Object value = parameters.remove(name);
      return value == null ? otherwise : camel.resolvePropertyPlaceholders(value.toString()).trim();
    }

    FeedPolicy policy(String name) {
      Object value = parameters.remove(name);
      if (value == null) {
        return new ReconnectLadder();
      }
      if (value instanceof FeedPolicy policy) {
        return policy;
      }
      String reference = value.toString();
      return EndpointHelper.isReferenceParameter(reference)
          ? EndpointHelper.resolveReferenceParameter(camel, reference, FeedPolicy.class)
          : CamelContextHelper.mandatoryLookup(camel, reference, FeedPolicy.class);
    }

    Duration duration(String name, Duration otherwise) {
      String value = text(name, null);
      if (value == null) {
        return otherwise;
      }
      try {
        long millis = TimeUtils.toMilliSeconds(value);
        if (millis >= 0) {
          return Duration.ofMillis(millis);
        }
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(name + " is no duration such as 30s: " + value, e);
      }
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }

    int size(String name, int otherwise) {
      String value = text(name, null);
      if (value == null) {
        return otherwise;
      }
      String number = value.toUpperCase(Locale.ROOT);
      int unit = number.endsWith("MB") ? MEGA : number.endsWith("KB") ? KILO : 1;
      try {
        String digits = unit == 1 ? number : number.substring(0, number.length() - 2).trim();
        return Math.multiplyExact(Integer.parseInt(digits), unit);
      } catch (NumberFormatException | ArithmeticException e) {
        throw new IllegalArgumentException(name + " is no size such as 4MB: " + value, e);
      }
    }
  }
}
