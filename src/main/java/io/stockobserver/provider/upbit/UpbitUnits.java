package io.stockobserver.provider.upbit;

import java.math.BigDecimal;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The best level of each side of an order book. Best first as sent; a thin side is padded with
 * zeros, and those are no levels (Upbit sheet 2.3, 4.3).
 */
final class UpbitUnits {
  private static final UpbitField[] SIDES = {
    UpbitField.ASK_PRICE, UpbitField.BID_PRICE, UpbitField.ASK_SIZE, UpbitField.BID_SIZE
  };

  private @Nullable BigDecimal bidPrice;
  private @Nullable BigDecimal bidSize;
  private @Nullable BigDecimal askPrice;
  private @Nullable BigDecimal askSize;

  private UpbitUnits() {}

  /**
   * Reads the array that begins at {@code at}, as far as it is of interest.
   *
   * @param scan to read it with
   * @throws UpbitMisfit where it is none, or a price in it is no number
   */
  static UpbitUnits best(UpbitScan scan, int at) {
    UpbitUnits best = new UpbitUnits();
    int i = first(scan, at);
    while (scan.peek(i) == '{' && (best.bidPrice == null || best.askPrice == null)) {
      i = scan.object(i);
      if (i == UpbitScan.MALFORMED) {
        throw new UpbitMisfit("field-malformed", UpbitField.ORDERBOOK_UNITS.wireName());
      }
      best.take(scan);
      i = next(scan, i);
    }
    boolean found = best.bidPrice != null && best.askPrice != null;
    if (!found && scan.peek(i) != ']') {
      throw new UpbitMisfit("field-malformed", UpbitField.ORDERBOOK_UNITS.wireName());
    }
    return best;
  }

  private void take(UpbitScan unit) {
    BigDecimal ask = unit.price(UpbitField.ASK_PRICE);
    BigDecimal bid = unit.price(UpbitField.BID_PRICE);
    if (askPrice == null && ask != null) {
      askPrice = ask;
      askSize = unit.number(UpbitField.ASK_SIZE);
    }
    if (bidPrice == null && bid != null) {
      bidPrice = bid;
      bidSize = unit.number(UpbitField.BID_SIZE);
    }
  }

  /** Tells of the levels from the second on, as {@code book_ask_price_2} and so on. */
  static void deeper(byte[] b, int at, BiConsumer<String, String> visitor) {
    UpbitScan scan = new UpbitScan(b);
    int i = first(scan, at);
    for (int level = 1; i > 0 && scan.peek(i) == '{'; level++) {
      i = scan.object(i);
      if (i == UpbitScan.MALFORMED) {
        return;
      }
      for (UpbitField side : SIDES) {
        // A size of zero is padding as its price is.
        if (level > 1 && scan.has(side) && !isZero(scan.text(side))) {
          visitor.accept("book_" + side.wireName() + '_' + level, scan.text(side));
        }
      }
      i = next(scan, i);
    }
  }

  private static boolean isZero(String number) {
    return number.chars().allMatch(c -> c == '0' || c == '.');
  }

  private static int first(UpbitScan scan, int at) {
    if (scan.peek(at) != '[') {
      throw new UpbitMisfit("field-malformed", UpbitField.ORDERBOOK_UNITS.wireName());
    }
    return scan.blank(at + 1);
  }

  private static int next(UpbitScan scan, int at) {
    int i = scan.blank(at);
    return scan.peek(i) == ',' ? scan.blank(i + 1) : i;
  }

  @Nullable BigDecimal bidPrice() {
    return bidPrice;
  }

  @Nullable BigDecimal bidSize() {
    return bidSize;
  }

  @Nullable BigDecimal askPrice() {
    return askPrice;
  }

  @Nullable BigDecimal askSize() {
    return askSize;
  }
}
