package io.stockobserver;

import io.stockobserver.cli.ObserverCommand;

/** The front door: hands the command line to {@link ObserverCommand}. */
public final class StockObserver {
  private StockObserver() {}

  public static void main(String[] args) {
    System.exit(ObserverCommand.run(args));
  }
}
