package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was heard and is not yet through the route: filled by the event loop, which it never keeps
 * waiting, and emptied by the pump. It refuses nothing; it says when to pause the socket, at three
 * quarters of its size or bytes, and when to go on, under one quarter. Messages count until the
 * route is done with them. Thread-safe.
 */
final class FeedQueue {
  /** Object headers, array header and the queue's own slot: tiny messages take memory too. */
  private static final long OVERHEAD_BYTES = 64;

  private final int size;
  private final long bytes;
  private final int batchSize;

  private final ArrayDeque<FeedMessage> waiting = new ArrayDeque<>();
  private int length;
  private long lengthBytes;
  private boolean paused;
  private boolean closed;

  FeedQueue(int size, long bytes, int batchSize) {
    this.size = size;
    this.bytes = bytes;
    this.batchSize = batchSize;
  }

  /** Adds in order. Once closed, nothing is added. */
  synchronized void add(List<FeedMessage> heard) {
    if (closed || heard.isEmpty()) {
      return;
    }
    for (FeedMessage message : heard) {
      waiting.add(message);
      lengthBytes += weight(message);
    }
    length += heard.size();
    paused |= length >= size - size / 4 || lengthBytes >= bytes - bytes / 4;
    notifyAll();
  }

  /** True from the moment it was three quarters full until it is under one quarter. */
  synchronized boolean isPaused() {
    return paused;
  }

  synchronized int length() {
    return length;
  }

  synchronized long lengthBytes() {
    return lengthBytes;
  }

  /**
   * Waits for the next messages, all of one connection; they count as queued until {@link #done}.
   *
   * @return null once it is closed and empty
   */
  synchronized @Nullable List<FeedMessage> take() throws InterruptedException {
    while (waiting.isEmpty()) {
      if (closed) {
        return null;
      }
      wait();
    }
    List<FeedMessage> batch = new ArrayList<>(Math.min(batchSize, waiting.size()));
    long batchBytes = 0;
    FeedMessage next;
    do {
      FeedMessage message = waiting.remove();
      batch.add(message);
      batchBytes += weight(message);
      next = waiting.peek();
    } while (next != null
        && batch.size() < batchSize
        && batchBytes < bytes / 4
        && sameConnection(batch.get(batch.size() - 1), next));
    return batch;
  }

  /**
   * The route is through with them.
   *
   * @return true if the socket may be read again
   */
  synchronized boolean done(List<FeedMessage> batch) {
    for (FeedMessage message : batch) {
      lengthBytes -= weight(message);
    }
    length -= batch.size();
    if (paused && length < Math.max(1, size / 4) && lengthBytes < bytes / 4) {
      paused = false;
      return true;
    }
    return false;
  }

  /** Takes nothing more; what waits can still be taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /**
   * Gives up what waits, except the closing that ends it.
   *
   * @return the messages of the venue among what was given up
   */
  synchronized long abandon() {
    FeedMessage last = waiting.peekLast();
    if (last != null && last.kind() == Kind.CLOSED) {
      waiting.removeLast();
    } else {
      last = null;
    }
    long lost = waiting.stream().filter(FeedMessage::isHeard).count();
    done(new ArrayList<>(waiting));
    waiting.clear();
    if (last != null) {
      waiting.add(last);
    }
    return lost;
  }

  private static boolean sameConnection(FeedMessage before, FeedMessage next) {
    return before.kind() != Kind.FAILED && next.kind() != Kind.FAILED && next.kind() != Kind.OPENED;
  }

  private static long weight(FeedMessage message) {
    return message.payload().length + OVERHEAD_BYTES;
  }
}
