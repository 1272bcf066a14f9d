package io.stockobserver.trigger;

import java.util.Arrays;

/**
 * What was traded, by stretches of one length, and how much of each stretch was seen at all. A ring
 * of the latest stretches; not thread-safe.
 */
final class Flow {
  private final long length;
  private final long[] volume;
  private final int[] seen;
  private long newest = Long.MIN_VALUE;

  /**
   * An empty one.
   *
   * @param length of a stretch, in milliseconds
   */
  Flow(long length, int stretches) {
    this.length = length;
    volume = new long[stretches];
    seen = new int[stretches];
  }

  /** Which stretch an instant is in. */
  long stretch(long at) {
    return Math.floorDiv(at, length);
  }

  /** Adds what traded at one instant. */
  void put(long at, long amount) {
    long stretch = stretch(at);
    roll(stretch);
    if (stretch > newest - volume.length) {
      volume[slot(stretch)] += amount;
    }
  }

  /** Adds what traded between two instants, evenly; what is older than the ring is dropped. */
  void spread(long from, long to, long amount) {
    if (amount == 0) {
      return;
    }
    if (to <= from) {
      put(to, amount);
      return;
    }
    roll(stretch(to));
    long at = Math.max(from, oldest());
    long done = share(from, to, at, amount);
    while (at < to) {
      long stretch = stretch(at);
      long end = Math.min(to, (stretch + 1) * length);
      long upToEnd = share(from, to, end, amount);
      volume[slot(stretch)] += upToEnd - done;
      done = upToEnd;
      at = end;
    }
  }

  /** Says that whatever traded between two instants is known. */
  void see(long from, long to) {
    roll(stretch(to));
    long at = Math.max(from, oldest());
    while (at < to) {
      long stretch = stretch(at);
      long end = Math.min(to, (stretch + 1) * length);
      seen[slot(stretch)] += (int) (end - at);
      at = end;
    }
  }

  /**
   * Units a second over what was seen of these stretches.
   *
   * @param least milliseconds that must have been seen, or it is NaN
   */
  double rate(long first, long last, long least) {
    long units = 0;
    long millis = 0;
    for (long s = Math.max(first, newest - volume.length + 1); s <= Math.min(last, newest); s++) {
      units += volume[slot(s)];
      millis += seen[slot(s)];
    }
    return millis < Math.max(1, least) ? Double.NaN : perSecond(units, millis);
  }

  /**
   * Units a second in the middle one (the lower of two) of these stretches, of those that were seen
   * for at least half; NaN where fewer than {@code least} were.
   */
  double middleRate(long first, long last, int least) {
    double[] rates = new double[(int) (last - first + 1)];
    int n = 0;
    for (long s = Math.max(first, newest - volume.length + 1); s <= Math.min(last, newest); s++) {
      int millis = seen[slot(s)];
      if (millis * 2L >= length) {
        rates[n++] = perSecond(volume[slot(s)], millis);
      }
    }
    if (n < Math.max(1, least)) {
      return Double.NaN;
    }
    Arrays.sort(rates, 0, n);
    return rates[(n - 1) / 2];
  }

  private static double perSecond(long units, long millis) {
    return units * 1_000.0 / millis / Fixed.VOLUME_UNIT;
  }

  private static long share(long from, long to, long at, long amount) {
    return at >= to ? amount : (long) (amount * ((double) (at - from) / (to - from)));
  }

  private long oldest() {
    return (newest - volume.length + 1) * length;
  }

  private int slot(long stretch) {
    return (int) Math.floorMod(stretch, (long) volume.length);
  }

  private void roll(long stretch) {
    if (stretch <= newest) {
      return;
    }
    long first = Math.max(newest + 1, stretch - volume.length + 1);
    for (long s = newest == Long.MIN_VALUE ? stretch : first; s <= stretch; s++) {
      volume[slot(s)] = 0;
      seen[slot(s)] = 0;
    }
    newest = stretch;
  }
}
