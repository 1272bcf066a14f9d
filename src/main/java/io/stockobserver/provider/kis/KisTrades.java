package io.stockobserver.provider.kis;

import io.stockobserver.market.Digits;
import io.stockobserver.observe.Observation;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames of executions, {@code flag|TR|count|fields} (KIS sheet 6.5, 6.7). The hot path: one
 * pass over the bytes finds the fields, and only the fields that have a common name are read.
 * Thread-safe.
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
    // Twice the width is a second record that the header does not know of, so no more is looked at.
    int most = (int) Math.min((long) count * 2 * KisTradeField.FEWEST, b.length - from + 1L);
    int[] starts = new int[most + 2];
    int fields = split(b, from, most, starts);
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
    for (int record = 0; record < count; record++) {
      record(message, starts, record * width, width, out);
    }
  }

  /**
   * Notes where each field begins, and after them all where one more would.
   *
   * @return how many fields there are, or more than {@code most} where there are too many
   */
  private static int split(byte[] b, int from, int most, int[] starts) {
    starts[0] = from;
    int fields = 1;
    int i = from;
    for (; i < b.length && fields <= most; i++) {
      // Written always, counted only at a '^': a branch here would be guessed wrong at every field.
      starts[fields] = i + 1;
      fields += b[i] == '^' ? 1 : 0;
    }
    if (i == b.length && fields < starts.length) {
      starts[fields] = b.length + 1;
    }
    return fields;
  }

  private void record(Entry message, int[] starts, int first, int width, Readings out) {
    byte[] b = message.body();
    int from = starts[first];
    int to = starts[first + width] - 1;
    String symbol = symbols.symbol(b, from, starts[first + 1] - 1);
    if (symbol == null) {
      refuse(b, starts, first, KisTradeField.SYMBOL, null, out);
      return;
    }
    int date = first + KisTradeField.DATE;
    int time = first + KisTradeField.TIME;
    Instant at =
        moments.at(b, starts[date], starts[date + 1] - 1, starts[time], starts[time + 1] - 1);
    if (at == null) {
      boolean badDate = KisMoments.date(text(b, starts, date)) == null;
      refuse(b, starts, first, badDate ? KisTradeField.DATE : KisTradeField.TIME, symbol, out);
      return;
    }
    Observation observation;
    try {
      BigDecimal last = price(b, starts, first + KisTradeField.PRICE);
      BigDecimal ask = price(b, starts, first + KisTradeField.ASK);
      BigDecimal bid = price(b, starts, first + KisTradeField.BID);
      observation =
          new Observation(
              symbol,
              at,
              false,
              last,
              bid,
              ask,
              size(bid, number(b, starts, first + KisTradeField.BID_SIZE)),
              size(ask, number(b, starts, first + KisTradeField.ASK_SIZE)),
              number(b, starts, first + KisTradeField.SIZE),
              number(b, starts, first + KisTradeField.ACC_VOLUME),
              number(b, starts, first + KisTradeField.ACC_VALUE),
              price(b, starts, first + KisTradeField.OPEN),
              price(b, starts, first + KisTradeField.HIGH),
              price(b, starts, first + KisTradeField.LOW),
              base(last, number(b, starts, first + KisTradeField.CHANGE)),
              is(b, starts, first + KisTradeField.HALTED, 'Y'),
              new KisTradeSpecifics(b, from, to, venue),
              message);
    } catch (NumberFormatException e) {
      refuse(b, starts, first, unreadable(b, starts, first), symbol, out);
      return;
    }
    out.observed(observation);
  }

  private static @Nullable BigDecimal number(byte[] b, int[] starts, int field) {
    return Digits.decimal(b, starts[field], starts[field + 1] - 1);
  }

  private static @Nullable BigDecimal price(byte[] b, int[] starts, int field) {
    return KisJson.unlessZero(number(b, starts, field));
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

  private static boolean is(byte[] b, int[] starts, int field, char letter) {
    return starts[field + 1] - 1 - starts[field] == 1 && b[starts[field]] == letter;
  }

  private static String text(byte[] b, int[] starts, int field) {
    int from = starts[field];
    return new String(b, from, starts[field + 1] - 1 - from, StandardCharsets.UTF_8);
  }

  /** Which of the numbers of a record is none; looked for only when one was met. */
  private static int unreadable(byte[] b, int[] starts, int first) {
    for (int field = 0; field < KisTradeField.FEWEST; field++) {
      try {
        if (KisTradeField.numeric(field)) {
          number(b, starts, first + field);
        }
      } catch (NumberFormatException e) {
        return field;
      }
    }
    return KisTradeField.CHANGE;
  }

  private void refuse(
      byte[] b, int[] starts, int first, int field, @Nullable String symbol, Readings out) {
    String value = text(b, starts, first + field);
    String shown = value.length() > 40 ? value.substring(0, 40) : value;
    String sample =
        KisTradeField.name(field, venue)
            + '='
            + shown
            + " in "
            + KisJson.sample(b, starts[first], starts[first + KisTradeField.FEWEST] - 1);
    out.refused("field-malformed", symbol, 1, sample);
  }

  private void refuseUnknown(byte[] b, int trEnd, int count, Readings out) {
    String name = new String(b, 2, trEnd - 2, StandardCharsets.ISO_8859_1);
    if (!KisSymbols.valid(name)) {
      out.refused("frame-malformed", null, count, KisJson.sample(b));
      return;
    }
    int fields = 1;
    for (int i = trEnd; i < b.length; i++) {
      fields += b[i] == '^' ? 1 : 0;
    }
    out.drift(name + '/' + fields / count, KisJson.sample(b));
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
