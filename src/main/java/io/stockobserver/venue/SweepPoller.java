package io.stockobserver.venue;

import io.stockobserver.market.TradingDay;
import io.stockobserver.track.SweepTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the whole universe when the grid says so: hands out one call after the other, takes the
 * answers, tries again what may succeed, and says on the tape when a sweep began, ended or never
 * was. Used by one route's thread; {@link #stop} and {@link #sweeping} by any.
 */
public final class SweepPoller {
  private static final int ATTEMPTS = 5;
  private static final int LOST_IN_A_ROW = 3;

  /** Sweeps are at least a second apart: ten days of them as they are, an hour of the densest. */
  private static final int REMEMBERED = 3600;

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

  private final String feed;
  private final Desk desk;
  private final SweepTimes grid;
  private final Quotes quotes;
  private final RandomGenerator jitter;
  private final LongSupplier nanos;
  private final Pause pause;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final NavigableSet<Instant> begun = new TreeSet<>();
  private Instant last;
  private volatile @Nullable Instant sweep;
  private @Nullable Pending current;
  private int lostInARow;
  private volatile boolean stopped;
  private int retries;
  private boolean givenUp;

  /** How time is let pass. */
  @FunctionalInterface
  interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  /** {@code before}: the call that goes before the instruments' own. */
  private record Pending(List<String> symbols, boolean before, int attempt, long notBeforeNanos) {}

  /**
   * A poller that has missed nothing yet.
   *
   * @param since sweeps before this instant are not expected
   */
  public SweepPoller(
      String feed,
      Desk desk,
      SweepTimes grid,
      Quotes quotes,
      Instant since,
      RandomGenerator jitter,
      LongSupplier nanos) {
    // A millisecond more, so that it is not too early by a fraction of one.
    this(
        feed,
        desk,
        grid,
        quotes,
        since,
        jitter,
        nanos,
        wait -> Thread.sleep(Duration.ofNanos(wait).toMillis() + 1));
  }

  SweepPoller(
      String feed,
      Desk desk,
      SweepTimes grid,
      Quotes quotes,
      Instant since,
      RandomGenerator jitter,
      LongSupplier nanos,
      Pause pause) {
    this.feed = feed;
    this.desk = desk;
    this.grid = grid;
    this.quotes = quotes;
    this.last = since.minusMillis(1);
    this.jitter = jitter;
    this.nanos = nanos;
    this.pause = pause;
  }

  /** No call is made any more: a sweep can take half an hour, and a session wants to end. */
  public void stop() {
    stopped = true;
  }

  /** Whether a sweep is going on; anybody may ask. */
  public boolean sweeping() {
    return sweep != null;
  }

  /** Whether there is a call to make now; begins and ends sweeps as it goes. */
  public boolean more() {
    if (stopped || (sweep == null && !begin())) {
      return false;
    }
    String waiting = quotes.waitingFor();
    boolean forGood = waiting.equals(FeedPolicy.SECRET_SEEN);
    if (pending.isEmpty() || forGood) {
      pending.clear();
      end(forGood ? waiting : givenUp ? "given-up" : "missing-row");
      return false;
    }
    return waiting.isEmpty();
  }

  /** The next call; waits while it is too early to try again. */
  public Call next() throws InterruptedException {
    Pending head = pending.removeFirst();
    long wait = head.notBeforeNanos() - nanos.getAsLong();
    if (wait > 0) {
      pause.nanos(wait);
    }
    current = head;
    Call before = head.before() ? quotes.callBefore(head.symbols()) : null;
    return before != null ? before : quotes.call(head.symbols());
  }

  /** Takes the answer to the last call. */
  public void take(Answer answer) {
    desk.hear(answer, answer.body());
    Pending asked = current;
    current = null;
    if (asked == null) {
      return;
    }
    switch (quotes.judge(answer)) {
      case DONE -> lostInARow = 0;
      case FAILED -> lost();
      case AGAIN -> again(asked);
      case SPLIT -> split(asked);
    }
  }

  /** Who spoils a call is found by asking in halves; alone, it is lost. */
  private void split(Pending asked) {
    int half = asked.symbols().size() / 2;
    if (half == 0) {
      lost();
      return;
    }
    lostInARow = 0;
    List<String> symbols = asked.symbols();
    // In front: what belongs to the same instruments must follow.
    pending.addFirst(part(symbols.subList(half, symbols.size()), asked.before()));
    pending.addFirst(part(symbols.subList(0, half), asked.before()));
  }

  private static Pending part(List<String> symbols, boolean before) {
    return new Pending(List.copyOf(symbols), before, 1, 0);
  }

  private void again(Pending asked) {
    if (asked.attempt() >= ATTEMPTS) {
      lost();
      return;
    }
    retries++;
    long base = SHORTEST_WAIT.toNanos() << (asked.attempt() - 1);
    long delay = base + jitter.nextLong(base);
    long notBefore = nanos.getAsLong() + delay;
    pending.addLast(new Pending(asked.symbols(), asked.before(), asked.attempt() + 1, notBefore));
  }

  /** One call is given up; after a few in a row the venue is not there, and the rest would wait. */
  private void lost() {
    lostInARow++;
    if (lostInARow >= LOST_IN_A_ROW) {
      givenUp |= !pending.isEmpty();
      pending.clear();
    }
  }

  private boolean begin() {
    TradingDay day = desk.today();
    Instant now = desk.now();
    if (now.isBefore(last)) {
      // The clock was set back: what comes again and was only passed over may still be swept.
      last = now;
    }
    Instant due = grid.due(day, last, now);
    if (due == null || begun.contains(due)) {
      return false;
    }
    List<String> universe = desk.universe();
    String waiting = universe.isEmpty() ? "no-universe" : quotes.waitingFor();
    for (Instant skipped : grid.between(day, last, due)) {
      if (begun.contains(skipped)) {
        continue;
      }
      note("sweep_missed", "at", skipped, "why", waiting.isEmpty() ? "late" : waiting);
      last = skipped;
    }
    if (!waiting.isEmpty()) {
      return false;
    }
    last = due;
    sweep = due;
    begun.add(due);
    if (begun.size() > REMEMBERED) {
      begun.pollFirst();
    }
    lostInARow = 0;
    retries = 0;
    givenUp = false;
    pending.clear();
    int size = quotes.symbolsPerCall();
    for (int i = 0; i < universe.size(); i += size) {
      List<String> part = universe.subList(i, Math.min(i + size, universe.size()));
      if (quotes.callBefore(part) != null) {
        pending.addLast(part(part, true));
      }
      pending.addLast(part(part, false));
    }
    note("sweep_begin", "at", due, "symbols", universe.size(), "calls", pending.size());
    return true;
  }

  /**
   * Ends the sweep.
   *
   * @param why there is no answer about whom it has none: asked for without one, or never asked for
   */
  private void end(String why) {
    Instant at = sweep;
    sweep = null;
    if (at != null) {
      note("sweep_end", "at", at, "why", why, "retries", retries);
    }
  }

  /** The same words in the same order, always. */
  private void note(String name, Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    desk.note(feed, name, fields);
  }
}
