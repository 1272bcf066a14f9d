package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was heard and is not yet through the route: filled by the event loop, which it never keeps
 * waiting, and emptied by the pump. At an eighth of its size or bytes the socket is to pause: what
 * TCP holds back burdens no collection of garbage. {@link #losePatience} lets it be read on, and
 * what does not fit then is given up, the newest first, and counted in its place, until there is
 * room under five eighths. Messages count until the route is done with them. Thread-safe.
 */
final class FeedQueue {
  /** How full it is, and what follows from that. */
  private enum Tide {
    LOW,
    /** The socket is not read: TCP holds the venue back. */
    PAUSED,
    /** The socket is read although the route does not keep up. */
    HIGH,
    /** It was full once: data is given up. One long hole instead of a thousand short ones. */
    OVER
  }

  /** In thirty-seconds of the whole. */
  private static final int PAUSE = 4;

  private static final int ROOM_AGAIN = 20;

  /** So many share the cost of an append well enough: no need to wait for more. */
  private static final int ENOUGH = 32;

  /** Object headers, array header and the queue's own slot: tiny messages take memory too. */
  private static final long OVERHEAD_BYTES = 64;

  private final int size;
  private final long bytes;
  private final int batchSize;
  private final int enough;
  private final long lingerNanos;
  private final Predicate<FeedMessage> spared;

  private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
  private int length;
  private long lengthBytes;
  private Tide tide = Tide.LOW;

  /** How full it was when the socket was last to pause. */
  private int pausedAt;

  private @Nullable Hole hole;
  private long shed;

  /** What was spared in this hole; one read may have filled the queue beyond its cap before. */
  private int spare;

  private long spareBytes;
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param linger how long a message may wait for others to travel with; an append to a file costs
   *     the same for one line as for fifty. With {@value #ENOUGH} it goes at once
   * @param spared what is kept where data is given up, while a sixteenth more has room for it;
   *     called under the lock, rarely
   */
  FeedQueue(int size, long bytes, int batchSize, Duration linger, Predicate<FeedMessage> spared) {
    this.size = size;
    this.bytes = bytes;
    this.batchSize = batchSize;
    this.enough = Math.min(batchSize, ENOUGH);
    this.lingerNanos = linger.toNanos();
    this.spared = spared;
  }

  /**
   * Messages of one connection that travel together, and the memory that they take: known from the
   * start, so that nobody has to touch each message again under the lock.
   *
   * @param hole what the only message stands for, counted until it is taken; null for messages
   */
  record Chunk(List<FeedMessage> messages, long weight, @Nullable Hole hole) {
    private boolean goesOnWith(Chunk next) {
      Kind last = messages.get(messages.size() - 1).kind();
      Kind first = next.messages.get(0).kind();
      return last != Kind.FAILED
          && first != Kind.FAILED
          && first != Kind.OPENED
          && hole == null
          && next.hole == null;
    }

    private Chunk told() {
      return hole == null ? this : new Chunk(List.of(hole.told()), weight, null);
    }
  }

  /**
   * Adds what happened to the connection, however full it is; a hole ends there. Once closed,
   * nothing is added.
   */
  synchronized void add(FeedMessage event) {
    hole = null;
    put(List.of(event), 0, null);
  }

  /**
   * Adds at most a batch of messages, in order, or gives them up. Once closed, nothing is added.
   */
  synchronized void add(List<FeedMessage> messages, long payloadBytes) {
    long weight = payloadBytes + OVERHEAD_BYTES * messages.size();
    boolean full = length + messages.size() > size || lengthBytes + weight > bytes;
    if (tide == Tide.HIGH && full) {
      tide = Tide.OVER;
    }
    if (tide == Tide.OVER) {
      shed(messages);
    } else {
      put(messages, payloadBytes, null);
    }
  }

  private void put(List<FeedMessage> messages, long payloadBytes, @Nullable Hole instead) {
    if (closed) {
      return;
    }
    Chunk chunk = new Chunk(messages, payloadBytes + OVERHEAD_BYTES * messages.size(), instead);
    waiting.add(chunk);
    length += messages.size();
    lengthBytes += chunk.weight;
    boolean worthWaking = waiting.size() == 1 || length >= enough;
    if (tide == Tide.LOW && fullness() >= PAUSE) {
      tide = Tide.PAUSED;
      pausedAt = fullness();
    }
    if (worthWaking) {
      notifyAll();
    }
  }

  /** Keeps what is spared, behind the place where the rest would have stood. */
  private void shed(List<FeedMessage> messages) {
    for (FeedMessage message : messages) {
      int held = message.payload().length;
      boolean room = spare < size / 16 && spareBytes + OVERHEAD_BYTES + held <= bytes / 16;
      if (room && spared.test(message)) {
        spare++;
        spareBytes += OVERHEAD_BYTES + held;
        put(List.of(message), held, null);
      } else if (!closed) {
        openHole().add(message);
        shed++;
      }
    }
  }

  private Hole openHole() {
    Hole open = hole;
    if (open == null) {
      open = new Hole();
      hole = open;
      put(List.of(open.told()), 0, open);
    }
    return open;
  }

  /** True while the socket is not to be read. */
  synchronized boolean isPaused() {
    return tide == Tide.PAUSED;
  }

  /** It was paused for long enough: from now on it is read on, and what does not fit is shed. */
  synchronized void losePatience() {
    if (tide == Tide.PAUSED) {
      tide = Tide.HIGH;
    }
  }

  /** Messages given up so far because it was full. */
  synchronized long shed() {
    return shed;
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
      return first.told();
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
    return new Chunk(batch, weight, null);
  }

  /** True if the chunk that waits next may follow {@code last} in the same batch. */
  private boolean fits(Chunk last, int batched, long weight) {
    Chunk next = waiting.peek();
    return next != null
        && batched + next.messages.size() <= batchSize
        && weight + next.weight <= bytes / 8
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
    // A pause ends soon, so that a slow route outlasts no patience; a hole is worth some room.
    if (tide != Tide.LOW && fullness() < (tide == Tide.OVER ? ROOM_AGAIN : pausedAt - 1)) {
      tide = Tide.LOW;
      hole = null;
      spare = 0;
      spareBytes = 0;
      return true;
    }
    return false;
  }

  /** Thirty-seconds that are taken. */
  private int fullness() {
    return (int) Math.max(32L * length / size, 32 * lengthBytes / bytes);
  }

  /** Lets others join the first message, unless there are enough or the end has come. */
  private void linger() throws InterruptedException {
    FeedMessage first = waiting.element().messages.get(0);
    long left;
    while (first.isHeard()
        && !closed
        && length < enough
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
   * Gives up what waits, except the closing that ends it; one message tells of it.
   *
   * @return the messages of the venue among what was given up
   */
  synchronized long abandon() {
    Hole left = new Hole();
    long before = 0;
    Chunk closing = null;
    Chunk chunk;
    while ((chunk = waiting.poll()) != null) {
      if (waiting.isEmpty() && chunk.messages.get(0).kind() == Kind.CLOSED) {
        closing = chunk;
        break;
      }
      length -= chunk.messages.size();
      lengthBytes -= chunk.weight;
      if (chunk.hole != null) {
        before += chunk.hole.frames();
        left.add(chunk.hole.told().shed());
      }
      chunk.messages.stream().filter(FeedMessage::isHeard).forEach(left::add);
    }
    if (left.frames() > 0) {
      left.stopped();
      length++;
      lengthBytes += OVERHEAD_BYTES;
      waiting.add(new Chunk(List.of(left.told()), OVERHEAD_BYTES, null));
    }
    if (closing != null) {
      waiting.add(closing);
    }
    return left.frames() - before;
  }

  /** Takes out all that was not taken in time, for the feed's next start to tell. */
  synchronized List<FeedMessage> rest() {
    List<FeedMessage> rest = new ArrayList<>();
    Chunk chunk;
    while ((chunk = waiting.poll()) != null) {
      rest.addAll(chunk.told().messages);
    }
    return rest;
  }
}
