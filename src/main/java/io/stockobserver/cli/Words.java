package io.stockobserver.cli;

import io.stockobserver.audit.MarketAudit;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How figures are told to a person. */
final class Words {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private static final Set<Character.UnicodeScript> WIDE =
      EnumSet.of(
          Character.UnicodeScript.HANGUL,
          Character.UnicodeScript.HAN,
          Character.UnicodeScript.HIRAGANA,
          Character.UnicodeScript.KATAKANA);

  private Words() {}

  static String lastCause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  static String bytes(long n) {
    if (n < 1024) {
      return n + " B";
    }
    double value = n;
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** The time of the day on a market's clock; its end is 24:00:00. */
  static String clock(Instant at, MarketAudit market) {
    boolean over = at.equals(market.day().plusDays(1).atStartOfDay(market.zone()).toInstant());
    return over ? "24:00:00" : CLOCK.format(at.atZone(market.zone()));
  }

  /** As much of a line as a terminal of so many columns shows; Korean takes two for a letter. */
  static String cut(String line, int columns) {
    int left = columns;
    for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
      left -= WIDE.contains(Character.UnicodeScript.of(line.codePointAt(i))) ? 2 : 1;
      if (left < 0) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  /** How wide the terminal is; what is no terminal takes whole lines. */
  static int columns() {
    return Boolean.getBoolean("observer.terminal")
        ? Math.max(40, Integer.getInteger("observer.columns", 100))
        : 140;
  }

  /** So many columns of it, filled up at the end. */
  static String cell(String text, int columns) {
    String shown = cut(text, columns);
    return shown + " ".repeat(columns - width(shown));
  }

  private static int width(String text) {
    return text.codePoints().map(c -> WIDE.contains(Character.UnicodeScript.of(c)) ? 2 : 1).sum();
  }

  static String age(Duration d) {
    if (d.toMillis() < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, d.toMillis()) / 1000.0);
    }
    if (d.toMinutes() < 2) {
      return d.toSeconds() + " s";
    }
    return d.toHours() > 0
        ? d.toHours() + " h " + d.toMinutesPart() + " min"
        : d.toMinutes() + " min " + d.toSecondsPart() + " s";
  }
}
