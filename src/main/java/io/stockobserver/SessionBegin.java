package io.stockobserver;

import io.stockobserver.archive.Finding;
import io.stockobserver.archive.Recovery;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.market.TradingDay;
import io.stockobserver.recorder.Recorder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one venue's session begins: its first word, what the start found of an earlier process, and
 * the gap that it left if it ended without a word. One use.
 */
final class SessionBegin {
  /** At the lowest frequency two samples are two seconds apart. */
  private static final Duration LONGEST_BETWEEN_SAMPLES = Duration.ofSeconds(4);

  /** The closing sweep is a minute after the close and stands for a minute. */
  private static final Duration AFTER_CLOSE = Duration.ofMinutes(2);

  private final Recorder recorder;
  private final Recovery found;
  private final MarketDays days;

  SessionBegin(Recorder recorder, Recovery found, MarketDays days) {
    this.recorder = recorder;
    this.found = found;
    this.days = days;
  }

  /**
   * Begins it.
   *
   * @param now the start of the process
   */
  void begin(String sessionId, boolean simulated, Instant now, InstantSource clock) {
    recorder
        .session()
        .start(
            sessionId,
            new TreeMap<>(
                Map.of("simulated", simulated, "recovered_findings", found.findings().size())));
    // What an earlier process left ends here and not before: the start itself takes its time.
    Instant begun = clock.instant();
    found.findings().forEach(finding -> recorder.event(recovered(finding, now)));
    if (!found.cleanEnd()) {
      found
          .lastHeardAt()
          .ifPresent(
              lastHeard -> {
                explain(lastHeard, begun);
                found.lastSampleAt().ifPresent(sample -> unwritten(sample, lastHeard));
              });
    }
    recorder.session().useFrozenUniverse();
  }

  static Event recovered(Finding finding, Instant now) {
    return Event.of("segment_recovered", now)
        .with("kind", finding.kind())
        .with("path", finding.path())
        .with("kept_lines", finding.keptLines())
        .with("kept_bytes", finding.keptBytes())
        .with("set_aside_bytes", finding.asideBytes())
        .with("set_aside_at", finding.asideAt().isEmpty() ? null : finding.asideAt())
        .with("detail", finding.detail().isEmpty() ? null : finding.detail());
  }

  /** A process that ended without a word left a gap on every day between its end and now. */
  private void explain(Instant lastHeard, Instant now) {
    if (now.isBefore(lastHeard)) {
      return; // the clock was set back: from its end to now no time has passed
    }
    GapMarker whole = new GapMarker(lastHeard, now, "all", "restart", null, null);
    ZoneId zone = days.zone();
    LocalDate end = now.atZone(zone).toLocalDate();
    for (LocalDate date = lastHeard.atZone(zone).toLocalDate();
        !date.isAfter(end);
        date = date.plusDays(1)) {
      TradingDay day = days.day(date);
      if (day.open()) {
        // Nothing of a market that never closes is told twice.
        Instant midnight = date.plusDays(1).atStartOfDay(zone).toInstant();
        Instant over = day.closes().plus(AFTER_CLOSE);
        GapMarker part = whole.clip(day.opens(), over.isBefore(midnight) ? over : midnight);
        if (part != null) {
          recorder.pastGap(part);
        }
      }
    }
  }

  /**
   * What the tape had and a kill kept from its files: the lines of one sample, those of the last
   * instant that has any included, for a batch can be torn.
   */
  private void unwritten(Instant lastSample, Instant lastHeard) {
    if (lastSample.isBefore(lastHeard)
        && Duration.between(lastSample, lastHeard).compareTo(LONGEST_BETWEEN_SAMPLES) <= 0) {
      recorder.pastGap(
          new GapMarker(lastSample, lastHeard, "scalp", "restart", "lines-lost", null));
    }
  }
}
