package io.stockobserver.health;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How long one kind of thing takes: the longest since each reader last asked. What is still under
 * way counts with its age, so that something stuck does not look quick. Thread-safe, and never
 * keeps anybody waiting.
 */
public final class Waits {
  private final LongSupplier nanos;
  private final Set<Wait> underWay = ConcurrentHashMap.newKeySet();
  private final List<Reader> readers = new CopyOnWriteArrayList<>();

  /**
   * Nothing under way.
   *
   * @param nanos a monotonic clock, such as {@link System#nanoTime()}
   */
  public Waits(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Something begins now. */
  public Wait begin() {
    return begin(nanos.getAsLong());
  }

  /** Something has been under way since this reading of the monotonic clock. */
  public Wait begin(long sinceNanos) {
    Wait wait = new Wait(sinceNanos);
    underWay.add(wait);
    return wait;
  }

  /** Somebody who asks now and then, whatever others ask. */
  public Reader reader() {
    Reader reader = new Reader();
    readers.add(reader);
    return reader;
  }

  /** One thing under way; it ends once. */
  public final class Wait implements AutoCloseable {
    private final long sinceNanos;

    private Wait(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }

    /** It has ended. */
    @Override
    public void close() {
      long took = nanos.getAsLong() - sinceNanos;
      for (Reader reader : readers) {
        reader.longest.accumulateAndGet(took, Math::max);
      }
      underWay.remove(this);
    }
  }

  /** What one asker has not been told yet. */
  public final class Reader {
    private final AtomicLong longest = new AtomicLong();

    private Reader() {}

    /** The longest that ended since the last call, or that is under way; zero for none. */
    public Duration take() {
      long worst = longest.getAndSet(0);
      long now = nanos.getAsLong();
      for (Wait wait : underWay) {
        worst = Math.max(worst, now - wait.sinceNanos);
      }
      return Duration.ofNanos(worst);
    }
  }
}
