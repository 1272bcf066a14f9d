package io.stockobserver.provider.kis;

import io.stockobserver.observe.Specifics;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * The rest of one execution, read from the frame's bytes when wanted. Fields behind the last one
 * that has a name are left out: the tape has them.
 *
 * @param b the frame; shared with the tape's entry
 * @param from where the record's first field begins
 * @param to behind its last field
 */
record KisTradeSpecifics(byte[] b, int from, int to, KisVenue venue) implements Specifics {
  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    int start = from;
    for (int index = 0; index < KisTradeField.NOW && start <= to; index++) {
      int end = start;
      while (end < to && b[end] != '^') {
        end++;
      }
      if (end > start && !KisTradeField.mapped(index)) {
        visitor.accept(
            KisTradeField.name(index, venue),
            new String(b, start, end - start, StandardCharsets.UTF_8));
      }
      start = end + 1;
    }
  }
}
