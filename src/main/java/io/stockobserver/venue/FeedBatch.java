package io.stockobserver.venue;

import java.util.List;

/**
 * What a feed handed on at once: messages and events in the order in which they happened, never of
 * two connections.
 *
 * @param feed the feed's name
 * @param connection 1, 2, 3 … in this process; 0 for an attempt that led to no connection
 * @param messages at least one
 */
public record FeedBatch(String feed, long connection, List<FeedMessage> messages) {
  public FeedBatch {
    if (feed.isBlank() || connection < 0 || messages.isEmpty()) {
      throw new IllegalArgumentException("no batch: " + feed + " " + connection);
    }
    messages = List.copyOf(messages);
  }
}
