package io.stockobserver.retention;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a provider's retention out once a day of the market, and looks at the disk once a minute.
 * A start after the hour catches up, behind the packages of the days that were missed; a clock that
 * jumps does it once. A route brings the beat, the work is done by another thread.
 */
public final class RetentionRound {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionRound.class);
  private static final int MINUTE = 60;

  /** How long packages are waited for: then what is not packaged is told. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Retention retention;
  private final DurableEvents events;
  private final DoubleSupplier diskUsedPercent;
  private final Predicate<LocalDate> packaged;
  private final LocalTime at;
  private final ZoneId zone;
  private final Clock clock;
  private final Executor worker;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable LocalDate done;
  private @Nullable Instant waiting;
  private volatile @Nullable RetentionPlan last;
  private long beats;

  /**
   * Of one provider.
   *
   * @param packaged whether the packages of ended days are caught up with on a day of the market
   * @param at when, in the market's time
   * @param worker does the work
   */
  public RetentionRound(
      Retention retention,
      DurableEvents events,
      DoubleSupplier diskUsedPercent,
      Predicate<LocalDate> packaged,
      LocalTime at,
      ZoneId zone,
      Clock clock,
      Executor worker) {
    this.retention = retention;
    this.events = events;
    this.diskUsedPercent = diskUsedPercent;
    this.packaged = packaged;
    this.at = at;
    this.zone = zone;
    this.clock = clock;
    this.worker = worker;
  }

  /** Has it done if it is due; returns at once. */
  public void forgetWhenDue() {
    ZonedDateTime now = clock.instant().atZone(zone);
    LocalDate today = now.toLocalDate();
    boolean open = !today.equals(done) && !now.toLocalTime().isBefore(at);
    waiting = open ? waiting : null;
    boolean due = open && isItsTurn(today, now.toInstant());
    boolean look = beats++ % MINUTE == 0;
    if ((due || look) && busy.compareAndSet(false, true)) {
      try {
        worker.execute(() -> work(due, today));
      } catch (RuntimeException ending) {
        busy.set(false); // the process ends: the next start does it
      }
    }
  }

  /** Behind the packages; a day that has none for an hour is refused, and told. */
  private boolean isItsTurn(LocalDate today, Instant now) {
    Instant since = waiting == null || now.isBefore(waiting) ? now : waiting;
    waiting = since;
    return packaged.test(today) || !now.isBefore(since.plus(PATIENCE));
  }

  /** What the last round of this process decided; null before the first. */
  public @Nullable RetentionPlan last() {
    return last;
  }

  private void work(boolean due, LocalDate today) {
    try {
      if (due) {
        RetentionPlan plan = retention.carryOut(events, diskUsedPercent.getAsDouble());
        last = plan;
        log(plan);
        done = today;
      } else {
        retention.look(events, diskUsedPercent.getAsDouble());
      }
    } catch (IOException | RuntimeException later) {
      LOG.error("retention is tried again: {}", later.toString());
    } finally {
      busy.set(false);
    }
  }

  private static void log(RetentionPlan plan) {
    for (RetentionPlan.Planned day : plan.days()) {
      if (day.verdict().act() != Verdict.Act.KEEP) {
        LOG.info(
            "{} {}: {} {}, {}",
            plan.provider(),
            day.facts().day(),
            day.verdict().act(),
            day.verdict().reason(),
            day.verdict().detail());
      }
    }
  }
}
