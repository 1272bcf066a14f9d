package io.stockobserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.VenueState;
import io.stockobserver.recorder.RecorderState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A session's end as one JSON line for each venue, for scripts. */
final class SummaryJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SummaryJson() {}

  static String of(VenueState venue, Path root) {
    RecorderState s = venue.recorder();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("session_id", s.sessionId());
    all.put("provider", s.provider());
    all.put("market", s.market());
    all.put("day", s.day().date().toString());
    all.put("data", root.toString());
    all.put("members", s.members());
    all.put("sweeps", s.sweepsDone());
    if (venue.refusal() != null) {
      all.put("refused", venue.refusal());
    }
    all.putAll(s.counters());
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a summary that is no JSON", e);
    }
  }
}
