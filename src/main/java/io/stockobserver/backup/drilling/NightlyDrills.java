package io.stockobserver.backup.drilling;

import io.stockobserver.backup.pulling.TreeEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drills a backup every night by Seoul's clock, and at the start. Asked once a second by the route
 * {@code drill-backup}; one thread.
 */
public final class NightlyDrills {
  private static final Logger LOG = LoggerFactory.getLogger(NightlyDrills.class);

  /** A pull may have the backup at this moment. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final DrillRound round;
  private final LocalTime at;
  private @Nullable Instant next;

  public NightlyDrills(DrillRound round, LocalTime at) {
    this.round = round;
    this.at = at;
  }

  /** Drills, if it is time to. */
  public void drillWhenDue(Instant now) {
    Instant due = next;
    boolean setBack = due != null && Duration.between(now, due).compareTo(Duration.ofDays(1)) > 0;
    if (due != null && now.isBefore(due) && !setBack) {
      return;
    }
    next = drill() ? tonight(now) : now.plus(AGAIN);
  }

  private boolean drill() {
    try {
      round.run(round.tasks(id -> true), bytes -> {}, NightlyDrills::log);
      return true;
    } catch (IOException later) {
      LOG.warn("the drill is tried again in a minute: {}", later.getMessage());
      return false;
    }
  }

  private static void log(Drilled drilled) {
    if (drilled.ok()) {
      LOG.info("{}: {} files read back", drilled.id(), drilled.files().size());
    }
    drilled.damage().forEach(damage -> LOG.error("{}: {}", drilled.id(), damage.words()));
  }

  private Instant tonight(Instant now) {
    ZonedDateTime seoul = now.atZone(TreeEvents.SEOUL);
    ZonedDateTime tonight = seoul.with(at);
    return (tonight.isAfter(seoul) ? tonight : tonight.plusDays(1)).toInstant();
  }
}
