package io.stockobserver.audit;

/**
 * Seconds, or symbols' seconds. {@code expected = recorded + explained + unexplained}.
 *
 * @param expected how many were due
 */
public record Tally(long expected, long recorded, long explained, long unexplained) {
  static final Tally NOTHING = new Tally(0, 0, 0, 0);

  public Tally {
    if (recorded + explained + unexplained != expected) {
      throw new IllegalArgumentException(
          expected + " is not " + recorded + " + " + explained + " + " + unexplained);
    }
  }

  Tally plus(Tally other) {
    return new Tally(
        expected + other.expected,
        recorded + other.recorded,
        explained + other.explained,
        unexplained + other.unexplained);
  }

  Tally plus(State state, long n) {
    return plus(
        new Tally(
            n,
            state == State.RECORDED ? n : 0,
            state == State.EXPLAINED ? n : 0,
            state == State.UNEXPLAINED ? n : 0));
  }

  /** The share that was recorded, 0 to 1; 1 where nothing was due. */
  public double coverage() {
    return expected == 0 ? 1 : (double) recorded / expected;
  }
}
