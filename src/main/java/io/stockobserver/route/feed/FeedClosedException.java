package io.stockobserver.route.feed;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A message could not be sent, because the feed it belongs to has no socket that takes it. */
public final class FeedClosedException extends Exception {
  private static final long serialVersionUID = 1L;

  FeedClosedException(URI address, String why, @Nullable Throwable cause) {
    super(Addresses.withoutQuery(address) + ": " + why, cause);
  }
}
