package io.stockobserver.route.http;

import org.jspecify.annotations.Nullable;

/** What the page shows, in words. Asked on worker threads; it may wait a moment. */
public interface Page {
  /** Called once a second: frames of an event stream for everybody who looks on. */
  byte[] next();

  /** Frames for somebody who begins to look on. */
  byte[] first();

  /** Everything at once, as JSON. */
  byte[] state();

  /** Today's coverage of a provider, as JSON; null for one that is not observed here. */
  byte @Nullable [] day(String provider);
}
