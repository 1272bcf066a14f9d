package io.stockobserver.provider.kis;

import io.stockobserver.observe.Observation;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames of executions, {@code flag|TR|count|fields} (KIS sheet 6.5, 6.7). The hot path: the
 * fields are counted, then read where they stand, and only those that have a common name. Why a
 * record is unreadable is looked for in a second reading. Thread-safe.
 */
final class KisTrades {
  private static final int MOST_COUNT_DIGITS = 5;
  private static final int MOST_TR_LETTERS = 13;

  private final KisVenue venue;
  private final byte[] tr;
  private final KisSymbols symbols = new KisSymbols();
  private final KisMoments moments = new KisMoments();

  KisTrades(KisVenue venue) {
    this.venue = venue;
    this.tr = venue.tradeTr().getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a message that is no JSON. */
  void read(Entry message, Readings out) {
    byte[] b = message.body();
    int trEnd = b.length > 2 && b[1] == '|' ? bar(b, 2, 2 + MOST_TR_LETTERS) : -1;
    int countEnd = trEnd < 0 ? -1 : bar(b, trEnd + 1, trEnd + 1 + MOST_COUNT_DIGITS);
    int count = countEnd < 0 ? 0 : count(b, trEnd + 1, countEnd);
    if (count == 0 || (b[0] != '0' && b[0] != '1')) {
      out.declared(1);
      out.refused("frame-malformed", null, 1, KisJson.sample(b));
      return;
    }
    out.declared(count);
    if (b[0] == '1') {
      // Only one's own fills are encrypted, and those we never ask for (KIS sheet 6.6).
      out.refused("encrypted-frame", null, count, KisJson.sample(b));
    } else if (!isOurs(b, 2, trEnd)) {
      refuseUnknown(b, trEnd, count, out);
    } else {
      records(message, countEnd + 1, count, out);
    }
  }

  private void records(Entry message, int from, int count, Readings out) {
    byte[] b = message.body();
    int fields = KisFields.count(b, from);
    int width = fields / count;
    if (fields % count != 0
        || width >= 2 * KisTradeField.FEWEST
        || (width < KisTradeField.FEWEST && count > 1)) {
      out.refused("count-mismatch", null, count, KisJson.sample(b));
      return;
    }
    if (width != KisTradeField.NOW && width != KisTradeField.FEWEST) {
      out.drift(venue.tradeTr() + '/' + width, KisJson.sample(b));
    }
    if (width < KisTradeField.FEWEST) {
      out.refused("record-short", null, count, KisJson.sample(b));
      return;
    }
    KisFields cursor = new KisFields(b, from);
    for (int record = 0; record < count; record++) {
      int begin = cursor.at();
      Observation observation = record(message, cursor, width);
      if (observation != null) {
        out.observed(observation);
      } else {
        refuse(b, begin, out);
        cursor = new KisFields(b, begin);
        cursor.endRecord(width);
      }
    }
  }

  /** One execution, its fields in the order in which they stand; null where one is unreadable. */
  private @Nullable Observation record(Entry message, KisFields fields, int width) {
    byte[] b = message.body();
    int begin = fields.at();
    fields.field(KisTradeField.SYMBOL);
    String symbol = symbols.symbol(b, fields.from(), fields.to());
    fields.field(KisTradeField.TIME);
    int time = fields.from();
    int timeEnd = fields.to();
    try {
      BigDecimal last = price(fields, KisTradeField.PRICE);
      BigDecimal change = fields.number(KisTradeField.CHANGE);
      BigDecimal open = price(fields, KisTradeField.OPEN);
      BigDecimal high = price(fields, KisTradeField.HIGH);
      BigDecimal low = price(fields, KisTradeField.LOW);
      BigDecimal ask = price(fields, KisTradeField.ASK);
      BigDecimal bid = price(fields, KisTradeField.BID);
      BigDecimal size = fields.number(KisTradeField.SIZE);
      BigDecimal accVolume = fields.number(KisTradeField.ACC_VOLUME);
      BigDecimal accValue = fields.number(KisTradeField.ACC_VALUE);
      fields.field(KisTradeField.DATE);
      Instant at = moments.at(b, fields.from(), fields.to(), time, timeEnd);
      boolean halted = fields.field(KisTradeField.HALTED).is('Y');
      BigDecimal askSize = fields.number(KisTradeField.ASK_SIZE);
      BigDecimal bidSize = fields.number(KisTradeField.BID_SIZE);
      fields.endRecord(width);
      if (symbol == null || at == null) {
        return null;
      }
      return new Observation(
          symbol,
          at,
          false,
          last,
          bid,
          ask,
          size(bid, bidSize),
          size(ask, askSize),
          size,
          accVolume,
          accValue,
          open,
          high,
          low,
          base(last, change),
          halted,
          new KisTradeSpecifics(b, begin, fields.at() - 1, venue),
          message);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable BigDecimal price(KisFields fields, int field) {
    return KisJson.unlessZero(fields.number(field));
  }

  /** No price at a level means no level; its zero is then no size either (KIS sheet 6.8). */
  static @Nullable BigDecimal size(@Nullable BigDecimal price, @Nullable BigDecimal size) {
    return price == null ? KisJson.unlessZero(size) : size;
  }

  /** The feed does not carry the base price; it is what the change is reckoned from (sheet 5.3). */
  private static @Nullable BigDecimal base(@Nullable BigDecimal last, @Nullable BigDecimal change) {
    if (last == null || change == null) {
      return null;
    }
    BigDecimal base = last.subtract(change);
    return base.signum() > 0 ? base : null;
  }

  /** Sets the record that begins here aside, and names the field that could not be read. */
  private void refuse(byte[] b, int begin, Readings out) {
    KisFields fields = new KisFields(b, begin).field(KisTradeField.SYMBOL);
    String symbol = symbols.symbol(b, fields.from(), fields.to());
    int unreadable = symbol == null ? KisTradeField.SYMBOL : unreadable(b, begin);
    String value = new KisFields(b, begin).field(unreadable).text();
    String shown = value.length() > 40 ? value.substring(0, 40) : value;
    int end = new KisFields(b, begin).field(KisTradeField.FEWEST - 1).to();
    String sample =
        KisTradeField.name(unreadable, venue)
            + '='
            + shown
            + " in "
            + KisJson.sample(b, begin, end);
    out.refused("field-malformed", symbol, 1, sample);
  }

  /** Which field is none of what it should be; looked for only when one was met. */
  private static int unreadable(byte[] b, int begin) {
    if (KisMoments.date(new KisFields(b, begin).field(KisTradeField.DATE).text()) == null) {
      return KisTradeField.DATE;
    }
    if (KisMoments.secondOfDay(new KisFields(b, begin).field(KisTradeField.TIME).text()) < 0) {
      return KisTradeField.TIME;
    }
    for (int field = 0; field < KisTradeField.FEWEST; field++) {
      try {
        if (KisTradeField.numeric(field)) {
          new KisFields(b, begin).number(field);
        }
      } catch (NumberFormatException e) {
        return field;
      }
    }
    return KisTradeField.CHANGE;
  }

  private void refuseUnknown(byte[] b, int trEnd, int count, Readings out) {
    String name = new String(b, 2, trEnd - 2, StandardCharsets.ISO_8859_1);
    if (!KisSymbols.valid(name)) {
      out.refused("frame-malformed", null, count, KisJson.sample(b));
      return;
    }
    out.drift(name + '/' + KisFields.count(b, trEnd) / count, KisJson.sample(b));
    out.refused("unknown-tr", null, count, KisJson.sample(b));
  }

  private boolean isOurs(byte[] b, int from, int to) {
    return Arrays.equals(b, from, to, tr, 0, tr.length);
  }

  /** Where the next bar is in {@code [from, last]}, or -1. */
  private static int bar(byte[] b, int from, int last) {
    for (int i = from; i <= last && i < b.length; i++) {
      if (b[i] == '|') {
        return i;
      }
    }
    return -1;
  }

  /** A count of at least 1, or 0 for none. */
  private static int count(byte[] b, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
