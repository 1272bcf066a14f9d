package io.stockobserver.market;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the durations of the configuration: a number with its unit, such as {@code 500ms}. */
public final class Spans {
  private static final Pattern SHAPE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)");

  /** Ten years: what is longer is a slip, and would overflow further on. */
  private static final double LONGEST_MILLIS = 3650 * 86_400_000.0;

  private Spans() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming what is allowed
   */
  public static Duration parse(String text) {
    Matcher m = SHAPE.matcher(text.trim());
    double number = m.matches() ? Double.parseDouble(m.group(1)) : Double.NaN;
    double millis =
        Double.isNaN(number)
            ? number
            : switch (m.group(2)) {
              case "ms" -> number;
              case "s" -> number * 1000;
              case "m" -> number * 60_000;
              case "h" -> number * 3_600_000;
              default -> number * 86_400_000;
            };
    boolean rounded = millis != Math.rint(millis) && millis < 1;
    if (!(millis <= LONGEST_MILLIS) || rounded) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no duration; write a number and ms, s, m, h or d, such as 500ms");
    }
    return Duration.ofMillis(Math.round(millis));
  }
}
