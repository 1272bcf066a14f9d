package io.stockobserver.recorder;

import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.observe.Latest;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Observation.Part;
import io.stockobserver.observe.Snapshot;
import io.stockobserver.observe.Verdict;
import io.stockobserver.track.SweepTimes;
import io.stockobserver.venue.FeedPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The slow track: what the sweeps found, line by line, and which symbols a sweep did not get and
 * why. Owned by the recorder's lock.
 */
final class SwingTrack {
  static final String STOPPED = "session-stopped";
  static final String DAY_ENDED = "day-ended";
  private static final String OPERATOR = "operator";

  private final RecorderSettings settings;
  private final SweepTimes sweeps;
  private final Journal journal;
  private final Map<String, Latest> latest = new HashMap<>();
  private final Set<String> recorded = new HashSet<>();
  private final Map<String, String> trouble = new HashMap<>();
  private @Nullable Instant sweep;
  private @Nullable Instant lastSweep;
  private @Nullable Instant told;

  /** Since when an operator keeps us from sweeping, or from when to when one did. */
  private @Nullable Instant haltedFrom;

  private @Nullable Instant haltedUntil;

  /** The archive says that an operator's gap began, and not yet that it ended. */
  private boolean owed;

  private int lastRecorded;
  private int lastAsked;
  private int sweepsDone;

  SwingTrack(RecorderSettings settings, SweepTimes sweeps, Journal journal) {
    this.settings = settings;
    this.sweeps = sweeps;
    this.journal = journal;
  }

  /** A session begins: sweeps before it are not expected. */
  void begin(Instant session) {
    newDay();
    haltedFrom = null;
    haltedUntil = null;
    owed = false;
    told = session.minusMillis(1);
    lastSweep = null;
    lastRecorded = 0;
    lastAsked = 0;
  }

  void newDay() {
    latest.clear();
    goOn();
  }

  /** Another day of a market that never closes: what is known stays. */
  void goOn() {
    recorded.clear();
    trouble.clear();
    sweep = null;
    sweepsDone = 0;
  }

  /** An operator stops the sweeps, or lets them come again; told at once, as somebody may ask. */
  void halt(boolean halted, Instant at, Days days) {
    if (halted) {
      haltedFrom = at;
      haltedUntil = null;
      journal.event(GapMarker.began(at, at, "swing", OPERATOR, null));
      owed = true;
    } else if (haltedFrom != null) {
      haltedUntil = at;
      if (sweeps.between(days.today(), haltedFrom, at).isEmpty()) {
        settle(at);
      }
    }
  }

  /** No sweep was missed while an operator halted them: that is over all the same. */
  private void settle(Instant at) {
    Instant from = haltedFrom;
    Instant until = haltedUntil;
    if (owed && from != null && until != null && !until.isBefore(from)) {
      journal.event(new GapMarker(from, until, "swing", OPERATOR, null, null).event(at));
      owed = false;
    }
  }

  /** Why there is no sweep at this instant. */
  private String reasonOf(Instant at, String otherwise) {
    Instant from = haltedFrom;
    Instant until = haltedUntil;
    boolean halted = from != null && !at.isBefore(from) && (until == null || !at.isAfter(until));
    return halted ? OPERATOR : otherwise;
  }

  void sweep(Instant at, Instant now, Days days) {
    settle(now);
    journal.event(
        Event.of("sweep_began", now)
            .with("sweep_at", at)
            .with("asked", days.members().symbols().size())
            // Who else could say whom it was about?
            .with("symbols", days.members().frozen() ? null : days.members().symbols()));
    sweep = at;
    told = at;
    latest.values().forEach(Latest::forgetBook);
    recorded.clear();
    trouble.clear();
  }

  /** Judges and records one row; the verdict says what became of it. */
  Verdict take(Observation o, Days days) {
    Latest before = latest.computeIfAbsent(o.symbol(), s -> new Latest());
    Verdict verdict = Verdicts.judge(o, days, before);
    if (!verdict.kept()) {
      trouble.put(o.symbol(), String.valueOf(verdict.reason()));
      return verdict;
    }
    before.take(o, verdict);
    Observation state = before.state();
    if (o.part() == Part.BOOK || state == null) {
      return verdict; // the row that follows tells it too
    }
    BigDecimal volume = before.takeVolume();
    journal.swing(
        o.source().heardAt(),
        new Snapshot(
            "swing",
            settings.provider(),
            settings.market(),
            o.part() == Part.STATE ? o : state,
            null,
            journal.sessionId(),
            journal.level(),
            verdict.quality(),
            verdict.reason(),
            volume));
    recorded.add(o.symbol());
    return verdict;
  }

