package io.stockobserver;

import java.util.regex.Pattern;

/** When a setting that is saved while we run holds. */
enum Reach {
  /** From the moment that it is taken. */
  AT_ONCE("at once"),
  /** When what it is for begins anew. */
  NEXT_ROUND("next round"),
  /** From the next start on. */
  RESTART("restart");

  private static final Pattern ROUND = Pattern.compile("mitigation\\.level\\d\\.rotate");

  private static final Pattern ONCE =
      Pattern.compile(
          "my\\..+|track\\..+|trigger\\..+|slot\\..+|mitigation\\..+"
              + "|provider\\.[a-z]+\\.(feed\\.(pace|queue|silence)|rest\\.rate|candidates\\.every)");

  private final String words;

  Reach(String words) {
    this.words = words;
  }

  /** As the table in docs/operating.md has it. */
  String words() {
    return words;
  }

  /** That of a setting. */
  static Reach of(String key) {
    if (ROUND.matcher(key).matches()) {
      return NEXT_ROUND;
    }
    return ONCE.matcher(key).matches() ? AT_ONCE : RESTART;
  }

  /** Whether it is a rule by which venues are watched, and so a word on their tapes. */
  static boolean isRule(String key) {
    return key.matches("(track|trigger|slot)\\..+|provider\\.[a-z]+\\.feed\\.silence");
  }
}
