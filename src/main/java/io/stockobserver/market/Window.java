package io.stockobserver.market;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the trading day, relative to its open and close, so that a shifted day shifts it too:
 * {@code open+30m..close-30m}.
 *
 * @param fromOpens true when the start is reckoned from the open, else from the close
 */
public record Window(boolean fromOpens, Duration from, boolean toOpens, Duration to) {
  private static final Pattern END =
      Pattern.compile("(open|close)(?:([+-])(\\d+(?:\\.\\d+)?(?:ms|s|m|h)))?");

  public Window {
    if (fromOpens == toOpens && to.compareTo(from) <= 0) {
      throw new IllegalArgumentException("a window that ends before it has begun is always empty");
    }
  }

  /**
   * Reads one from the configuration.
   *
   * @throws IllegalArgumentException naming what is allowed
   */
  public static Window parse(String text) {
    String[] ends = text.trim().split("\\.\\.", -1);
    if (ends.length == 2) {
      Matcher a = END.matcher(ends[0].trim());
      Matcher b = END.matcher(ends[1].trim());
      if (a.matches() && b.matches()) {
        boolean fromOpens = a.group(1).equals("open");
        boolean toOpens = b.group(1).equals("open");
        try {
          return new Window(fromOpens, shift(a), toOpens, shift(b));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("\"" + text + "\": " + e.getMessage(), e);
        }
      }
    }
    throw new IllegalArgumentException(
        "\""
            + text
            + "\" is no window; write START..END, each open or close with an optional"
            + " shift, such as open+30m..close-30m");
  }

  /** As the configuration may have it: {@link #parse} reads it back. */
  public String text() {
    return end(fromOpens, from) + ".." + end(toOpens, to);
  }

  private static String end(boolean opens, Duration shift) {
    String sign = shift.isNegative() ? "-" : "+";
    return (opens ? "open" : "close")
        + (shift.isZero() ? "" : sign + shift.abs().toMillis() + "ms");
  }

  private static Duration shift(Matcher m) {
    if (m.group(2) == null) {
      return Duration.ZERO;
    }
    Duration d = Spans.parse(m.group(3));
    return m.group(2).equals("-") ? d.negated() : d;
  }

  /** The first instant inside. */
  public Instant start(TradingDay day) {
    return (fromOpens ? day.opens() : day.closes()).plus(from);
  }

  /** The first instant after it. */
  public Instant end(TradingDay day) {
    return (toOpens ? day.opens() : day.closes()).plus(to);
  }

  /** Whether {@code at} is inside it on an open day. */
  public boolean contains(TradingDay day, Instant at) {
    return day.open() && !at.isBefore(start(day)) && at.isBefore(end(day));
  }
}
