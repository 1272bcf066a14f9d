package io.stockobserver.simulator.world;

/** Hears every trade of the instruments it watches, while the instrument stands at that trade. */
@FunctionalInterface
public interface Watcher {
  /** Called on the loop that owns the world. */
  void traded(Instrument instrument, Trade trade);
}
