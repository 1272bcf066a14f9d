package io.stockobserver.simulator.world;

import java.util.List;

/** A small deterministic stream of numbers (SplitMix64). Not thread-safe. */
public final class Dice {
  private long state;

  /** A stream that begins here. */
  public Dice(long seed) {
    state = seed;
  }

  /** A stream of this seed's own for each word and number. */
  public static Dice of(long seed, String word, long number) {
    long mixed = mix(seed);
    for (int i = 0; i < word.length(); i++) {
      mixed = mix(mixed + word.charAt(i));
    }
    return new Dice(mix(mixed + number));
  }

  /** Another number for each number, without any pattern. */
  public static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The next 64 bits. */
  public long next() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  public double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Uniform from 0 to below the bound. */
  public int below(int bound) {
    return (int) Math.floorMod(next(), (long) bound);
  }

  /** True so often. */
  public boolean chance(double probability) {
    return unit() < probability;
  }

  /** Mean 1. */
  public double exponential() {
    return -Math.log(1 - unit());
  }

  /** Roughly normal (four small uniforms out of one number), mean 0, deviation 1, within 3.5. */
  public double normal() {
    long bits = next();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum / 65_535.0 - 2) * 1.7320508075688772;
  }

  /** One of them. */
  public <T> T pick(List<T> from) {
    return from.get(below(from.size()));
  }
}
