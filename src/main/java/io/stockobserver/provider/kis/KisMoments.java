package io.stockobserver.provider.kis;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Turns KIS's date and time of day into an instant, straight from bytes. Remembers one day, because
 * a session speaks of one, and one second, because many trades share it. Thread-safe: a race only
 * computes them twice.
 */
final class KisMoments {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private record Day(int yyyymmdd, long startEpochSecond) {}

  private Day last = new Day(0, 0);
  private Instant lastAt = Instant.EPOCH;

  /** The instant, to the second; null where date or time cannot be read. */
  @Nullable Instant at(byte[] b, int dateFrom, int dateTo, int timeFrom, int timeTo) {
    int date = digits(b, dateFrom, dateTo, 8);
    int time = digits(b, timeFrom, timeTo, 6);
    int second = secondOfDay(time);
    if (date < 0 || second < 0) {
      return null;
    }
    Day day = last;
    if (day.yyyymmdd != date) {
      LocalDate local = date(date);
      if (local == null) {
        return null;
      }
      day = new Day(date, local.atStartOfDay(SEOUL).toEpochSecond());
      last = day;
    }
    // No daylight saving in Korea: a day's seconds only add up.
    long epochSecond = day.startEpochSecond + second;
    Instant at = lastAt;
    if (at.getEpochSecond() != epochSecond) {
      at = Instant.ofEpochSecond(epochSecond);
      lastAt = at;
    }
    return at;
  }

  /** The date of YYYYMMDD, or null. */
  static @Nullable LocalDate date(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return date(digits(b, 0, b.length, 8));
  }

  private static @Nullable LocalDate date(int yyyymmdd) {
    if (yyyymmdd < 1900_00_00) {
      return null;
    }
    try {
      return LocalDate.of(yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** HHMMSS as seconds since midnight, or -1. */
  static int secondOfDay(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return secondOfDay(digits(b, 0, b.length, 6));
  }

  private static int secondOfDay(int hhmmss) {
    int hour = hhmmss / 10_000;
    int minute = hhmmss / 100 % 100;
    int second = hhmmss % 100;
    return hhmmss < 0 || hour > 23 || minute > 59 || second > 59
        ? -1
        : hour * 3600 + minute * 60 + second;
  }

  /** Exactly {@code length} digits as a number, or -1. */
  private static int digits(byte[] b, int from, int to, int length) {
    if (to - from != length) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
