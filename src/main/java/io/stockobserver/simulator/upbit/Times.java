package io.stockobserver.simulator.upbit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The venue's ways of writing an instant given in milliseconds since the epoch. */
final class Times {
  private static final ZoneOffset SEOUL = ZoneOffset.ofHours(9);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final DateTimeFormatter DASHED = DateTimeFormatter.ofPattern("yyyy-MM-dd");
  private static final DateTimeFormatter COLONS = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter CANDLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private Times() {}

  private static String text(long millis, ZoneOffset zone, DateTimeFormatter how) {
    return how.format(Instant.ofEpochMilli(millis).atOffset(zone));
  }

  /** 20261120, UTC. */
  static String date(long millis) {
    return text(millis, ZoneOffset.UTC, DATE);
  }

  /** 003005, UTC. */
  static String time(long millis) {
    return text(millis, ZoneOffset.UTC, TIME);
  }

  /** 20261120, KST. */
  static String dateKst(long millis) {
    return text(millis, SEOUL, DATE);
  }

  /** 093005, KST. */
  static String timeKst(long millis) {
    return text(millis, SEOUL, TIME);
  }

  /** 2026-11-20, UTC. */
  static String dashed(long millis) {
    return text(millis, ZoneOffset.UTC, DASHED);
  }

  /** 00:30:05, UTC. */
  static String colons(long millis) {
    return text(millis, ZoneOffset.UTC, COLONS);
  }

  /** 2026-11-20T00:30:05, UTC. */
  static String candle(long millis) {
    return text(millis, ZoneOffset.UTC, CANDLE);
  }

  /** 2026-11-20T09:30:05, KST. */
  static String candleKst(long millis) {
    return text(millis, SEOUL, CANDLE);
  }
}
