package io.stockobserver.track;

import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * When the whole universe is looked at: every {@code every} of the window, both ends included, and
 * once more {@code closing} after the day's close. Pure.
 *
 * @param closing how long after the close the closing sweep is; zero for a market that never
 *     closes: it has none, and the window's end is the next day's first instant
 */
public record SweepGrid(Window window, Duration every, Duration closing) implements SweepTimes {
  /** The closing sweep is a minute after the close (design, section 8). */
  public static final Duration CLOSING = Duration.ofSeconds(60);

  public SweepGrid {
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a sweep every " + every + " is shorter than a second");
    }
  }

  /** For a market that never closes: the whole day, every {@code every}. */
  public static SweepGrid roundTheClock(Duration every) {
    return new SweepGrid(Window.parse("open..close"), every, Duration.ZERO);
  }

  @Override
  public List<Instant> instants(TradingDay day) {
    TreeSet<Instant> all = new TreeSet<>();
    if (day.open()) {
      Instant end = window.end(day);
      for (Instant at = window.start(day); at.isBefore(end); at = at.plus(every)) {
        all.add(at);
      }
      if (!closing.isZero()) {
        if (Duration.between(window.start(day), end).toMillis() % every.toMillis() == 0) {
          all.add(end);
        }
        // Always: the day's last prices come from it alone, also where the window goes on.
        all.add(day.closes().plus(closing));
      }
    }
    return List.copyOf(all);
  }

  /**
   * What a sweep at {@code at} stands for: until the next one, until the window ends, or, where it
   * has ended, as long as the closing sweep was waited for.
   */
  @Override
  public Instant until(TradingDay day, Instant at) {
    Instant end = window.end(day);
    return instants(day).stream()
        .filter(next -> next.isAfter(at))
        .findFirst()
        .orElse(end.isAfter(at) ? end : at.plus(closing));
  }
}
