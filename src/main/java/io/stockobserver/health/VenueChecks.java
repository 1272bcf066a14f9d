package io.stockobserver.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges what is known of one venue. Silence is measured in market time: a closed market is silent
 * and well, an open one is not. A pure function of its facts.
 */
public final class VenueChecks {
  /** Forty busy symbols are never all quiet for so long, and a start has found its feed by then. */
  static final Duration QUIET = Duration.ofSeconds(60);

  /** For so long no reconnection has helped. */
  static final Duration SILENT = Duration.ofMinutes(5);

  /** A sweep may begin a little late. */
  static final Duration LATE = Duration.ofSeconds(60);

  /** What a venue refused is of the past after that. */
  static final Duration TROUBLE = Duration.ofMinutes(2);

  /** Event times further from our clock than that are degraded. */
  static final Duration CLOCK = Duration.ofSeconds(2);

  private static final int ENOUGH_PERCENT = 90;
  private static final int NAMED = 5;

  private final VenueFacts facts;

  private VenueChecks(VenueFacts facts) {
    this.facts = facts;
  }

  /** All that is asked of a venue, always in this order. */
  public static List<Check> of(VenueFacts facts) {
    VenueChecks checks = new VenueChecks(facts);
    return List.of(
        checks.feed(),
        checks.slots(),
        checks.sweeps(),
        checks.calls(),
        checks.archive(),
        checks.seals(),
        checks.mitigation(),
        checks.calendar(),
        checks.clock(),
        checks.packages(),
        checks.backup());
  }

  private Check feed() {
    VenueFacts.Feed feed = facts.feed();
    if (!feed.watched(facts.now())) {
      return well("feed", "nothing is due: the market is not watched now");
    }
    if (feed.stopped()) {
      return degraded("feed", "its route is stopped", "start the route again");
    }
    Duration silent = since(feed.lastData(), feed.watchedFrom());
    String seconds = words(silent);
    if (!feed.open() && feed.dead() != null) {
      return down("feed", feed.dead(), "nothing here comes back by itself: do what that says");
    }
    if (!feed.open()) {
      String detail = "not connected, no data for " + seconds;
      String remedy = "look at the network and the venue's notices; it is tried again by itself";
      return silent.compareTo(QUIET) < 0
          ? degraded("feed", detail, remedy)
          : down("feed", detail, remedy);
    }
    if (feed.dead() != null) {
      return down(
          "feed", feed.dead(), "nothing: it is opened anew; if that goes on, look at the venue");
    }
    if (silent.compareTo(QUIET) < 0) {
      return well("feed", "open, data " + seconds + " ago");
    }
    String detail = "open and silent: no data for " + seconds + " of an open market";
    String remedy = "see whether the venue trades; stop and start the feed's route to connect anew";
    return silent.compareTo(SILENT) < 0
        ? degraded("feed", detail, remedy)
        : down("feed", detail, remedy);
  }

  private Check slots() {
    VenueFacts.Feed feed = facts.feed();
    List<String> silent = feed.notReceiving();
    if (!feed.watched(facts.now()) || silent.isEmpty()) {
      return well("slots", feed.wanted() + " wanted");
    }
    return degraded(
        "slots",
        silent.size()
            + " of "
            + feed.wanted()
            + " are not heard: "
            + String.join(" ", silent.subList(0, Math.min(NAMED, silent.size())))
            + (silent.size() > NAMED ? " ..." : ""),
        "nothing at once: they are registered anew; if they stay, exclude them");
  }

  private Check sweeps() {
    VenueFacts.Sweeps sweeps = facts.sweeps();
    Instant now = facts.now();
    Instant from = sweeps.from();
    Instant until = sweeps.until();
    if (from == null || until == null || now.isBefore(from) || now.isAfter(until)) {
      return well("sweeps", "nothing is due: no sweep falls into this time");
    }
    Duration ago = since(sweeps.last(), from);
    String remedy = "see the check \"calls\" and the gaps of scope swing in system/events";
    if (!sweeps.running() && ago.compareTo(sweeps.every().plus(LATE)) > 0) {
      String detail =
          sweeps.members() == 0 ? "no universe yet, so no sweep" : "no sweep for " + words(ago);
      return ago.compareTo(sweeps.every().multipliedBy(3).plus(LATE)) > 0
          ? down("sweeps", detail, remedy)
          : degraded("sweeps", detail, remedy);
    }
    if (!sweeps.running()
        && sweeps.last() != null
        && sweeps.recorded() * 100L < (long) ENOUGH_PERCENT * sweeps.members()) {
      return degraded(
          "sweeps",
          "the last brought " + sweeps.recorded() + " of " + sweeps.members() + " symbols",
          remedy);
    }
    return well("sweeps", sweeps.recorded() + " of " + sweeps.members() + " symbols");
  }

