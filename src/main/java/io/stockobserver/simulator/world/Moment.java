package io.stockobserver.simulator.world;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * An instant as Seoul sees it.
 *
 * @param session the trading day whose figures are shown: today, or the last open day
 * @param sessionMillis milliseconds after that day's midnight, past its end when it is over
 */
public record Moment(ZonedDateTime local, LocalDate session, long sessionMillis) {
  /** Where the market lives. */
  public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private static final long DAY_MILLIS = 86_400_000;

  /** Reads an instant of the market clock. */
  public static Moment of(Instant instant) {
    ZonedDateTime local = instant.atZone(SEOUL);
    LocalDate today = local.toLocalDate();
    LocalDate session = TradingCalendar.openOnOrBefore(today);
    long millis =
        session.equals(today) ? local.toLocalTime().toNanoOfDay() / 1_000_000 : DAY_MILLIS;
    return new Moment(local, session, millis);
  }

  /** Second of the session's day. */
  public int second() {
    return (int) (sessionMillis / 1000);
  }
}
