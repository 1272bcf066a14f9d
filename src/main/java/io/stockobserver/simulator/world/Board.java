package io.stockobserver.simulator.world;

/** The three boards of KRX. */
public enum Board {
  KOSPI,
  KOSDAQ,
  KONEX
}
