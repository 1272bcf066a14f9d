package io.stockobserver.audit;

import java.time.Instant;
import java.util.List;

/**
 * Seconds in a row that are neither recorded nor explained.
 *
 * @param from the first second's begin
 * @param until the last one's end
 * @param symbols whose; empty for the track as a whole
 */
public record Unexplained(Instant from, Instant until, List<String> symbols) {
  public Unexplained {
    symbols = List.copyOf(symbols);
  }
}
