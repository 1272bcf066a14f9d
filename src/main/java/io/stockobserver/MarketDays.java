package io.stockobserver;

import io.stockobserver.market.TradingCalendar;
import io.stockobserver.market.TradingDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The days of one market, by its calendar and by the venue's word on them, which may come while we
 * observe. Thread-safe.
 */
final class MarketDays {
  private static final Logger LOG = LoggerFactory.getLogger(MarketDays.class);

  private final Path folder;
  private final Path evidence;
  private final String market;
  private volatile TradingCalendar calendar;
  private volatile @Nullable LocalDate readFor;

  /**
   * Reads {@code folder/<market>.json} and the venue's word in {@code evidence}.
   *
   * @throws IOException naming the file that cannot be read, and why
   */
  MarketDays(Path folder, Path evidence, String market) throws IOException {
    this.folder = folder;
    this.evidence = evidence;
    this.market = market;
    this.calendar = TradingCalendar.read(folder, evidence, market);
  }

  /** What is known of it by now. */
  TradingDay day(LocalDate date) {
    return calendar.day(date);
  }

  ZoneId zone() {
    return calendar.zone();
  }

  /** Whether the venue's word of {@code date} is filed; once it is, it counts. */
  boolean hasEvidence(LocalDate date) {
    if (date.equals(readFor)) {
      return true;
    }
    String name = market + '-' + date.format(DateTimeFormatter.BASIC_ISO_DATE) + ".json";
    boolean filed = Files.exists(evidence.resolve(name));
    if (filed) {
      try {
        calendar = TradingCalendar.read(folder, evidence, market);
      } catch (IOException e) {
        // Somebody's file is never asked for again and never written over; the days known so far
        // stay known.
        LOG.warn("The calendar stays as it is: {}", e.getMessage());
      }
      readFor = date;
    }
    return filed;
  }
}
