package io.stockobserver.provider.upbit;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The venue refuses us altogether for a while (418, Upbit sheet 2.8): whoever goes on is refused
 * for longer. Shared by calls and handshakes. Thread-safe.
 */
public final class UpbitBlock {
  private static final Logger LOG = LoggerFactory.getLogger(UpbitBlock.class);
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final LongSupplier nanos;
  private int inARow;
  private boolean blocked;
  private long untilNanos;

  public UpbitBlock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * We were refused: nothing is said for as long as the venue names or, where it names nothing, for
   * 30 s, and twice that each time again, 10 min at most.
   *
   * @param named zero where the venue named nothing
   */
  synchronized void refused(Duration named) {
    if (blocked()) {
      return; // what was under way when it began
    }
    inARow++;
    long doubled = FIRST.toSeconds() << Math.min(inARow - 1, 10);
    Duration wait = named.isZero() ? Duration.ofSeconds(doubled) : named;
    wait = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    blocked = true;
    untilNanos = nanos.getAsLong() + wait.toNanos();
    LOG.error(
        "Upbit blocks us for asking too much (418, {} in a row): nothing is asked for {} s; is"
            + " somebody else asking from this address?",
        inARow,
        wait.toSeconds());
  }

  /** We were served: the next refusal is a first one again. */
  synchronized void served() {
    if (!blocked()) {
      inARow = 0;
    }
  }

  /** How long nothing may be said; zero when it may. */
  synchronized Duration remaining() {
    return blocked() ? Duration.ofNanos(untilNanos - nanos.getAsLong()) : Duration.ZERO;
  }

  private boolean blocked() {
    blocked = blocked && untilNanos - nanos.getAsLong() > 0;
    return blocked;
  }
}