  /** Requests for these symbols failed for this reason; what fails last is why they are missing. */
  void failed(List<String> symbols, String reason) {
    symbols.forEach(s -> trouble.put(s, reason));
  }

  /** Ends the sweep: says which symbols are missing and why. */
  void end(Instant now, Days days, String why) {
    end(now, days, why, Instant.MAX);
  }

  /**
   * A day or the session ends: a sweep that runs ends with it, and one that was due and never began
   * is told.
   */
  void finish(Instant now, Days days, String why) {
    end(now, days, reasonOf(now, why), now);
    if (told != null) {
      for (Instant at : sweeps.between(days.today(), told, now)) {
        Instant until = sweeps.until(days.today(), at);
        gap(at, until.isAfter(now) ? now : until, reasonOf(at, why), null, now);
      }
    }
    told = now;
  }

  private void end(Instant now, Days days, String why, Instant latestEnd) {
    Instant at = sweep;
    if (at == null) {
      return;
    }
    Map<String, List<String>> missing = new TreeMap<>();
    for (String symbol : days.members().symbols()) {
      if (!recorded.contains(symbol)) {
        missing
            .computeIfAbsent(trouble.getOrDefault(symbol, why), r -> new ArrayList<>())
            .add(symbol);
      }
    }
    Instant next = sweeps.until(days.today(), at);
    Instant until = next.isAfter(latestEnd) ? latestEnd : next;
    missing.forEach((reason, symbols) -> gap(at, until, reason, symbols, now));
    Map<String, Integer> counts = new LinkedHashMap<>();
    missing.forEach((reason, symbols) -> counts.put(reason, symbols.size()));
    journal.event(
        Event.of("sweep_finished", now)
            .with("sweep_at", at)
            .with("seconds", Math.max(0, Duration.between(at, now).toMillis()) / 1000.0)
            .with("asked", days.members().symbols().size())
            .with("recorded", recorded.size())
            .with("missing", counts.isEmpty() ? null : counts));
    lastSweep = at;
    lastRecorded = recorded.size();
    lastAsked = days.members().symbols().size();
    sweepsDone++;
    sweep = null;
  }

  /** A sweep that never was. */
  void missed(Instant at, Instant now, Days days, String reason) {
    gap(at, sweeps.until(days.today(), at), reasonOf(at, reason), null, now);
    told = at;
  }

  private void gap(
      Instant from, Instant to, String reason, @Nullable List<String> symbols, Instant now) {
    if (to.isAfter(from)) {
      journal.gap(new GapMarker(from, to, "swing", gapReason(reason), reason, symbols), now);
      owed &= !reason.equals(OPERATOR) || symbols != null;
    }
  }

  /** The last state that a sweep found; null for none. */
  @Nullable Latest latest(String symbol) {
    return latest.get(symbol);
  }

  boolean sweeping() {
    return sweep != null;
  }

  int recordedNow() {
    return sweep != null ? recorded.size() : lastRecorded;
  }

  /** How many symbols the last finished sweep should have recorded. */
  int lastAsked() {
    return lastAsked;
  }

  int lastRecorded() {
    return lastRecorded;
  }

  @Nullable Instant lastSweep() {
    return sweep != null ? sweep : lastSweep;
  }

  int sweepsDone() {
    return sweepsDone;
  }

  /** The field's word for a venue's word: what held us back was its limits, or its answers. */
  private static String gapReason(String reason) {
    return switch (reason) {
      case "rate-limited",
          "blocked",
          "no-token",
          "token-expired",
          "token-refused",
          "late",
          "budget" ->
          "rate_limit";
      case STOPPED, DAY_ENDED -> "stopped";
      case HostWatch.PAUSE, HostWatch.STEP, OPERATOR, FeedPolicy.SECRET_SEEN -> reason;
      default -> "api_error";
    };
  }
}
