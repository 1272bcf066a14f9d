package io.stockobserver;

import io.stockobserver.market.TradingDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/** When a simulation begins of which nobody says when. Pure. */
final class SimulatedStart {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final Instant FIRST =
      LocalDateTime.parse("2026-11-20T09:29:50").atZone(SEOUL).toInstant();

  /** The closing sweep is a minute after the close, and takes a moment. */
  private static final Duration AFTER_CLOSE = Duration.ofSeconds(90);

  /** The fast track begins half an hour after the open: ten seconds before that. */
  private static final Duration AFTER_OPEN = Duration.ofMinutes(30).minusSeconds(10);

  private SimulatedStart() {}

  /**
   * In an empty archive a little before the fast track begins; else a second after the latest
   * instant that any part of it has, where all markets are open then, or on the next day on which
   * they are.
   *
   * @param heard the last instant of each part that has one
   * @param markets of all that is to be observed
   */
  static Instant after(List<Instant> heard, List<MarketDays> markets) {
    Instant last = heard.stream().max(Comparator.naturalOrder()).orElse(Instant.MIN);
    if (last.isBefore(FIRST)) {
      return FIRST;
    }
    Instant next = last.plusSeconds(1);
    if (markets.stream().allMatch(market -> goesOn(market, last, next))) {
      return next;
    }
    LocalDate date = last.atZone(SEOUL).toLocalDate();
    do {
      date = date.plusDays(1);
    } while (!open(markets, date));
    LocalDate day = date;
    return markets.stream()
        .map(market -> market.day(day).opens().plus(AFTER_OPEN))
        .max(Comparator.naturalOrder())
        .orElse(next);
  }

  private static boolean goesOn(MarketDays market, Instant last, Instant next) {
    TradingDay day = market.day(last.atZone(market.zone()).toLocalDate());
    return day.open() && next.isBefore(day.closes().plus(AFTER_CLOSE));
  }

  private static boolean open(List<MarketDays> markets, LocalDate date) {
    return markets.stream().allMatch(market -> market.day(date).open());
  }
}
