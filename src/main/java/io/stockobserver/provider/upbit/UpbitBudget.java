package io.stockobserver.provider.upbit;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.CallBudget;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How often Upbit may be asked (Upbit sheet 2.8): a limit for each group of calls, what the answers
 * say is left of the second, a growing pause after 429, and silence after 418. Shared by all
 * routes; thread-safe.
 */
public final class UpbitBudget {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int LONGEST_PAUSE_SECONDS = 60;

  /** So often it is seen that the wait is over. */
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

  private final LongSupplier nanos;
  private final Pause pause;
  private final UpbitBlock block;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private volatile boolean closed;
  private long refusals;

  /** How time is let pass. */
  @FunctionalInterface
  interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  private static final class Group {
    private final CallBudget calls;
    private long spentUntil;
    private long pausedUntil;
    private int refusedInARow;

    private Group(CallBudget calls, long now) {
      this.calls = calls;
      this.spentUntil = now;
      this.pausedUntil = now;
    }
  }

  /**
   * A budget that nothing was spent of.
   *
   * @param rate of each group, such as {@code 10/s}
   * @throws IllegalArgumentException for what is no rate
   */
  public UpbitBudget(String rate, UpbitBlock block, LongSupplier nanos) {
    this(rate, block, nanos, wait -> Thread.sleep(1 + Duration.ofNanos(wait).toMillis()));
  }

  UpbitBudget(String rate, UpbitBlock block, LongSupplier nanos, Pause pause) {
    this.nanos = nanos;
    this.block = block;
    this.pause = pause;
    for (UpbitEndpoint endpoint : UpbitEndpoint.values()) {
      groups.computeIfAbsent(
          endpoint.group(), g -> new Group(CallBudget.parse(rate, nanos), nanos.getAsLong()));
    }
  }

  /**
   * Another rate of each group holds from now on.
   *
   * @throws IllegalArgumentException for what is no rate
   */
  public void rate(String rate) {
    groups.values().forEach(group -> group.calls.rate(rate));
  }

  /**
   * Waits until this call may be made; each must be told of with {@link #answered}.
   *
   * @throws CancellationException when the session ends meanwhile
   */
  public void acquire(Call call) throws InterruptedException {
    Group group = group(call);
    while (true) {
      for (long wait = wait(group); wait > 0; wait = wait(group)) {
        if (closed) {
          throw new CancellationException("the session ends while Upbit is not to be asked");
        }
        pause.nanos(Math.min(wait, LOOK_NANOS));
      }
      group.calls.acquire();
      if (wait(group) <= 0) {
        return;
      }
      group.calls.answered();
    }
  }

  /**
   * Takes note of how a call ended.
   *
   * @param outcome an {@link Answer}; anything else where there was none
   */
  public void answered(Call call, @Nullable Object outcome) {
    Group group = group(call);
    if (outcome instanceof Answer answer) {
      note(group, answer);
    }
    group.calls.answered();
  }

  private synchronized void note(Group group, Answer answer) {
    UpbitRemaining remaining = UpbitRemaining.of(answer.header("remaining-req"));
    if (remaining != null && remaining.inThisSecond() == 0) {
      Group spent = groups.getOrDefault(remaining.group(), group);
      // Ours are in no sliding second more than allowed. Where they do not explain it, somebody
      // else asks from this address: where that second ends we do not know, a whole one later it
      // has.
      if (spent.calls.inUse() < spent.calls.calls()) {
        spent.spentUntil = later(SECOND);
      }
    }
    switch (answer.status()) {
      case 429 -> {
        refusals++;
        if (group.pausedUntil - nanos.getAsLong() <= 0) {
          int seconds = 1 << Math.min(group.refusedInARow++, 6);
          group.pausedUntil = later(Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE_SECONDS)));
        }
      }
      case 418 -> {
        refusals++;
        block.refused(retryAfter(answer.header("retry-after")));
      }
      case 0 -> {}
      default -> {
        if (answer.status() < 500) {
          group.refusedInARow = 0;
          block.served();
        }
      }
    }
  }

  private long later(Duration by) {
    return nanos.getAsLong() + by.toNanos();
  }

  /** Whole seconds; a date, or nonsense, is as if nothing had been named. */
  private static Duration retryAfter(String header) {
    return header.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : Duration.ZERO;
  }

  /** How long this group must wait, apart from its rate; 0 or less when it need not. */
  private synchronized long wait(Group group) {
    long now = nanos.getAsLong();
    long own = Math.max(group.spentUntil - now, group.pausedUntil - now);
    return Math.max(own, block.remaining().toNanos());
  }

  /** Why nothing should be begun now: {@code blocked}, {@code rate-limited}; empty when it may. */
  public synchronized String waitingFor() {
    if (!block.remaining().isZero()) {
      return "blocked";
    }
    long now = nanos.getAsLong();
    return groups.values().stream().anyMatch(group -> group.pausedUntil - now > 0)
        ? "rate-limited"
        : "";
  }

  /** The session ends: nobody waits any more. */
  public void close() {
    closed = true;
  }

  private Group group(Call call) {
    UpbitEndpoint endpoint = UpbitEndpoint.of(call.tapeText());
    Group group = groups.get(endpoint == null ? "" : endpoint.group());
    if (group == null) {
      throw new IllegalArgumentException("no limit is known for " + call);
    }
    return group;
  }

  /** Calls a second of all groups together. */
  public int calls() {
    return (int) sum(group -> group.calls.calls());
  }

  /** Permits that cannot be taken now. */
  public int inUse() {
    return (int) sum(group -> group.calls.inUse());
  }

  /** How long the callers have waited for the rate in all. */
  public Duration waited() {
    return Duration.ofNanos(sum(group -> group.calls.waited().toNanos()));
  }

  /** How often we were refused for asking too much. */
  public synchronized long refusals() {
    return refusals;
  }

  private long sum(ToLongFunction<Group> figure) {
    return groups.values().stream().mapToLong(figure).sum();
  }
}
