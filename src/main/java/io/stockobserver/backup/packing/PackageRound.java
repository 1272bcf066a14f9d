package io.stockobserver.backup.packing;

import io.stockobserver.backup.packing.PackageRefused.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which package of a provider is due by the market's clock: today's in the evening, and of every
 * day before a complete one. It asks the shelf and remembers nothing that counts, so a start
 * catches up what was missed, and a jump of the clock makes each once. A route brings the beat; the
 * work is done by another thread.
 */
public final class PackageRound {
  private static final Logger LOG = LoggerFactory.getLogger(PackageRound.class);

  /** How often is looked; the instants themselves are never missed. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  private static final Duration FIRST_RETRY = Duration.ofMinutes(5);
  private static final Duration LAST_RETRY = Duration.ofHours(1);

  /** How long an ended day may take to be sealed before it is a failure. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private static final Duration LATE = Duration.ofMinutes(1);

  private final Packager packager;
  private final LocalTime at;
  private final Duration finalAfter;
  private final InstantSource clock;
  private final Executor worker;
  private final Packager.Progress pace;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Map<LocalDate, List<String>> done = new HashMap<>();
  private final Map<LocalDate, Retry> retries = new HashMap<>();
  private Instant looked = Instant.MIN;

  /** When this process looked first. */
  private volatile Instant began = Instant.MIN;

  /** The newest day on which a look left no ended day behind that only waits for its seal. */
  private volatile LocalDate caughtUp = LocalDate.MIN;

  private boolean waits;

  private record Retry(Instant at, Duration after) {}

  /**
   * Of one provider.
   *
   * @param at when today's package is made, in the market's time
   * @param finalAfter how long after its end a day's complete one is made
   * @param worker does the work
   * @param pace is told how far it is, and may make it wait
   */
  public PackageRound(
      Packager packager,
      LocalTime at,
      Duration finalAfter,
      InstantSource clock,
      Executor worker,
      Packager.Progress pace) {
    this.packager = packager;
    this.at = at;
    this.finalAfter = finalAfter;
    this.clock = clock;
    this.worker = worker;
    this.pace = pace;
  }

  /** Has what is due made; returns at once. */
  public void makeWhenDue() {
    Instant now = clock.instant();
    if (!isTimeToLook(now) || !busy.compareAndSet(false, true)) {
      return;
    }
    began = looked.equals(Instant.MIN) ? now : began;
    looked = now;
    try {
      worker.execute(
          () -> {
            try {
              make(now);
            } finally {
              busy.set(false);
            }
          });
    } catch (RuntimeException ending) {
      busy.set(false); // the process ends: the next start makes it
    }
  }

  private boolean isTimeToLook(Instant now) {
    if (now.isBefore(looked) || !now.isBefore(later(looked))) {
      return true;
    }
    LocalDate today = now.atZone(packager.zone()).toLocalDate();
    return isBetween(evening(today), now) || isBetween(ended(today.minusDays(1)), now);
  }

  private static Instant later(Instant looked) {
    return looked.equals(Instant.MIN) ? looked : looked.plus(LOOK);
  }

  private boolean isBetween(Instant due, Instant now) {
    return looked.isBefore(due) && !now.isBefore(due);
  }

  private Instant evening(LocalDate day) {
    return day.atTime(at).atZone(packager.zone()).toInstant();
  }

  private Instant ended(LocalDate day) {
    return day.plusDays(1).atStartOfDay(packager.zone()).toInstant().plus(finalAfter);
  }

  /**
   * Whether every ended day was looked at on this day of the market or later, and each that can
   * have its package has it. A day whose package failed holds up nobody.
   */
  public boolean isCaughtUp(LocalDate today) {
    return !caughtUp.isBefore(today);
  }

  private void make(Instant now) {
    LocalDate today = now.atZone(packager.zone()).toLocalDate();
    waits = false;
    try {
      for (LocalDate day : packager.days().headSet(today, false)) {
        if (!now.isBefore(ended(day)) && isToBeTried(day, now)) {
          tryOne(day, now, () -> end(day, now));
        }
      }
      if (!now.isBefore(evening(today)) && isToBeTried(today, now)) {
        tryOne(today, now, () -> tonight(today, now));
      }
      caughtUp = waits ? caughtUp : today;
    } catch (IOException e) {
      LOG.warn("packages of {} cannot be looked at: {}", packager.provider(), e.toString());
    }
  }

  /** Something that may be refused. */
  private interface Work {
    void run() throws IOException, PackageRefused;
  }

  private boolean isToBeTried(LocalDate day, Instant now) {
    Retry retry = retries.get(day);
    // A clock that was set back by far does not make a day wait for what it showed.
    return retry == null
        || !now.isBefore(retry.at())
        || Duration.between(now, retry.at()).compareTo(LAST_RETRY) > 0;
  }

  private void tryOne(LocalDate day, Instant now, Work work) {
    try {
      work.run();
      retries.remove(day);
    } catch (PackageRefused refused) {
      if (refused.reason() != Reason.NOTHING && refused.reason() != Reason.STOPPED) {
        LOG.error("{} {}: {}", packager.provider(), day, refused.getMessage());
      }
      again(day, now);
    } catch (IOException | RuntimeException e) {
      LOG.error("{} {} is not packaged", packager.provider(), day, e);
      again(day, now);
    }
  }

  private void again(LocalDate day, Instant now) {
    Retry before = retries.get(day);
    Duration after =
        before == null || before.after().compareTo(LAST_RETRY) >= 0
            ? before == null ? FIRST_RETRY : LAST_RETRY
            : before.after().multipliedBy(2);
    retries.put(day, new Retry(now.plus(after), after));
  }

  private void tonight(LocalDate today, Instant now) throws IOException, PackageRefused {
    if (!packager.isBegun(today)) {
      make(today, evening(today), now);
    }
  }

  private void end(LocalDate day, Instant now) throws IOException, PackageRefused {
    List<String> evidence = packager.manifests(day);
    if (evidence.equals(done.get(day))) {
      return;
    }
    if (!packager.isDone(day)) {
      List<String> open = packager.open(day);
      if (!open.isEmpty()) {
        // After a start the day before is sealed first: that is no failure of its package.
        Instant since = began.isAfter(ended(day)) ? began : ended(day);
        if (!now.isBefore(since.plus(PATIENCE))) {
          packager.failed(day, "not_complete", open.get(0));
        } else {
          waits = true;
        }
        return; // sealing goes on; looked at again soon
      }
      make(day, ended(day), now);
    }
    done.put(day, evidence);
  }

  private void make(LocalDate day, @Nullable Instant due, Instant now) throws PackageRefused {
    Duration late = due == null ? Duration.ZERO : Duration.between(due, now);
    if (late.compareTo(LATE) > 0) {
      LOG.info("the package of {} {} was due at {} and is made now", packager.provider(), day, due);
    }
    Packaged made = packager.make(day, due, pace);
    LOG.info(
        "{}: {} files, {} bytes as {}{}",
        made.id(),
        made.files(),
        made.bytes(),
        made.storedBytes(),
        made.complete() ? ", complete" : "; not complete: " + made.open().get(0));
  }
}
