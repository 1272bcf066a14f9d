package io.stockobserver.retention;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.evidence.Event;
import io.stockobserver.retention.RawFiles.Raw;
import io.stockobserver.retention.RetentionPlan.Planned;
import io.stockobserver.retention.Verdict.Act;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Forgets what may be forgotten of one provider's days. To plan needs nothing; to carry a plan out
 * needs the archive's lock. One carrying out at a time; a crash in it loses nothing, the next one
 * goes on.
 */
public final class Retention {
  private final Path root;
  private final String provider;
  private final ZoneId zone;
  private final RetentionSettings settings;
  private final RetentionPolicy policy;
  private final Disk disk;
  private final Clock clock;

  /**
   * Over one provider's part of an archive.
   *
   * @param zone the market's: days are its days
   */
  public Retention(
      Path root, String provider, ZoneId zone, RetentionSettings settings, Disk disk, Clock clock) {
    this.root = root;
    this.provider = provider;
    this.zone = zone;
    this.settings = settings;
    this.policy = new RetentionPolicy(settings);
    this.disk = disk;
    this.clock = clock;
  }

  /**
   * What would be done now; changes nothing and takes no lock.
   *
   * @throws IOException when the archive cannot be read
   */
  public RetentionPlan plan() throws IOException {
    Round round = new Round();
    return round.plan(round.clockTrouble);
  }

  /**
   * Does what the plan of this moment says, and tells it.
   *
   * @param diskUsedPercent of the archive's disk
   * @return the plan, with what was found out while it was carried out
   * @throws IOException when the disk fails; what is not done then is done the next time
   */
  public RetentionPlan carryOut(DurableEvents events, double diskUsedPercent) throws IOException {
    Round round = new Round();
    return round.carryOut(events, diskUsedPercent, round.clockTrouble);
  }

  /**
   * The same for who has written events meanwhile: what the clock looked like before them counts.
   *
   * @param clockTrouble as {@link #clockTrouble} told; empty to believe the clock
   */
  public RetentionPlan carryOut(
      DurableEvents events, double diskUsedPercent, Optional<String> clockTrouble)
      throws IOException {
    return new Round().carryOut(events, diskUsedPercent, clockTrouble);
  }

  /** Why the clock is not believed now; empty when it is. */
  public Optional<String> clockTrouble() throws IOException {
    return new Round().clockTrouble;
  }

  /** Tells of a disk that is too full, once a day, and does nothing else. */
  public void look(DurableEvents events, double diskUsedPercent) throws IOException {
    if (diskUsedPercent > settings.diskPercent()) {
      new Round().alarm(diskUsedPercent, events);
    }
  }

  /** One look at the archive. */
  private final class Round {
    private final Instant now = clock.instant();
    private final LocalDate today = now.atZone(zone).toLocalDate();
    private final RawFiles files = RawFiles.of(root, provider);
    private final EventHistory history =
        EventHistory.read(
            root, provider, files.days().isEmpty() ? today : files.days().firstKey(), zone);
    private final Survey survey = new Survey(root, files, history, zone);
    private final Optional<String> clockTrouble =
        history.clockTrouble(now, Duration.ofDays(settings.capDays()));

    Round() throws IOException {}

    RetentionPlan plan(Optional<String> trouble) throws IOException {
      List<Planned> days = new ArrayList<>();
      for (LocalDate day : files.days().keySet()) {
        DayFacts facts = survey.facts(day);
        days.add(
            new Planned(
                facts, RetentionPolicy.age(facts, today), policy.decide(facts, today, trouble)));
      }
      return new RetentionPlan(provider, today, days);
    }

    RetentionPlan carryOut(DurableEvents events, double diskUsedPercent, Optional<String> trouble)
        throws IOException {
      List<Planned> done = new ArrayList<>();
      for (Planned day : plan(trouble).days()) {
        Planned outcome = day.verdict().act() == Act.DELETE ? delete(day, events) : day;
        if (outcome.verdict().isRefusal()) {
          refuse(outcome, events);
        }
        done.add(outcome);
      }
      alarm(done, events);
      alarm(diskUsedPercent, events);
      return new RetentionPlan(provider, today, done);
    }

    private Planned delete(Planned day, DurableEvents events) throws IOException {
      DayFacts facts = day.facts();
      List<Raw> raw = files.of(facts.day());
      Forgetting forgetting = new Forgetting(root, disk);
      PackageManifest proof = survey.proof(facts);
      Optional<Obstacle> difference = forgetting.difference(raw, proof);
      if (difference.isPresent()) {
        Obstacle what = difference.get();
        Act act = day.ageDays() >= settings.capDays() ? Act.ALARM : Act.REFUSE;
        return new Planned(facts, day.ageDays(), new Verdict(act, what.reason(), what.detail()));
      }
      if (!facts.begun()) {
        events.write(Forgetting.event(facts, survey.sha256(facts), now));
      }
      forgetting.unlink(raw);
      return day;
    }

    /** Once a day for each reason, however often it is asked. */
    private void refuse(Planned day, DurableEvents events) throws IOException {
      LocalDate date = day.facts().day();
      if (!history.isRefused(now, date, day.verdict().reason())) {
        events.write(
            Event.of("retention_refused", now)
                .with("day", date.format(PackageId.DAY))
                .with("reason", day.verdict().reason())
                .with("detail", day.verdict().detail())
                .with("age_days", day.ageDays()));
      }
    }

    private void alarm(List<Planned> days, DurableEvents events) throws IOException {
      List<String> old =
          days.stream()
              .filter(day -> day.verdict().act() == Act.ALARM)
              .map(day -> day.facts().day().format(PackageId.DAY) + " " + day.verdict().reason())
              .toList();
      if (!old.isEmpty()) {
        mark(
            "unverified_days",
            "%d days of %d days and more are not proven elsewhere: %s"
                .formatted(old.size(), settings.capDays(), String.join(", ", old)),
            events);
      }
    }

    private void alarm(double diskUsedPercent, DurableEvents events) throws IOException {
      if (diskUsedPercent > settings.diskPercent()) {
        mark(
            "disk_used",
            "%.1f %% of the archive's disk is used (more than %.0f %%)"
                .formatted(diskUsedPercent, settings.diskPercent()),
            events);
      }
    }

    private void mark(String reason, String detail, DurableEvents events) throws IOException {
      if (!history.isMarked(now, reason)) {
        events.write(Event.of("anomaly_marked", now).with("reason", reason).with("detail", detail));
      }
    }
  }
}
