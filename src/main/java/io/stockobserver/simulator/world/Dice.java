package io.stockobserver.simulator.world;

import java.util.List;

/** A small deterministic stream of numbers (SplitMix64). Not thread-safe. */
final class Dice {
  private long state;

  Dice(long seed) {
    state = seed;
  }

  static Dice of(long seed, String word, long number) {
    long mixed = mix(seed);
    for (int i = 0; i < word.length(); i++) {
      mixed = mix(mixed + word.charAt(i));
    }
    return new Dice(mix(mixed + number));
  }

  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  int below(int bound) {
    return (int) Math.floorMod(next(), (long) bound);
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Mean 1. */
  double exponential() {
    return -Math.log(1 - unit());
  }

  /** Roughly normal (four small uniforms out of one number), mean 0, deviation 1, within 3.5. */
  double normal() {
    long bits = next();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum / 65_535.0 - 2) * 1.7320508075688772;
  }

  <T> T pick(List<T> from) {
    return from.get(below(from.size()));
  }
}
