package io.stockobserver.etl;

import java.util.Map;
import java.util.TreeMap;

/**
 * Rows by minute, counted and summed up: their hashes ({@link RowHash}), added without regard to
 * order or overflow, so that one row less, twice or changed is another sum. Not thread-safe.
 */
final class Sums {
  /** How many rows, and the sum of their hashes. */
  record Sum(long rows, long hash) {
    static final Sum NOTHING = new Sum(0, 0);

    Sum plus(Sum other) {
      return new Sum(rows + other.rows, hash + other.hash);
    }
  }

  private final TreeMap<Long, long[]> minutes = new TreeMap<>();
  private long last = Long.MIN_VALUE;
  private long[] at = new long[2];

  /** Adds a row. */
  void add(long minute, long hash) {
    if (minute != last) {
      at = minutes.computeIfAbsent(minute, m -> new long[2]);
      last = minute;
    }
    at[0]++;
    at[1] += hash;
  }

  /** By minute since the epoch, in order. */
  Map<Long, Sum> byMinute() {
    TreeMap<Long, Sum> all = new TreeMap<>();
    minutes.forEach((minute, sum) -> all.put(minute, new Sum(sum[0], sum[1])));
    return all;
  }

  Sum all() {
    return byMinute().values().stream().reduce(Sum.NOTHING, Sum::plus);
  }
}
