package io.stockobserver.playback;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a data frame of KIS tells who it is for: {@code flag|TR|count|payload}, the payload's fields
 * parted by {@code ^}, records of equal width, the symbol first in each (KIS sheet 6.5).
 *
 * @param symbols each once, as they come
 */
record KisFrame(String tr, List<String> symbols) {
  private static final int LONGEST_SYMBOL = 12;

  KisFrame {
    symbols = List.copyOf(symbols);
  }

  /** Reads a frame's head; null for what is no data frame. */
  static @Nullable KisFrame of(byte[] body) {
    if (body.length < 6 || (body[0] != '0' && body[0] != '1') || body[1] != '|') {
      return null;
    }
    int trEnd = next(body, '|', 2);
    int countEnd = next(body, '|', trEnd + 1);
    if (countEnd == body.length) {
      return null;
    }
    String tr = text(body, 2, trEnd);
    int records = number(body, trEnd + 1, countEnd);
    List<String> symbols = new ArrayList<>(1);
    int from = countEnd + 1;
    int width = records > 1 ? width(body, from, records) : 0;
    for (int record = 0; record < Math.max(1, width == 0 ? 1 : records); record++) {
      int end = Math.min(next(body, '^', from), body.length);
      if (end == from || end - from > LONGEST_SYMBOL) {
        return null;
      }
      String symbol = text(body, from, end);
      if (!symbols.contains(symbol)) {
        symbols.add(symbol);
      }
      for (int field = 0; field < width; field++) {
        from = next(body, '^', from) + 1;
      }
    }
    return new KisFrame(tr, symbols);
  }

  /** Fields a record; 0 where they do not divide. */
  private static int width(byte[] body, int from, int records) {
    int fields = 1;
    for (int i = from; i < body.length; i++) {
      fields += body[i] == '^' ? 1 : 0;
    }
    return fields % records == 0 ? fields / records : 0;
  }

  private static int next(byte[] body, char stop, int from) {
    int at = Math.min(from, body.length);
    while (at < body.length && body[at] != stop) {
      at++;
    }
    return at;
  }

  private static int number(byte[] body, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (body[i] < '0' || body[i] > '9' || number > 1_000) {
        return 1;
      }
      number = number * 10 + body[i] - '0';
    }
    return number;
  }

  private static String text(byte[] body, int from, int to) {
    return new String(body, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
