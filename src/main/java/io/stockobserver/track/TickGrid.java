package io.stockobserver.track;

import java.time.Instant;

/** Instants at which something is due, one after the other. Whoever asks may be answered anew. */
@FunctionalInterface
public interface TickGrid {
  /** The first instant after this one. */
  Instant after(Instant at);
}
