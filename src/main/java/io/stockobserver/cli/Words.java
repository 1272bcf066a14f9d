package io.stockobserver.cli;

import io.stockobserver.audit.MarketAudit;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How figures are told to a person. */
final class Words {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

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
