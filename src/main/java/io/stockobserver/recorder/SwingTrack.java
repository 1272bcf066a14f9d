package io.stockobserver.recorder;

import io.stockobserver.archive.Lane;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.observe.Latest;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Snapshot;
import io.stockobserver.observe.Verdict;
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
  private final RecorderSettings settings;
  private final Journal journal;
  private final Map<String, Latest> latest = new HashMap<>();
  private final Set<String> recorded = new HashSet<>();
  private final Map<String, String> trouble = new HashMap<>();
  private @Nullable Instant sweep;
  private @Nullable Instant lastSweep;
  private int lastRecorded;
  private int sweepsDone;

  SwingTrack(RecorderSettings settings, Journal journal) {
    this.settings = settings;
    this.journal = journal;
  }

  void newDay() {
    latest.clear();
    recorded.clear();
    trouble.clear();
    sweep = null;
    sweepsDone = 0;
  }

  void begin(Instant at) {
    sweep = at;
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
    BigDecimal volume = before.takeVolume();
    journal.snapshot(
        Lane.SWING,
        o.source().heardAt(),
        new Snapshot(
            "swing",
            settings.provider(),
            settings.market(),
            o,
            null,
            journal.sessionId(),
            journal.level(),
            verdict.quality(),
            verdict.reason(),
            sweepsDone == 0 ? null : volume));
    recorded.add(o.symbol());
    return verdict;
  }

  /** Requests for these symbols failed for this reason. */
  void failed(List<String> symbols, String reason) {
    symbols.forEach(s -> trouble.putIfAbsent(s, reason));
  }

  /** Ends the sweep: says which symbols are missing and why. */
  void end(Instant now, Days days, String why) {
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
    Instant until = settings.sweeps().until(days.today(), at);
    missing.forEach(
        (reason, symbols) ->
            journal.gap(
                new GapMarker(at, until, "swing", gapReason(reason), reason, symbols), now));
    Map<String, Integer> counts = new LinkedHashMap<>();
    missing.forEach((reason, symbols) -> counts.put(reason, symbols.size()));
    journal.event(
        Event.of("sweep_finished", now)
            .with("sweep_at", at)
            .with("seconds", Duration.between(at, now).toMillis() / 1000.0)
            .with("asked", days.members().symbols().size())
            .with("recorded", recorded.size())
            .with("missing", counts.isEmpty() ? null : counts));
    lastSweep = at;
    lastRecorded = recorded.size();
    sweepsDone++;
    sweep = null;
  }

  /** A sweep that never was. */
  void missed(Instant at, Instant now, Days days, String reason) {
    Instant until = settings.sweeps().until(days.today(), at);
    journal.gap(new GapMarker(at, until, "swing", gapReason(reason), reason, null), now);
  }

  /** The last state that a sweep found; null for none. */
  @Nullable Latest latest(String symbol) {
    return latest.get(symbol);
  }

  /** What traded so far today by the last sweep, per symbol. */
  Map<String, BigDecimal> interest() {
    Map<String, BigDecimal> all = new HashMap<>();
    latest.forEach(
        (symbol, l) -> {
          Observation o = l.state();
          if (o != null && o.accValue() != null && !o.halted()) {
            all.put(symbol, o.accValue());
          }
        });
    return all;
  }

  boolean sweeping() {
    return sweep != null;
  }

  int recordedNow() {
    return sweep != null ? recorded.size() : lastRecorded;
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
      case "rate-limited", "no-token", "token-expired", "token-refused", "late", "budget" ->
          "rate_limit";
      default -> "api_error";
    };
  }
}
