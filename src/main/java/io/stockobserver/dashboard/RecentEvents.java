package io.stockobserver.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last events of all venues, shortened, each with a number that goes up. What is told once a
 * minute anyway is left out. One thread writes, any reads.
 */
final class RecentEvents {
  /** How many are kept. */
  static final int KEPT = 120;

  private static final int LONGEST = 160;
  private static final int MOST_FIELDS = 12;
  private static final int NAMED = 3;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ROUTINE = Set.of("metrics", "sweep_began");
  private static final Set<String> SAID_ELSEWHERE =
      Set.of("event_type", "timestamp", "provider", "market", "session_id");

  private final Deque<ObjectNode> all = new ArrayDeque<>();
  private long number;

  synchronized void take(JsonNode event) {
    String type = event.path("event_type").asText();
    // A slot's first second is in the picture of the day; 41 of them would hide what matters.
    boolean firstSecond =
        type.startsWith("gap_")
            && event.has("symbols")
            && event.path("reason").asText().equals("awaiting_first_frame");
    if (ROUTINE.contains(type) || firstSecond) {
      return;
    }
    ObjectNode told = JSON.createObjectNode();
    told.put("n", ++number);
    told.put("p", event.path("provider").asText());
    told.put("t", event.path("timestamp").asText());
    told.put("e", type);
    int fields = 0;
    for (Map.Entry<String, JsonNode> field : event.properties()) {
      if (!SAID_ELSEWHERE.contains(field.getKey()) && fields < MOST_FIELDS) {
        fields += put(told, field.getKey(), field.getValue()) ? 1 : 0;
      }
    }
    all.add(told);
    if (all.size() > KEPT) {
      all.remove();
    }
  }

  /** Tables of figures are for the archive; a list is its first few and how many there are. */
  private static boolean put(ObjectNode told, String name, JsonNode value) {
    if (value.isTextual()) {
      String text = value.asText();
      told.put(name, text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    } else if (value.isArray()) {
      List<String> first = new ArrayList<>();
      value.forEach(
          one -> {
            if (first.size() < NAMED) {
              first.add(one.asText());
            }
          });
      told.put(name, String.join(" ", first));
      told.put(name + "_count", value.size());
    } else if (value.isObject()) {
      return false;
    } else {
      told.set(name, value);
    }
    return true;
  }

  /** The number of the last one; 0 before any. */
  synchronized long last() {
    return number;
  }

  /** Those after a number, oldest first. */
  synchronized List<ObjectNode> after(long n) {
    return all.stream().filter(event -> event.path("n").asLong() > n).toList();
  }
}
