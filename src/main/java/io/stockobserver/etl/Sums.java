package io.stockobserver.etl;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows by minute, counted and summed up: the first 64 bits of each row's MD5, added without regard
 * to order or overflow, so that one row less, twice or changed is another sum. It finds accidents;
 * against forgers there are the seals. Not thread-safe.
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
  private final MessageDigest md5;
  private long last = Long.MIN_VALUE;
  private long[] at = new long[2];

  Sums() {
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has MD5
    }
  }

  /** Adds a row in its canonical text. */
  void add(long minute, Bytes canonical) {
    if (minute != last) {
      at = minutes.computeIfAbsent(minute, m -> new long[2]);
      last = minute;
    }
    md5.update(canonical.array(), 0, canonical.size());
    at[0]++;
    at[1] += ByteBuffer.wrap(md5.digest()).getLong();
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
