package io.stockobserver.simulator.kis;

import java.util.SplittableRandom;

/** The key and secret that are accepted: made up, the same in every run, of the real lengths. */
final class KisKeys {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  static final String APP_KEY = "PSsim" + letters(1, 31);
  static final String APP_SECRET = letters(2, 179) + "=";

  private KisKeys() {}

  static String letters(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
