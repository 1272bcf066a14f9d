package io.stockobserver.simulator.world;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.Set;

/**
 * When KRX is open: weekends, the public holidays of 2025 to 2027, 1 May and the year-end closing,
 * and the two kinds of days with shifted hours. Immutable.
 */
public final class TradingCalendar {
  private static final String CLOSED =
      """
      2025 0101 0127 0128 0129 0130 0303 0501 0505 0506 0603 0606 0815 1003 1006 1007 1008 1009 1225
      2026 0101 0216 0217 0218 0302 0501 0505 0525 0603 0717 0817 0924 0925 1005 1009 1225
      2027 0101 0208 0209 0301 0505 0513 0719 0816 0914 0915 0916 1004 1011 1227
      """;

  private static final Set<LocalDate> HOLIDAYS = holidays();

  private TradingCalendar() {}

  /** Hours of one day in milliseconds after midnight KST. */
  public record Hours(long open, long closingAuction, long close) {}

  private static Set<LocalDate> holidays() {
    Set<LocalDate> days = new HashSet<>();
    CLOSED
        .lines()
        .forEach(
            line -> {
              int year = Integer.parseInt(line.substring(0, 4));
              for (int at = 5; at + 4 <= line.length(); at += 5) {
                int month = Integer.parseInt(line.substring(at, at + 2));
                days.add(
                    LocalDate.of(year, month, Integer.parseInt(line.substring(at + 2, at + 4))));
              }
            });
    return days;
  }

  /** A public holiday, 1 May included, on which banks are closed as well. */
  public static boolean holiday(LocalDate day) {
    return HOLIDAYS.contains(day) || (day.getMonth() == Month.MAY && day.getDayOfMonth() == 1);
  }

  /** Saturday or Sunday. */
  public static boolean weekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  /** The market opens on this day. */
  public static boolean open(LocalDate day) {
    return !weekend(day)
        && !holiday(day)
        && !(day.getMonth() == Month.DECEMBER && day.getDayOfMonth() == 31);
  }

  /** The day itself if the market opens on it, else the nearest open day before it. */
  public static LocalDate openOnOrBefore(LocalDate day) {
    LocalDate at = day;
    while (!open(at)) {
      at = at.minusDays(1);
    }
    return at;
  }

  /** The nearest open day before this one. */
  public static LocalDate openBefore(LocalDate day) {
    return openOnOrBefore(day.minusDays(1));
  }

  /** The nearest open day after this one. */
  public static LocalDate openAfter(LocalDate day) {
    LocalDate at = day.plusDays(1);
    while (!open(at)) {
      at = at.plusDays(1);
    }
    return at;
  }

  /**
   * Regular hours, one hour later on the entrance exam day, a late open on the year's first day.
   */
  public static Hours hours(LocalDate day) {
    if (day.equals(examDay(day.getYear()))) {
      return hours(10 * 60, 16 * 60 + 30);
    }
    boolean first = openBefore(day).getYear() < day.getYear();
    return hours(first ? 10 * 60 : 9 * 60, 15 * 60 + 30);
  }

  private static Hours hours(long openMinute, long closeMinute) {
    return new Hours(openMinute * 60_000, (closeMinute - 10) * 60_000, closeMinute * 60_000);
  }

  private static LocalDate examDay(int year) {
    LocalDate first = LocalDate.of(year, Month.NOVEMBER, 1);
    int week = year == 2025 ? 2 : 3;
    return first.with(TemporalAdjusters.dayOfWeekInMonth(week, DayOfWeek.THURSDAY));
  }
}
