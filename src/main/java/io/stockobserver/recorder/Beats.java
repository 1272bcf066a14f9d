package io.stockobserver.recorder;

import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;

/**
 * What is due by the market's clock: samples, plans, the turn of the day. Routes bring the beat,
 * this decides. Thread-safe.
 */
public final class Beats {
  /** Slots are planned this long before the window, so that they are filled when it opens. */
  private static final Duration LEAD = Duration.ofMinutes(10);

  private final Recorder recorder;
  private final Function<LocalDate, TradingDay> calendar;
  private final Window scalpWindow;
  private final Pulse pulse;

  /**
   * Beats of one recorder.
   *
   * @param pulse asked first, always: what is decided here is decided by the clock
   */
  public Beats(
      Recorder recorder,
      Function<LocalDate, TradingDay> calendar,
      Window scalpWindow,
      Pulse pulse) {
    this.recorder = recorder;
    this.pulse = pulse;
    this.calendar = calendar;
    this.scalpWindow = scalpWindow;
  }

  /** A sample tick of the base grid, inside the window only. */
  public void sample(Instant grid) {
    if (recorder.today().roundTheClock()) {
      // The first instant of a day belongs to it, whichever route's beat comes first.
      turnWhenDue();
    }
    pulse.beat();
    if (scalpWindow.contains(recorder.today(), grid)) {
      recorder.sample(grid);
    }
  }

  /** A plan tick, while there is something to plan for. */
  public void plan() {
    pulse.beat();
    TradingDay today = recorder.today();
    Instant now = recorder.now();
    boolean soon =
        today.open()
            && !now.isBefore(scalpWindow.start(today).minus(LEAD))
            && now.isBefore(scalpWindow.end(today));
    if (soon && !recorder.universe().isEmpty()) {
      recorder.note("plan", Notes.PLAN, Map.of());
    }
  }

  /** Turns the day at midnight, and when the calendar learns better. */
  public synchronized void turnWhenDue() {
    pulse.beat();
    TradingDay had = recorder.today();
    LocalDate date = recorder.now().atZone(had.zone()).toLocalDate();
    TradingDay is = calendar.apply(date);
    if (!is.date().equals(had.date())
        || is.open() != had.open()
        || !is.opens().equals(had.opens())
        || !is.closes().equals(had.closes())) {
      recorder.turn(is);
      if (!is.date().equals(had.date())) {
        // A clock that was set back returns to a day that has its universe already.
        recorder.useFrozenUniverse();
      }
    }
  }

  /** Today as file names have it: {@code YYYYMMDD}. */
  public String dayWord() {
    return recorder.today().date().format(DateTimeFormatter.BASIC_ISO_DATE);
  }
}
