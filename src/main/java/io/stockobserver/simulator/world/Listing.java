package io.stockobserver.simulator.world;

import java.time.LocalDate;

/**
 * What the exchange says about one instrument, apart from its price of the day.
 *
 * @param group the security group code: ST, EF, EN, RT and so on
 * @param preferred 0 common, 1 old preferred, 2 new preferred
 * @param alert 00 none, 01 caution, 02 warning, 03 risk
 * @param rights the base price was set anew on the reference day
 * @param price base price of the reference day in KRW
 * @param shares listed shares
 * @param volume an ordinary day's volume in shares
 * @param volatility deviation of a day's return, as a fraction
 * @param nxt also traded on the second venue
 */
public record Listing(
    String code,
    String isin,
    String name,
    String englishName,
    Board board,
    String group,
    int preferred,
    boolean spac,
    boolean halted,
    boolean liquidation,
    boolean administrative,
    String alert,
    boolean rights,
    long price,
    long shares,
    long volume,
    double volatility,
    LocalDate listedOn,
    boolean nxt) {

  /** An exchange-traded fund or note, which has its own tick table. */
  public boolean product() {
    return group.equals("EF") || group.equals("FE") || group.equals("EN");
  }

  /** KR7 + six characters + 00 + check digit. */
  static String isin(String code) {
    String six = code.length() > 6 ? code.substring(code.length() - 6) : code;
    String body = "KR7" + six + "00";
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < body.length(); i++) {
      digits.append(Character.digit(body.charAt(i), 36));
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit * 2 : digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return body + (10 - sum % 10) % 10;
  }
}
