package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.world.Day;

/** Numbers as KIS writes them. Rates are hundredths, rounded half away from zero. */
final class Figures {
  private Figures() {}

  /** 100 * scale * part / whole, in hundredths of the unit that scale makes; 0 for no whole. */
  static long hundredths(long part, long whole, int scale) {
    if (whole == 0) {
      return 0;
    }
    long twice = (2 * Math.abs(part) * 100 * scale + whole) / (2 * whole);
    return part < 0 ? -twice : twice;
  }

  /** Percent with two decimals, in hundredths. */
  static long percent(long part, long whole) {
    return hundredths(part, whole, 100);
  }

  static void append(StringBuilder to, long hundredths) {
    long size = Math.abs(hundredths);
    if (hundredths < 0) {
      to.append('-');
    }
    to.append(size / 100).append('.');
    if (size % 100 < 10) {
      to.append('0');
    }
    to.append(size % 100);
  }

  static String text(long hundredths) {
    StringBuilder text = new StringBuilder();
    append(text, hundredths);
    return text.toString();
  }

  /** 2 up, 3 flat, 5 down. */
  static char sign(long difference) {
    return difference > 0 ? '2' : difference < 0 ? '5' : '3';
  }

  /** As {@link #sign(long)} against the base price, with 1 and 4 at the limits. */
  static char sign(Day day, long price) {
    if (price == day.upper()) {
      return '1';
    }
    return price == day.lower() ? '4' : sign(price - day.base());
  }

  /** HHMMSS. */
  static String clock(int second) {
    StringBuilder text = new StringBuilder(6);
    appendClock(text, second);
    return text.toString();
  }

  static void appendClock(StringBuilder to, int second) {
    two(to, second / 3600 % 24);
    two(to, second / 60 % 60);
    two(to, second % 60);
  }

  private static void two(StringBuilder to, int number) {
    to.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
