package io.stockobserver.trigger;

/**
 * One way that a symbol's accumulated volume reaches us: asked for, or told trade by trade. Each
 * has its own mark, because a venue may count another market in the feed than in its answers.
 */
final class Lane {
  private long acc;
  private long at = Long.MIN_VALUE;

  /** When it was last heard, {@link Long#MIN_VALUE} for never. */
  long at() {
    return at;
  }

  /** The volume that is accumulated so far. */
  long acc() {
    return acc;
  }

  void mark(long newAcc, long newAt) {
    acc = newAcc;
    at = newAt;
  }

  void forget() {
    at = Long.MIN_VALUE;
    acc = 0;
  }
}
