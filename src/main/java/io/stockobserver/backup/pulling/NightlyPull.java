package io.stockobserver.backup.pulling;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls every evening by Seoul's clock, at the start too, and again every so often while somebody
 * fails. Asked once a second by the route {@code pull-packages}; one thread.
 */
public final class NightlyPull {
  private static final Logger LOG = LoggerFactory.getLogger(NightlyPull.class);

  private final Puller puller;
  private final Supplier<List<PullServer>> servers;
  private final LocalTime at;
  private final Duration every;
  private final Consumer<PullReport> told;
  private @Nullable Instant next;

  /**
   * With this puller.
   *
   * @param every how long what failed is left alone
   * @param told of each pull that could begin
   */
  public NightlyPull(
      Puller puller,
      Supplier<List<PullServer>> servers,
      LocalTime at,
      Duration every,
      Consumer<PullReport> told) {
    this.puller = puller;
    this.servers = servers;
    this.at = at;
    this.every = every;
    this.told = told;
  }

  /** Pulls, if it is time to. */
  public void pullWhenDue(Instant now) {
    Instant due = next;
    boolean setBack = due != null && Duration.between(now, due).compareTo(Duration.ofDays(1)) > 0;
    if (due != null && now.isBefore(due) && !setBack) {
      return;
    }
    next = after(now, pull());
  }

  private boolean pull() {
    try {
      PullReport report = puller.pull(servers.get(), PullProgress.unseen());
      told.accept(report);
      return report.exit() == 0;
    } catch (PullException refused) {
      LOG.error("nothing is pulled: {}", refused.getMessage());
      return false;
    }
  }

  private Instant after(Instant now, boolean done) {
    ZonedDateTime seoul = now.atZone(TreeEvents.SEOUL);
    ZonedDateTime evening = seoul.with(at);
    Instant tonight = (evening.isAfter(seoul) ? evening : evening.plusDays(1)).toInstant();
    Instant again = now.plus(every);
    return done || tonight.isBefore(again) ? tonight : again;
  }
}
