package io.stockobserver.recorder;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * An answer for people that is looked up under the recorder's lock; while that is held, as it is
 * while the disk takes nothing, what it was before. Thread-safe.
 */
final class LastKnown<T> {
  private static final long PATIENCE_MILLIS = 100;

  private final ReentrantLock lock;
  private final Supplier<T> look;
  private volatile T last;

  /**
   * Asks nothing yet.
   *
   * @param first what is known before anybody has asked
   */
  LastKnown(ReentrantLock lock, Supplier<T> look, T first) {
    this.lock = lock;
    this.look = look;
    this.last = first;
  }

  /** Waits for a tenth of a second at most. */
  T get() {
    try {
      if (lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          last = look.get();
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return last;
  }
}
