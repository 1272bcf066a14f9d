package io.stockobserver.etl;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads the archive's instants, {@code 2026-11-20T00:30:00.500Z}, as milliseconds of the epoch.
 * Days repeat, so the last one is remembered. Not thread-safe.
 */
final class UtcText {
  private static final long LAST = 253_402_300_799_999L;
  private static final int LENGTH = 24;

  private String day = "";
  private long midnight;

  /**
   * Milliseconds of the epoch, rounded down.
   *
   * @throws DateTimeException when it is no instant, or none of these times
   */
  long millis(String text) {
    if (!isPlain(text)) {
      long at = Instant.parse(text).toEpochMilli();
      if (at < 0 || at > LAST) {
        throw new DateTimeException(text + " is no time of ours");
      }
      return at;
    }
    if (!text.startsWith(day) || day.isEmpty()) {
      midnight = LocalDate.parse(text.substring(0, 10)).toEpochDay() * 86_400_000L;
      day = text.substring(0, 10);
    }
    int hour = two(text, 11);
    int minute = two(text, 14);
    int second = two(text, 17);
    if (hour > 23 || minute > 59 || second > 59 || midnight < 0) {
      throw new DateTimeException(text + " is no time");
    }
    int milli = (text.charAt(20) - '0') * 100 + two(text, 21);
    return midnight + ((hour * 60L + minute) * 60 + second) * 1000 + milli;
  }

  private static int two(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  private static boolean isPlain(String text) {
    if (text.length() != LENGTH || text.charAt(10) != 'T' || text.charAt(23) != 'Z') {
      return false;
    }
    for (int i = 11; i < 23; i++) {
      char c = text.charAt(i);
      boolean fits = i == 13 || i == 16 ? c == ':' : i == 19 ? c == '.' : c >= '0' && c <= '9';
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
