package io.stockobserver.venue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests a venue takes: at most {@code calls} in every sliding {@code per}, as the venue
 * sees it. A permit comes back one {@code per} after its answer, so that no delay on the way can
 * bring two bursts together. Shared by all routes to one host; fair; thread-safe.
 */
public final class CallBudget {
  private static final Pattern RATE = Pattern.compile("(\\d{1,6})/(s|m)");

  private volatile int calls;
  private volatile long perNanos;
  private final LongSupplier nanos;
  private final Deque<Long> returns = new ArrayDeque<>();
  private final Deque<Object> queue = new ArrayDeque<>();
  private int out;
  private long waited;

  public CallBudget(int calls, Duration per, LongSupplier nanos) {
    if (calls < 1) {
      throw new IllegalArgumentException("a budget of " + calls + " calls allows none");
    }
    this.calls = calls;
    this.perNanos = per.toNanos();
    this.nanos = nanos;
  }

  /**
   * Reads {@code 18/s} or {@code 10/m}.
   *
   * @throws IllegalArgumentException naming what is allowed
   */
  public static CallBudget parse(String rate, LongSupplier nanos) {
    Matcher m = RATE.matcher(rate.trim());
    if (!m.matches() || Integer.parseInt(m.group(1)) < 1) {
      throw new IllegalArgumentException(
          "\"" + rate + "\" is no rate; write a number from 1 and /s or /m, such as 18/s");
    }
    Duration per = m.group(2).equals("s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
    return new CallBudget(Integer.parseInt(m.group(1)), per, nanos);
  }

  /**
   * Another rate holds from now on; permits that are out return as they would have.
   *
   * @throws IllegalArgumentException for what is no rate
   */
  public synchronized void rate(String rate) {
    CallBudget other = parse(rate, nanos);
    calls = other.calls;
    perNanos = other.perNanos;
    notifyAll();
  }

  /** Waits for a permit; each must be given back with {@link #answered()}. */
  public synchronized void acquire() throws InterruptedException {
    long began = nanos.getAsLong();
    Object me = new Object();
    queue.addLast(me);
    try {
      while (queue.peekFirst() != me || !take()) {
        long wait = returns.isEmpty() ? perNanos : returns.peekFirst() - nanos.getAsLong();
        wait(Math.max(1, Math.min(wait, perNanos) / 1_000_000));
      }
    } finally {
      queue.remove(me);
      notifyAll();
    }
    waited += nanos.getAsLong() - began;
  }

  /** Takes a permit if one is free now and nobody has waited for it longer. */
  public synchronized boolean tryAcquire() {
    return queue.isEmpty() && take();
  }

  private boolean take() {
    long now = nanos.getAsLong();
    while (!returns.isEmpty() && returns.peekFirst() - now <= 0) {
      returns.pollFirst();
    }
    if (out + returns.size() >= calls) {
      return false;
    }
    out++;
    return true;
  }

  /** The answer came, or none will: the permit returns one period from now. */
  public synchronized void answered() {
    out--;
    returns.addLast(nanos.getAsLong() + perNanos);
    notifyAll();
  }

  /** Permits that cannot be taken now. */
  public synchronized int inUse() {
    return out + returns.size();
  }

  public int calls() {
    return calls;
  }

  /** How long the callers have waited in all. */
  public synchronized Duration waited() {
    return Duration.ofNanos(waited);
  }

  /** The shortest time in which {@code n} calls can be made. */
  public Duration shortest(int n) {
    return Duration.ofNanos(perNanos * Math.max(0, (n - 1) / calls));
  }
}
