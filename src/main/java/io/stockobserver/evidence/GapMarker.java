package io.stockobserver.evidence;

import java.time.Instant;
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

  /** The part of it between two instants; null when nothing of it is. */
  public @Nullable GapMarker clip(Instant from, Instant to) {
    Instant s = start.isBefore(from) ? from : start;
    Instant e = end.isAfter(to) ? to : end;
    return s.isBefore(e) ? new GapMarker(s, e, scope, reason, detail, symbols) : null;
  }

  /** How long it is, rounded up; between the stamps as written, so that a reader can reckon it. */
  public long seconds() {
    return (end.toEpochMilli() - start.toEpochMilli() + 999) / 1000;
  }

  /** Its event. */
  public Event event(Instant at) {
    return Event.of("gap_marker", at)
        .with("gap_start_ts", start)
        .with("gap_end_ts", end)
        .with("gap_seconds", seconds())
        .with("scope", scope)
        .with("reason", reason)
        .with("detail", detail)
        .with("symbols", symbols);
  }
}
