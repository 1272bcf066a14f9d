package io.stockobserver.simulator.coin;

/**
 * A coin.
 *
 * @param price KRW around which it moves
 * @param volatility deviation of a day's return
 */
record Asset(String symbol, String korean, String english, double price, double volatility) {
  boolean stable() {
    return volatility < 0.01;
  }
}
