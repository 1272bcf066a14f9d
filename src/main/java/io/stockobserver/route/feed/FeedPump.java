package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The one thread that takes a feed's batches through its route, one at a time and as soon as it is
 * free. It ends when its queue is closed and empty, or when it is told to give up.
 */
final class FeedPump {
  private final String feed;
  private final FeedQueue queue;
  private final Consumer<FeedBatch> route;
  private final Runnable roomAgain;
  private final Thread thread;
  private volatile boolean givenUp;
  private long connection;

  /**
   * A pump that has not begun.
   *
   * @param route takes a batch and throws nothing
   * @param roomAgain called when the queue has emptied enough for the socket to be read again
   */
  FeedPump(String feed, FeedQueue queue, Consumer<FeedBatch> route, Runnable roomAgain) {
    this.feed = feed;
    this.queue = queue;
    this.route = route;
    this.roomAgain = roomAgain;
    this.thread = new Thread(this::run, "feed-" + feed);
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /** Waits for the end; true if it came in time. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    thread.join(Math.max(1, atMost.toMillis()));
    return !thread.isAlive();
  }

  /**
   * Lets the batch in hand end and takes no other. Does not interrupt: a file may be half written.
   */
  void giveUp() {
    givenUp = true;
  }

  private void run() {
    try {
      FeedQueue.Chunk taken;
      while (!givenUp && (taken = queue.take()) != null) {
        FeedMessage first = taken.messages().get(0);
        if (first.isEvent()) {
          connection = first.event().connection();
        }
        route.accept(new FeedBatch(feed, connection, taken.messages()));
        if (queue.done(taken)) {
          roomAgain.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
