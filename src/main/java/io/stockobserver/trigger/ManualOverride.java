package io.stockobserver.trigger;

import io.stockobserver.track.Interest;
import java.util.Set;
import java.util.TreeSet;

/**
 * A person's word: a pinned symbol has the score 1.0, whatever the market does, also where it is
 * halted or was never seen. Not thread-safe.
 */
final class ManualOverride {
  static final String WORD = "manual_override";

  private final Set<String> pinned = new TreeSet<>();

  void pin(String symbol) {
    pinned.add(symbol);
  }

  void unpin(String symbol) {
    pinned.remove(symbol);
  }

  /** In the order of the symbols. */
  Set<String> pinned() {
    return pinned;
  }

  static Interest interest(String symbol) {
    return new Interest(symbol, 1.0, WORD);
  }
}
