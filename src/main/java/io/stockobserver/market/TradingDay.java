package io.stockobserver.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * One calendar day of a market, in the market's zone.
 *
 * @param open whether the market opens at all; an unknown day counts as open
 * @param known false when no source says whether it opens
 * @param opens the regular session's first instant
 * @param closes the regular session's end
 * @param source who says so, for the evidence
 */
public record TradingDay(
    LocalDate date,
    ZoneId zone,
    boolean open,
    boolean known,
    Instant opens,
    Instant closes,
    String source) {
  public TradingDay {
    if (!closes.isAfter(opens)) {
      throw new IllegalArgumentException(date + " closes at " + closes + ", before it opens");
    }
  }

  /** Whether the market does not close between this day and its neighbours. */
  public boolean roundTheClock() {
    return open
        && opens.equals(date.atStartOfDay(zone).toInstant())
        && closes.equals(date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** Whether {@code at} is inside the regular session. */
  public boolean inSession(Instant at) {
    return open && !at.isBefore(opens) && at.isBefore(closes);
  }
}
