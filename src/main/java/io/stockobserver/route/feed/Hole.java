package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Shed;

/** Messages that follow one another and were given up; counted, not held. Guarded by its queue. */
final class Hole {
  private long frames;
  private long bytes;
  private long firstNanos;
  private long lastNanos;
  private boolean stopped;

  void add(FeedMessage message) {
    boolean digested = message.kind() == FeedMessage.Kind.OVERSIZE;
    long length = digested ? message.digest().length() : message.payload().length;
    add(new Shed(1, length, message.monoNanos(), message.monoNanos(), false));
  }

  void add(Shed more) {
    firstNanos = frames == 0 ? more.firstNanos() : firstNanos;
    lastNanos = more.lastNanos();
    frames += more.frames();
    bytes += more.bytes();
  }

  /** They are given up because the route stops. */
  void stopped() {
    stopped = true;
  }

  long frames() {
    return frames;
  }

  FeedMessage told() {
    return FeedMessage.shed(new Shed(frames, bytes, firstNanos, lastNanos, stopped));
  }
}
