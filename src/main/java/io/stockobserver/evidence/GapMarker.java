package io.stockobserver.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time that was not recorded, and why. It starts at the last good message, not at the
 * moment somebody noticed.
 *
 * @param scope {@code scalp}, {@code swing} or {@code all}
 * @param reason such as {@code ws_disconnect}, {@code api_error}, {@code rate_limit}, {@code
 *     restart}
 * @param detail what the reason leaves open, such as the venue's own word; null for nothing
 * @param symbols whom it concerns; null for all
 */
public record GapMarker(
    Instant start,
    Instant end,
    String scope,
    String reason,
    @Nullable String detail,
    @Nullable List<String> symbols) {
  public GapMarker {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("a gap ends at " + end + ", before its start " + start);
    }
  }

  /**
   * The event that tells of a gap when it begins; its marker follows when it has ended. A process
   * that is killed meanwhile leaves this word only.
   */
  public static Event began(
      Instant at, Instant start, String scope, String reason, @Nullable List<String> symbols) {
    return Event.of("gap_began", at)
        .with("gap_start_ts", start)
        .with("scope", scope)
        .with("reason", reason)
        .with("symbols", symbols);
  }

  /** The part of it between two instants; null when nothing of it is. */
  public @Nullable GapMarker clip(Instant from, Instant to) {
    Instant s = start.isBefore(from) ? from : start;
    Instant e = end.isAfter(to) ? to : end;
    return s.isBefore(e) ? new GapMarker(s, e, scope, reason, detail, symbols) : null;
  }

  /** How long it is, rounded up; between the stamps as written, so that a reader can reckon it. */
  public long seconds() {
    return (until().toEpochMilli() - start.toEpochMilli() + 999) / 1000;
  }

  /** Its end as written: what was missed within its last millisecond is covered too. */
  private Instant until() {
    return end.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Its event; its end is rounded up to a millisecond. */
  public Event event(Instant at) {
    return Event.of("gap_marker", at)
        .with("gap_start_ts", start)
        .with("gap_end_ts", until())
        .with("gap_seconds", seconds())
        .with("scope", scope)
        .with("reason", reason)
        .with("detail", detail)
        .with("symbols", symbols);
  }
}
