package io.stockobserver.venue;

import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the whole universe over and over, so that triggers see every symbol: rankings first,
 * then call after call. A failed call is not repeated, the next round asks again. It yields to the
 * swing sweep, whose rows serve as well. Used by one route's thread; {@link #stop} and {@link
 * #cycle} by any.
 */
public final class CandidatePoller {
  /** What its calls are filed under on the tape, so that no row of theirs becomes a swing line. */
  public static final String FEED = "candidates";

  private final Desk desk;
  private final Quotes quotes;
  private final BooleanSupplier yields;
  private final Supplier<Window> scalp;
  private volatile Duration every;
  private final LongSupplier nanos;
  private List<Call> rankings = List.of();
  private List<List<String>> parts = List.of();
  private int at;
  private long beganNanos;
  private boolean begun;
  private volatile boolean stopped;
  private volatile @Nullable Duration cycle;

  /**
   * A poller that has looked at nothing yet.
   *
   * @param quotes how the venue is asked; its calls are filed under {@link #FEED}
   * @param yields whether somebody with priority is calling now
   * @param scalp candidates matter from the day's open until its end
   * @param every the shortest time from the start of one round to that of the next; zero for never
   */
  public CandidatePoller(
      Desk desk,
      Quotes quotes,
      BooleanSupplier yields,
      Supplier<Window> scalp,
      Duration every,
      LongSupplier nanos) {
    this.desk = desk;
    this.quotes = quotes;
    this.yields = yields;
    this.scalp = scalp;
    this.every = every;
    this.nanos = nanos;
  }

  /** From now on so often; zero for never. */
  public void every(Duration other) {
    every = other;
  }

  /** No call is made any more. */
  public void stop() {
    stopped = true;
  }

  /** How long the last whole round took, from its first call to its last answer; null before. */
  public @Nullable Duration cycle() {
    return cycle;
  }

  /** Whether there is a call to make now. */
  public boolean more() {
    if (stopped || every.isZero() || yields.getAsBoolean() || !quotes.waitingFor().isEmpty()) {
      return false;
    }
    if (at < rankings.size() + parts.size()) {
      return true;
    }
    return begin();
  }

  /** The next call. */
  public Call next() {
    int next = at++;
    return next < rankings.size()
        ? rankings.get(next)
        : quotes.call(parts.get(next - rankings.size()));
  }

  /** Takes the answer to the last call. */
  public void take(Answer answer) {
    desk.hear(answer, answer.body());
    quotes.judge(answer);
    if (at == rankings.size() + parts.size()) {
      cycle = Duration.ofNanos(nanos.getAsLong() - beganNanos);
    }
  }

  private boolean begin() {
    TradingDay day = desk.today();
    Instant now = desk.now();
    long nowNanos = nanos.getAsLong();
    boolean watched =
        day.open() && !now.isBefore(day.opens()) && now.isBefore(scalp.get().end(day));
    boolean early = begun && nowNanos - beganNanos < every.toNanos();
    List<String> universe = desk.universe();
    if (!watched || early || universe.isEmpty()) {
      return false;
    }
    List<List<String>> all = new ArrayList<>();
    int size = quotes.symbolsPerCall();
    for (int i = 0; i < universe.size(); i += size) {
      all.add(List.copyOf(universe.subList(i, Math.min(i + size, universe.size()))));
    }
    rankings = quotes.rankings();
    parts = all;
    at = 0;
    begun = true;
    beganNanos = nowNanos;
    return true;
  }
}
