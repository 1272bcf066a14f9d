package io.stockobserver.etl;

import java.math.BigDecimal;

/**
 * The digits of a figure as a column of twelve decimals can hold them, without what says nothing:
 * no exponent, no zeros at the end. Nothing is rounded; what does not fit is refused. Pure.
 */
final class Numeral {
  private static final int DECIMALS = 12;

  /** How many digits a price may have before the point: NUMERIC(24,12). */
  static final int PRICE = 12;

  /** The same of a size or a volume: NUMERIC(30,12). */
  static final int SIZE = 18;

  private Numeral() {}

  /**
   * Reads a JSON number.
   *
   * @param whole how many digits may stand before the point
   * @throws NumberFormatException in words when it does not fit
   */
  static String of(String number, int whole) {
    String text = number;
    if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      BigDecimal value = new BigDecimal(text);
      if (value.signum() != 0 && Math.abs((long) value.precision() - value.scale()) > 2 * SIZE) {
        throw beyond(number, whole);
      }
      text = value.signum() == 0 ? "0" : value.toPlainString();
    }
    int dot = text.indexOf('.');
    int end = text.length();
    if (dot >= 0) {
      while (text.charAt(end - 1) == '0') {
        end--;
      }
      end = end - 1 == dot ? dot : end;
    }
    int before = (dot < 0 ? end : Math.min(dot, end)) - (text.charAt(0) == '-' ? 1 : 0);
    int behind = dot < 0 || end <= dot ? 0 : end - dot - 1;
    if (before > whole || behind > DECIMALS) {
      throw beyond(number, whole);
    }
    String plain = text.substring(0, end);
    return plain.equals("-0") ? "0" : plain;
  }

  private static NumberFormatException beyond(String number, int whole) {
    String shown = number.length() > 40 ? number.substring(0, 40) + "..." : number;
    return new NumberFormatException(
        shown + " is beyond its column NUMERIC(" + (whole + DECIMALS) + ",12)");
  }
}
