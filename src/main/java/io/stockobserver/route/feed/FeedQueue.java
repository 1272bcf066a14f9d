package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private final long lingerNanos;

  private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
  private int length;
  private long lengthBytes;
  private boolean paused;
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param linger how long a message may wait for others to travel with; an append to a file costs
   *     the same for one line as for fifty
   */
  FeedQueue(int size, long bytes, int batchSize, Duration linger) {
    this.size = size;
    this.bytes = bytes;
    this.batchSize = batchSize;
    this.lingerNanos = linger.toNanos();
  }

  /**
   * Messages of one connection that travel together, and the memory that they take: known from the
   * start, so that nobody has to touch each message again under the lock.
   */
  record Chunk(List<FeedMessage> messages, long weight) {
    private boolean goesOnWith(Chunk next) {
      Kind last = messages.get(messages.size() - 1).kind();
      Kind first = next.messages.get(0).kind();
      return last != Kind.FAILED && first != Kind.FAILED && first != Kind.OPENED;
    }
  }

  /** Adds what happened to the connection. Once closed, nothing is added. */
  void add(FeedMessage event) {
    add(List.of(event), 0);
  }

  /** Adds at most a batch of messages, in order. Once closed, nothing is added. */
  synchronized void add(List<FeedMessage> messages, long payloadBytes) {
    if (closed) {
      return;
    }
    Chunk chunk = new Chunk(messages, payloadBytes + OVERHEAD_BYTES * messages.size());
    waiting.add(chunk);
    length += messages.size();
    lengthBytes += chunk.weight;
    boolean worthWaking = waiting.size() == 1 || length >= batchSize;
    paused |= length >= size - size / 4 || lengthBytes >= bytes - bytes / 4;
    if (worthWaking) {
      notifyAll();
    }
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
  synchronized @Nullable Chunk take() throws InterruptedException {
    do {
      while (waiting.isEmpty()) {
        if (closed) {
          return null;
        }
        wait();
      }
      linger();
      // What waited may have been given up meanwhile.
    } while (waiting.isEmpty());
    Chunk first = waiting.remove();
    if (!fits(first, first.messages.size(), first.weight)) {
      return first;
    }
    List<FeedMessage> batch = new ArrayList<>(batchSize);
    batch.addAll(first.messages);
    long weight = first.weight;
    Chunk last = first;
    while (fits(last, batch.size(), weight)) {
      last = waiting.remove();
      batch.addAll(last.messages);
      weight += last.weight;
    }
    return new Chunk(batch, weight);
  }

  /** True if the chunk that waits next may follow {@code last} in the same batch. */
  private boolean fits(Chunk last, int batched, long weight) {
    Chunk next = waiting.peek();
    return next != null
        && batched + next.messages.size() <= batchSize
        && weight + next.weight <= bytes / 4
        && last.goesOnWith(next);
  }

  /**
   * The route is through with it.
   *
   * @return true if the socket may be read again
   */
  synchronized boolean done(Chunk taken) {
    length -= taken.messages.size();
    lengthBytes -= taken.weight;
    if (paused && length < Math.max(1, size / 4) && lengthBytes < bytes / 4) {
      paused = false;
      return true;
    }
    return false;
  }

  /** Lets others join the first message, unless there is a batch already or the end has come. */
  private void linger() throws InterruptedException {
    FeedMessage first = waiting.element().messages.get(0);
    long left;
    while (first.isHeard()
        && !closed
        && length < batchSize
        && (left = lingerNanos - (System.nanoTime() - first.monoNanos())) > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
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
    long lost = 0;
    Chunk chunk;
    while ((chunk = waiting.poll()) != null) {
      if (waiting.isEmpty() && chunk.messages.get(0).kind() == Kind.CLOSED) {
        waiting.add(chunk);
        return lost;
      }
      lost += chunk.messages.stream().filter(FeedMessage::isHeard).count();
      length -= chunk.messages.size();
      lengthBytes -= chunk.weight;
    }
    return lost;
  }
}
