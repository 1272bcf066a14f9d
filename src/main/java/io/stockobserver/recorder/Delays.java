package io.stockobserver.recorder;

/**
 * How long messages took from the socket to the tape: counts in buckets a sixteenth of a power of
 * two wide, so that a percentile is good to 6 %. Owned by the recorder's lock.
 */
final class Delays {
  private static final int BITS = 4;
  private static final int STEPS = 1 << BITS;

  private final long[] counts = new long[64 * STEPS];
  private long total;
  private long worst;

  void add(long nanos) {
    long n = Math.max(1, nanos);
    int power = 63 - Long.numberOfLeadingZeros(n);
    int step = power < BITS ? 0 : (int) (n >> (power - BITS)) & (STEPS - 1);
    counts[power * STEPS + step]++;
    total++;
    worst = Math.max(worst, n);
  }

  /** The delay in nanoseconds that this share of the messages did not exceed; 0 for no messages. */
  long percentile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length && total > 0; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        int power = i / STEPS;
        long width = power < BITS ? 1L << power : 1L << (power - BITS);
        return Math.min(worst, (1L << power) + (i % STEPS + 1) * width);
      }
    }
    return 0;
  }

  void clear() {
    java.util.Arrays.fill(counts, 0);
    total = 0;
    worst = 0;
  }
}
