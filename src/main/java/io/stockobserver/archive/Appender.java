package io.stockobserver.archive;

import java.io.IOException;

/**
 * Puts a batch at the end of its file: in the running observer a route with a file endpoint, in
 * tests and commands {@link ChannelAppender}. The file is there already. After an exception the
 * archive cuts off what was written and offers the same batch again.
 */
@FunctionalInterface
public interface Appender {
  /** Appends all the bytes of the batch, or fails. */
  void append(Batch batch) throws IOException;
}
