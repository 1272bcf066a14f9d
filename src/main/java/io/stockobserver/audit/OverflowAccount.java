package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.SegmentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the overflow ledger tells of a day: candidates that got no slot.
 *
 * @param lines all of them
 * @param byReason lines by {@code decision_reason}
 * @param minutes in how many minutes each symbol is told of
 */
public record OverflowAccount(
    long lines, SortedMap<String, Long> byReason, SortedMap<String, Integer> minutes) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MINUTE = 60_000;

  public OverflowAccount {
    byReason = Collections.unmodifiableSortedMap(new TreeMap<>(byReason));
    minutes = Collections.unmodifiableSortedMap(new TreeMap<>(minutes));
  }

  static OverflowAccount of(Path root, String provider, String market, LocalDate day)
      throws IOException {
    TreeMap<String, Long> reasons = new TreeMap<>();
    TreeMap<String, Integer> minutes = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    long lines = 0;
    String stem = EventBook.DAY.format(day) + "_overflow";
    for (String path : EventBook.files(root, "system/overflow/" + provider, stem)) {
      try (SegmentReader reader = SegmentReader.open(root, path)) {
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
          JsonNode json = read(line.get().bytes());
          Long at = Told.millis(json.path("timestamp"));
          if (at == null || !json.path("market").asText(market).equals(market)) {
            continue;
          }
          lines++;
          reasons.merge(json.path("decision_reason").asText("?"), 1L, Long::sum);
          String symbol = json.path("symbol").asText();
          if (seen.add(symbol + ' ' + at / MINUTE)) {
            minutes.merge(symbol, 1, Integer::sum);
          }
        }
      }
    }
    return new OverflowAccount(lines, reasons, minutes);
  }

  private static JsonNode read(byte[] line) {
    try {
      return JSON.readTree(line);
    } catch (IOException damaged) {
      return JSON.createObjectNode();
    }
  }
}
