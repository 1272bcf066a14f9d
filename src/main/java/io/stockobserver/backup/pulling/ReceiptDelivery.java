package io.stockobserver.backup.pulling;

import io.stockobserver.archive.packages.Receipt;

/** Hands a backup's word to the server that its package came from. */
@FunctionalInterface
public interface ReceiptDelivery {
  /** To nobody: the next pull delivers it. */
  ReceiptDelivery LATER = receipt -> false;

  /**
   * Delivers it.
   *
   * @return whether the server has it now; if not, the next pull tries again
   */
  boolean deliver(Receipt receipt);
}
