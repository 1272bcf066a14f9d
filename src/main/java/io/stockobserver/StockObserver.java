package io.stockobserver;

/** Opens the house. */
public final class StockObserver {
  private StockObserver() {}

  public static void main(String[] args) {
    System.out.println("stock observer");
  }
}
