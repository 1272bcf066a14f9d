package io.stockobserver.audit;

import io.stockobserver.market.TradingDay;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Asked about days of which no session tells. */
@FunctionalInterface
public interface Calendars {
  /** The day of a market; null when nobody knows the market. */
  @Nullable TradingDay day(String market, LocalDate date);
}
