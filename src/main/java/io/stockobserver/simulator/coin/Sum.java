package io.stockobserver.simulator.coin;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A sum of whole numbers that never overflows. */
final class Sum {
  private static final long CARRY = 1_000_000_000_000_000_000L;

  private long high;
  private long low;

  void add(long amount) {
    low += amount % CARRY;
    high += amount / CARRY;
    if (low >= CARRY) {
      low -= CARRY;
      high++;
    }
  }

  void add(Sum other) {
    add(other.low);
    high += other.high;
  }

  void addProduct(long one, long other) {
    BigInteger[] parts =
        BigInteger.valueOf(one)
            .multiply(BigInteger.valueOf(other))
            .divideAndRemainder(BigInteger.valueOf(CARRY));
    high += parts[0].longValueExact();
    add(parts[1].longValueExact());
  }

  /** With so many decimals. */
  BigDecimal scaled(int scale) {
    if (high == 0) {
      return BigDecimal.valueOf(low, scale);
    }
    BigInteger whole =
        BigInteger.valueOf(high).multiply(BigInteger.valueOf(CARRY)).add(BigInteger.valueOf(low));
    return new BigDecimal(whole, scale);
  }
}
