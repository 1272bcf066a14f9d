package io.stockobserver.backup.serving;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often a peer may ask: so many times a second in the long run, a minute's worth of them at
 * once, for a day is some hundred files. Thread-safe; forgets the peers that asked longest ago
 * beyond a thousand.
 */
public final class PeerRate {
  private static final int PEERS = 1000;
  private static final double AT_ONCE_SECONDS = 60;

  private final double perSecond;
  private final LongSupplier nanos;
  private final Map<String, Bucket> peers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > PEERS;
        }
      };

  /** What a peer has left, and when that was. */
  private record Bucket(double left, long at) {}

  /**
   * Counts from now on.
   *
   * @param nanos a monotonic clock
   */
  public PeerRate(double perSecond, LongSupplier nanos) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate is above 0: " + perSecond);
    }
    this.perSecond = perSecond;
    this.nanos = nanos;
  }

  /** Takes one; how long to wait before asking again, zero when it may. */
  synchronized Duration take(String peer) {
    Bucket now = now(peer);
    if (now.left() < 1) {
      peers.put(peer, now);
      return Duration.ofNanos((long) Math.ceil((1 - now.left()) / perSecond * 1e9));
    }
    peers.put(peer, new Bucket(now.left() - 1, now.at()));
    return Duration.ZERO;
  }

  /** A wrong token costs a second's worth more. */
  synchronized void fine(String peer) {
    Bucket now = now(peer);
    peers.put(peer, new Bucket(Math.max(0, now.left() - perSecond), now.at()));
  }

  private Bucket now(String peer) {
    long at = nanos.getAsLong();
    double most = Math.max(1, perSecond * AT_ONCE_SECONDS);
    Bucket last = peers.get(peer);
    return last == null
        ? new Bucket(most, at)
        : new Bucket(Math.min(most, last.left() + (at - last.at()) / 1e9 * perSecond), at);
  }
}
