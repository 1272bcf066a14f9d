package io.stockobserver.retention;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a provider's retention out once a day of the market, and looks at the disk once a minute.
 * A start after the hour catches up; a clock that jumps does it once. A route brings the beat, the
 * work is done by another thread.
 */
public final class RetentionRound {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionRound.class);
  private static final int MINUTE = 60;

  private final Retention retention;
  private final DurableEvents events;
  private final DoubleSupplier diskUsedPercent;
  private final LocalTime at;
  private final ZoneId zone;
  private final Clock clock;
  private final Executor worker;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable LocalDate done;
  private volatile @Nullable RetentionPlan last;
  private long beats;

  /**
   * Of one provider.
   *
   * @param at when, in the market's time
   * @param worker does the work
   */
  public RetentionRound(
      Retention retention,
      DurableEvents events,
      DoubleSupplier diskUsedPercent,
      LocalTime at,
      ZoneId zone,
      Clock clock,
      Executor worker) {
    this.retention = retention;
    this.events = events;
    this.diskUsedPercent = diskUsedPercent;
    this.at = at;
    this.zone = zone;
    this.clock = clock;
    this.worker = worker;
  }

  /** Has it done if it is due; returns at once. */
  public void forgetWhenDue() {
    ZonedDateTime now = clock.instant().atZone(zone);
    LocalDate today = now.toLocalDate();
    boolean due = !today.equals(done) && !now.toLocalTime().isBefore(at);
    boolean look = beats++ % MINUTE == 0;
    if ((due || look) && busy.compareAndSet(false, true)) {
      try {
        worker.execute(() -> work(due, today));
      } catch (RuntimeException ending) {
        busy.set(false); // the process ends: the next start does it
      }
    }
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