  private Check calls() {
    VenueFacts.Sweeps sweeps = facts.sweeps();
    if (sweeps.refusal() != null) {
      return down("calls", sweeps.refusal(), "correct the key and start again");
    }
    Instant at = sweeps.troubleAt();
    if (sweeps.trouble() != null
        && at != null
        && Duration.between(at, facts.now()).compareTo(TROUBLE) < 0) {
      return degraded(
          "calls",
          "the venue refused: " + sweeps.trouble(),
          "nothing at once: it is tried again; if it goes on, look it up in the venue's list");
    }
    return well("calls", "answered");
  }

  private Check archive() {
    String trouble = facts.keeping().diskTrouble();
    return trouble == null
        ? well("archive", "written")
        : down("archive", trouble, "make room or mend the disk: recording waits and goes on alone");
  }

  private Check seals() {
    String trouble = facts.keeping().sealTrouble();
    return trouble == null
        ? well("seals", "what has ended is sealed")
        : degraded("seals", trouble, "make room or mend the disk: it is tried again");
  }

  private Check mitigation() {
    int level = facts.keeping().mitigationLevel();
    return level == 0
        ? well("mitigation", "level 0")
        : degraded(
            "mitigation",
            "level " + level + ": slots are looked at less often",
            "see mitigation_changed in system/events for the condition; give the machine more room");
  }

  private Check calendar() {
    return facts.keeping().calendarKnown()
        ? well("calendar", "known")
        : degraded(
            "calendar",
            "nobody says whether the market opens today; it counts as open",
            "write the day into calendar.dir");
  }

  private Check clock() {
    Duration offset = facts.keeping().clockOffset();
    if (offset == null || offset.abs().compareTo(CLOCK) <= 0) {
      return well("clock", offset == null ? "not compared yet" : offset.toMillis() + " ms off");
    }
    return degraded(
        "clock",
        "the venue's clock differs by " + offset.toMillis() + " ms",
        "set this machine's clock (chrony or NTP)");
  }

  private Check packages() {
    String day = facts.keeping().unpackaged();
    return day.isEmpty()
        ? well("package", "every ended day that was looked at has one")
        : degraded(
            "package",
            day + " has no package with its SUCCESS.marker",
            "./observer package " + day + " says why");
  }

  private Check backup() {
    VenueFacts.Keeping keeping = facts.keeping();
    Instant waits = keeping.unprovenSince();
    if (!keeping.backups()) {
      return well("backup", "off: BACKUP_TOKEN is not set, nobody has fetched a package");
    }
    if (waits == null) {
      return well("backup", "every package has a receipt");
    }
    Duration waited = Duration.between(waits, facts.now());
    String detail = "a package waits for its receipt since " + words(waited);
    return waited.compareTo(keeping.unprovenAtMost()) <= 0
        ? well("backup", detail)
        : degraded(
            "backup", detail, "see why the backup does not pull; nothing is deleted till then");
  }

  /** How long ago something was, at most since it could have been. */
  private Duration since(@Nullable Instant last, @Nullable Instant from) {
    Instant begun = from == null || from.isBefore(facts.since()) ? facts.since() : from;
    Instant counted = last == null || last.isBefore(begun) ? begun : last;
    Duration ago = Duration.between(counted, facts.now());
    return ago.isNegative() ? Duration.ZERO : ago;
  }

  private static String words(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }

  private Check well(String name, String detail) {
    return Check.well(name, facts.provider(), detail);
  }

  private Check degraded(String name, String detail, String remedy) {
    return new Check(name, facts.provider(), Health.DEGRADED, detail, remedy);
  }

  private Check down(String name, String detail, String remedy) {
    return new Check(name, facts.provider(), Health.DOWN, detail, remedy);
  }
}
