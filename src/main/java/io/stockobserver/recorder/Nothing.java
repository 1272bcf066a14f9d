package io.stockobserver.recorder;

import io.stockobserver.market.TradingDay;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What stands where nothing was heard yet. */
final class Nothing {
  static final Entry ENTRY =
      new Entry(0, new Draft(Instant.EPOCH, 0, "none", Direction.NOTE, 0, 0, new byte[0]), "", 0);
  static final Days DAYS =
      new Days(
          new TradingDay(
              LocalDate.EPOCH,
              ZoneOffset.UTC,
              false,
              false,
              Instant.EPOCH,
              Instant.EPOCH.plusSeconds(1),
              "none"),
          Members.NONE);

  private Nothing() {}
}
