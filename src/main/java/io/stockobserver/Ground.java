package io.stockobserver;

import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.market.TradingCalendar;
import io.stockobserver.mitigation.MitigationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

/**
 * The settings that every venue shares, read and checked: where things are and how they are kept.
 *
 * @param root of the archive
 * @param calendarDir where opening days are kept by hand
 * @param evidenceDir where the venue's word on them goes
 */
record Ground(
    Path root,
    Path calendarDir,
    Path evidenceDir,
    ArchiveSettings archive,
    MitigationSettings mitigation) {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  /** Reads them, and sets for the routes what follows from them. */
  static Ground read(Settings settings, Path home, boolean simulate) {
    Path root = home.resolve(settings.text("archive.dir")).toAbsolutePath().normalize();
    settings.set("archive.dir", root.toString());
    settings.oneOf("provider.kis.enabled", "true", "false");
    Path calendarDir = home.resolve(settings.text("calendar.dir"));
    // What a simulated venue says of holidays is no evidence for the real calendar.
    Path evidenceDir = simulate ? root.resolve("calendar") : calendarDir;
    settings.set("calendar.evidence", evidenceDir.toAbsolutePath().toString());
    ArchiveSettings archive = archive(settings);
    return new Ground(
        root, calendarDir, evidenceDir, archive, LoadRoom.read(settings, archive.scalpEvery()));
  }

  TradingCalendar calendar() throws IOException {
    return TradingCalendar.read(calendarDir, evidenceDir, KisRoom.MARKET);
  }

  private static ArchiveSettings archive(Settings s) {
    Duration second = Duration.ofSeconds(1);
    Duration day = Duration.ofDays(1);
    return new ArchiveSettings(
        Path.of(s.text("archive.dir")),
        KisRoom.PROVIDER,
        KisRoom.MARKET,
        SEOUL,
        s.span("archive.sync", Duration.ofMillis(10), Duration.ofSeconds(10)),
        s.span("archive.tape.rotate", second, day),
        s.span("archive.scalp.rotate", second, day));
  }
}
