package io.stockobserver;

import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.mitigation.MitigationSettings;
import io.stockobserver.retention.RetentionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

/**
 * The settings that every venue shares, and those of the whole house, read and checked: where
 * things are and how they are kept.
 *
 * @param root of the archive
 * @param calendarDir where opening days are kept by hand
 * @param evidenceDir where a venue's word on them goes
 * @param sync how often what was written is forced to the disk
 * @param tapeEvery how long a tape file lasts
 * @param scalpEvery how long a scalp file lasts at first
 * @param routesReload how often saved routes and settings are looked for; zero for never
 * @param loads how often days are loaded into the trading database; zero for never
 */
record Ground(
    Path root,
    Path calendarDir,
    Path evidenceDir,
    Duration sync,
    Duration tapeEvery,
    Duration scalpEvery,
    Tracks tracks,
    MitigationSettings mitigation,
    HttpSettings http,
    PackageSettings packages,
    RetentionSettings retention,
    Duration loads,
    Duration routesReload) {

  /** Reads them, and sets for the routes what follows from them. */
  static Ground read(Settings s, Path home, boolean simulate) {
    Path root = home.resolve(s.text("archive.dir")).toAbsolutePath().normalize();
    s.set("archive.dir", root.toString());
    Path calendarDir = home.resolve(s.text("calendar.dir"));
    // What a simulated venue says of holidays is no evidence for the real calendar.
    Path evidenceDir = simulate ? root.resolve("calendar") : calendarDir;
    s.set("calendar.evidence", evidenceDir.toAbsolutePath().toString());
    Duration second = Duration.ofSeconds(1);
    Duration day = Duration.ofDays(1);
    BackupSettings.read(s, home);
    AlertRoom.read(s);
    s.oneOf("log.json", "off", "on");
    Duration scalpEvery = s.span("archive.scalp.rotate", second, day);
    return new Ground(
        root,
        calendarDir,
        evidenceDir,
        s.span("archive.sync", Duration.ofMillis(10), Duration.ofSeconds(10)),
        s.span("archive.tape.rotate", second, day),
        scalpEvery,
        Tracks.read(s),
        LoadRoom.read(s, scalpEvery),
        HttpSettings.read(s, home),
        PackageSettings.read(s, home, root),
        RetentionKeys.read(s),
        EtlKeys.every(s),
        s.spanOrNever("routes.reload", Duration.ofMillis(100), Duration.ofHours(1)));
  }

  /**
   * The days of a venue's market.
   *
   * @throws IOException naming the file that cannot be read, and why
   */
  MarketDays days(VenueDoor door) throws IOException {
    return new MarketDays(calendarDir, evidenceDir, door.market());
  }

  /** A venue's part of the archive; days and hours in its names are its market's. */
  ArchiveSettings archive(VenueDoor door, ZoneId zone) {
    return new ArchiveSettings(
        root, door.provider(), door.market(), zone, sync, tapeEvery, scalpEvery);
  }
}
