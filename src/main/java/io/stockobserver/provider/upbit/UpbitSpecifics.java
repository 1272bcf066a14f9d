package io.stockobserver.provider.upbit;

import io.stockobserver.observe.Observation.Part;
import io.stockobserver.observe.Specifics;
import java.util.function.BiConsumer;

/**
 * The rest of one record, read from the message's bytes when wanted, under the same names whatever
 * the format. Of a book, the levels behind the first.
 *
 * @param b the message; shared with the tape's entry
 * @param at where the record's brace is
 */
record UpbitSpecifics(byte[] b, int at, UpbitKind kind) implements Specifics {
  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    UpbitScan scan = new UpbitScan(b);
    scan.object(
        at,
        (field, nameFrom, nameTo, from, to) -> {
          String name =
              field == null ? kind.specific(scan.text(nameFrom, nameTo)) : kind.specific(field);
          if (name != null && b[from] != 'n') {
            String text = scan.text(from, to);
            if (!text.isEmpty()) {
              visitor.accept(name, text);
            }
          } else if (field == UpbitField.ORDERBOOK_UNITS && kind.part() == Part.BOOK) {
            UpbitUnits.deeper(b, from, visitor);
          }
        });
  }
}
