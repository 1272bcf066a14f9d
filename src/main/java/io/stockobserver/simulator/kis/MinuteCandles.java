package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Trade;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A day told in minutes, made anew for each question: nobody asks often. KRX trades only. */
final class MinuteCandles {
  /** KRW and shares of one minute; the value is the day's so far. */
  record Candle(long open, long high, long low, long close, long volume, long value) {
    Candle with(Trade trade) {
      return new Candle(
          open,
          Math.max(high, trade.price()),
          Math.min(low, trade.price()),
          trade.price(),
          volume + trade.size(),
          value + trade.price() * trade.size());
    }
  }

  private final TreeMap<Integer, Candle> minutes = new TreeMap<>();

  private MinuteCandles() {}

  static MinuteCandles of(Instrument instrument) {
    MinuteCandles candles = new MinuteCandles();
    instrument.retell(candles::add);
    return candles;
  }

  private void add(Trade trade) {
    if (trade.nxt()) {
      return;
    }
    int minute = trade.second() / 60;
    Candle now = minutes.get(minute);
    if (now == null) {
      long before = minutes.isEmpty() ? 0 : minutes.lastEntry().getValue().value();
      long price = trade.price();
      now = new Candle(price, price, price, price, 0, before);
    }
    minutes.put(minute, now.with(trade));
  }

  /** The minute's candle; one without trades repeats the last close; null before the first. */
  @Nullable Candle at(int minute) {
    Candle exact = minutes.get(minute);
    if (exact != null) {
      return exact;
    }
    var before = minutes.floorEntry(minute);
    if (before == null) {
      return null;
    }
    long close = before.getValue().close();
    return new Candle(close, close, close, close, 0, before.getValue().value());
  }
}
