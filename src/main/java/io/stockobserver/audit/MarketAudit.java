package io.stockobserver.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One provider's market on one day.
 *
 * @param due whether the market was open, or nobody knows that it was not
 * @param dueBy who says so
 * @param slots how many places there were
 * @param scalp null when nothing was due
 * @param swing null when nothing was due
 * @param broken counters that do not balance
 * @param acts what operators did
 */
public record MarketAudit(
    String provider,
    String market,
    LocalDate day,
    ZoneId zone,
    boolean due,
    String dueBy,
    int slots,
    List<Life> sessions,
    @Nullable TrackAccount scalp,
    @Nullable TrackAccount swing,
    OverflowAccount overflow,
    List<Balance.Broken> broken,
    List<Anomaly> anomalies,
    List<Act> acts) {

  /**
   * A session.
   *
   * @param ending {@code stopped}, {@code killed}, {@code running} or {@code went on}
   */
  public record Life(String id, Instant from, Instant until, String ending) {
    static Life of(Session s) {
      return new Life(
          s.id(),
          Instant.ofEpochMilli(s.from()),
          Instant.ofEpochMilli(s.until()),
          s.ending().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
  }

  public MarketAudit {
    sessions = List.copyOf(sessions);
    broken = List.copyOf(broken);
    anomalies = List.copyOf(anomalies);
    acts = List.copyOf(acts);
  }

  /** Both tracks, those of which something was due. */
  public List<TrackAccount> tracks() {
    List<TrackAccount> all = new ArrayList<>();
    if (scalp != null) {
      all.add(scalp);
    }
    if (swing != null) {
      all.add(swing);
    }
    return all;
  }

  /** Seconds that are neither recorded nor explained, of both tracks. */
  public long unexplainedSeconds() {
    return tracks().stream().mapToLong(t -> t.seconds().unexplained()).sum();
  }

  /** Why the answer is no; empty when it is yes. */
  public List<String> noes() {
    List<String> all = new ArrayList<>();
    if (due && tracks().isEmpty()) {
      all.add("no session on a trading day (" + dueBy + ")");
    }
    for (TrackAccount track : tracks()) {
      long n = track.seconds().unexplained();
      if (n > 0) {
        all.add(n + (n == 1 ? " second of " : " seconds of ") + track.track() + " unexplained");
      }
    }
    if (!broken.isEmpty()) {
      all.add("counters do not balance");
    }
    return all;
  }
}
