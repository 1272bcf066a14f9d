package io.stockobserver.track;

import io.stockobserver.market.TradingDay;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the whole universe is looked at. {@link SweepGrid} is one grid for good. */
public interface SweepTimes {
  /** All instants of {@code day}, in order; empty when the market stays closed. */
  List<Instant> instants(TradingDay day);

  /** What a sweep at {@code at} stands for: until then. */
  Instant until(TradingDay day, Instant at);

  /** The latest instant in {@code (after, now]}; null when none is due. */
  default @Nullable Instant due(TradingDay day, Instant after, Instant now) {
    Instant due = null;
    for (Instant at : instants(day)) {
      if (at.isAfter(after) && !at.isAfter(now)) {
        due = at;
      }
    }
    return due;
  }

  /** The instants strictly between two, which a late or long sweep has skipped. */
  default List<Instant> between(TradingDay day, Instant after, Instant before) {
    return instants(day).stream().filter(at -> at.isAfter(after) && at.isBefore(before)).toList();
  }
}
