package io.stockobserver.recorder;

import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import io.stockobserver.track.TickGrid;
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
public final class Beats implements TickGrid {
  /** Slots are planned this long before the window, so that they are filled when it opens. */
  private static final Duration LEAD = Duration.ofMinutes(10);

  private final Recorder recorder;
  private final Function<LocalDate, TradingDay> calendar;
  private final Pulse pulse;

  /**
   * Beats of one recorder.
   *
   * @param pulse asked first, always: what is decided here is decided by the clock
   */
  public Beats(Recorder recorder, Function<LocalDate, TradingDay> calendar, Pulse pulse) {
    this.recorder = recorder;
    this.pulse = pulse;
    this.calendar = calendar;
  }

  /** The sample grid, which a route ticks by. */
  @Override
  public Instant after(Instant at) {
    return recorder.samples().after(at);
  }

  /** A sample tick of the base grid, inside the window only. */
  public void sample(Instant grid) {
    if (recorder.today().roundTheClock()) {
      // The first instant of a day belongs to it, whichever route's beat comes first.
      turnWhenDue();
    }
    pulse.beat();
    if (recorder.samplesAt(grid)) {
      recorder.sample(grid);
    }
  }

  /** A plan tick, while there is something to plan for. */
  public void plan() {
    pulse.beat();
    TradingDay today = recorder.today();
    Instant now = recorder.now();
    Window scalp = recorder.rules().scalpWindow();
    boolean soon =
        today.open()
            && !now.isBefore(scalp.start(today).minus(LEAD))
            && now.isBefore(scalp.end(today));
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
      recorder.session().turn(is);
      if (!is.date().equals(had.date())) {
        // A clock that was set back returns to a day that has its universe already.
        recorder.session().useFrozenUniverse();
      }
    }
  }

  /** Today as file names have it: {@code YYYYMMDD}. */
  public String dayWord() {
    return recorder.today().date().format(DateTimeFormatter.BASIC_ISO_DATE);
  }
}
