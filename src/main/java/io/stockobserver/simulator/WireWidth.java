package io.stockobserver.simulator;

/** How many fields a record of the KIS feed has: it grew twice, and will again. */
public enum WireWidth {
  /** Since 2026-09-14. */
  NOW(47, 63, 66),
  /** From March 2025 on. */
  OF_2025(46, 62, 65),
  /** As in the older documents. */
  OLD(46, 59, 65);

  private final int trade;
  private final int book;
  private final int unifiedBook;

  WireWidth(int trade, int book, int unifiedBook) {
    this.trade = trade;
    this.book = book;
    this.unifiedBook = unifiedBook;
  }

  /** Fields of an execution. */
  public int trade() {
    return trade;
  }

  /** Fields of a KRX book. */
  public int book() {
    return book;
  }

  /** Fields of a book over both venues. */
  public int unifiedBook() {
    return unifiedBook;
  }
}
