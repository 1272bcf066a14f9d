package io.stockobserver.health;

/** Whether something is well, in one word. The worse of two is the later one. */
public enum Health {
  /** It does what it is for. */
  HEALTHY,
  /** It does, but somebody should look. */
  DEGRADED,
  /** It does not. */
  DOWN;

  /** The worse one. */
  public Health and(Health other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
