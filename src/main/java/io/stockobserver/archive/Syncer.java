package io.stockobserver.archive;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one daemon thread that forces what was written, every {@code archive.sync} of real time. A
 * round that fails does not end it.
 */
final class Syncer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Syncer.class);

  private final Runnable round;
  private final Duration every;
  private final Thread thread;
  private boolean stopped;

  Syncer(String name, Duration every, Runnable round) {
    this.every = every;
    this.round = round;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (waitForNext()) {
      try {
        round.run();
      } catch (RuntimeException told) {
        LOG.error("forcing to disk failed, goes on: {}", told.toString(), told);
      }
    }
  }

  private synchronized boolean waitForNext() {
    long until = System.nanoTime() + every.toNanos();
    try {
      for (long left = every.toNanos(); !stopped && left > 0; left = until - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException asked) {
      stopped = true; // nobody of ours interrupts it; whoever does wants it to end
    }
    return !stopped;
  }

  /** Stops and waits for a round that runs. */
  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
