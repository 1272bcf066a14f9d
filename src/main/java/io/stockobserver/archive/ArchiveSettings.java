package io.stockobserver.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Where an archive is, whose part of it this is, and how often its files change.
 *
 * @param root {@code archive.dir}
 * @param zone the market's zone: days and hours in names are its local time
 * @param sync how often data is forced to disk; zero forces every batch
 * @param tapeEvery how long a tape segment is, counted from local midnight
 * @param scalpEvery how long a scalp segment is at first, counted from local midnight
 */
public record ArchiveSettings(
    Path root,
    String provider,
    String market,
    ZoneId zone,
    Duration sync,
    Duration tapeEvery,
    Duration scalpEvery) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");

  /** Refuses names that are no folder names, and times that are no whole seconds. */
  public ArchiveSettings {
    root = root.toAbsolutePath().normalize();
    if (!NAME.matcher(provider).matches() || !NAME.matcher(market).matches()) {
      throw new IllegalArgumentException(
          "provider and market are lower-case names: " + provider + ", " + market);
    }
    if (sync.isNegative()) {
      throw new IllegalArgumentException("archive.sync is 0 or more: " + sync);
    }
    checkEvery(tapeEvery);
    checkEvery(scalpEvery);
  }

  /** The defaults: forced every 100 ms, tape segments of ten minutes, scalp segments of five. */
  public static ArchiveSettings of(Path root, String provider, String market, ZoneId zone) {
    return new ArchiveSettings(
        root,
        provider,
        market,
        zone,
        Duration.ofMillis(100),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5));
  }

  /** The same with another {@code archive.sync}. */
  public ArchiveSettings withSync(Duration another) {
    return new ArchiveSettings(root, provider, market, zone, another, tapeEvery, scalpEvery);
  }

  /** The same with other lengths of segments. */
  public ArchiveSettings withSegments(Duration tape, Duration scalp) {
    return new ArchiveSettings(root, provider, market, zone, sync, tape, scalp);
  }

  static void checkEvery(Duration every) {
    if (every.compareTo(Duration.ofSeconds(1)) < 0
        || every.compareTo(Duration.ofDays(1)) > 0
        || !every.equals(every.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("a segment lasts whole seconds, 1s to 24h: " + every);
    }
  }
}
