package io.stockobserver.simulator.coin;

/** Hears every match of the markets it watches, while the market stands at that match. */
@FunctionalInterface
public interface FillWatcher {
  /** Called on the loop that owns the world. */
  void filled(CoinMarket market, Fill fill);
}
