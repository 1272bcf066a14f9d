package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.observe.Observation;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;
import java.util.List;
import java.util.Set;

/**
 * Reads the rows of the volume rank (KIS sheet 4.5): price, volume and value of symbols that nobody
 * asked for by name. The heard time stands for the time that the venue does not give.
 */
final class KisVolumeRank {
  private static final String SYMBOL = "mksc_shrn_iscd";
  private static final String PRICE = "stck_prpr";
  private static final String VOLUME = "acml_vol";
  private static final String VALUE = "acml_tr_pbmn";
  private static final Set<String> MAPPED = Set.of(SYMBOL, PRICE, VOLUME, VALUE);

  private KisVolumeRank() {}

  /** Reads the rows, of which there is at least one. */
  static void read(List<JsonNode> rows, Entry answer, Readings out) {
    out.declared(rows.size());
    for (JsonNode row : rows) {
      read(row, answer, out);
    }
  }

  private static void read(JsonNode row, Entry answer, Readings out) {
    String symbol = KisJson.text(row, SYMBOL);
    if (!row.has(PRICE) || !row.has(VOLUME) || !KisSymbols.valid(symbol)) {
      out.refused("row-malformed", null, 1, KisJson.sample(row));
      return;
    }
    Observation observation;
    try {
      observation =
          new Observation(
              symbol,
              answer.heardAt(),
              true,
              KisJson.price(row, PRICE),
              null,
              null,
              null,
              null,
              null,
              KisJson.number(row, VOLUME),
              KisJson.number(row, VALUE),
              null,
              null,
              null,
              null,
              false,
              new KisRowSpecifics(row, MAPPED),
              answer);
    } catch (NumberFormatException e) {
      out.refused("field-malformed", symbol, 1, e.getMessage() + " in " + KisJson.sample(row));
      return;
    }
    out.observed(observation);
  }
}
