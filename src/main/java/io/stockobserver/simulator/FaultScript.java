package io.stockobserver.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The faults of one run, in any order. Its file is JSON:
 *
 * <pre>{@code
 * {"faults": [
 *   {"kind": "drop",    "at": "2026-11-20T00:31:00Z"},
 *   {"kind": "stall",   "after": "90s", "for": "30s", "pings": true},
 *   {"kind": "garbage", "after_frames": 1000, "shape": "bad-utf8"},
 *   {"kind": "storm",   "after": "PT2M", "for": "PT5M", "path": "multprice"},
 *   {"venue": "upbit",  "kind": "delist", "after": "5m", "shape": "KRW-ETC"}
 * ]}
 * }</pre>
 *
 * {@code venue} is {@code kis}, which is meant without one, or {@code upbit}: each has faults of
 * its own. * {@code kind} is a {@link FaultKind} in lower case with hyphens. The start is {@code
 * at}, {@code after} or {@code after_frames}; none means the start of the simulator. {@code for} is
 * the duration; none means to the end. The rest is optional: {@code code}, {@code share}, {@code
 * shape}, {@code path}, {@code count}, {@code delay}, {@code pings}. Durations are ISO-8601 or a
 * number with ms, s, m or h. An unknown key is refused.
 */
public record FaultScript(Map<String, List<Fault>> byVenue) {
  /** The venue that is meant when none is named. */
  public static final String KIS = "kis";

  /** The other one. */
  public static final String UPBIT = "upbit";

  private static final Set<String> KEYS =
      Set.of(
          "venue",
          "kind",
          "at",
          "after",
          "after_frames",
          "for",
          "code",
          "share",
          "shape",
          "path",
          "count",
          "delay",
          "pings");

  /** Copies the lists; refuses a venue that is not simulated. */
  public FaultScript {
    Map<String, List<Fault>> copy = new TreeMap<>();
    byVenue.forEach(
        (venue, faults) -> {
          if (!venue.equals(KIS) && !venue.equals(UPBIT)) {
            throw new IllegalArgumentException("venue '" + venue + "' is not simulated");
          }
          copy.put(venue, List.copyOf(faults));
        });
    byVenue = Collections.unmodifiableMap(copy);
  }

  /** Nothing goes wrong. */
  public static FaultScript none() {
    return new FaultScript(Map.of());
  }

  /** These faults at KIS. */
  public static FaultScript of(Fault... faults) {
    return at(KIS, faults);
  }

  /** These faults at this venue. */
  public static FaultScript at(String venue, Fault... faults) {
    return new FaultScript(Map.of(venue, List.of(faults)));
  }

  /** Those of the other one as well. */
  public FaultScript and(FaultScript other) {
    Map<String, List<Fault>> both = new TreeMap<>(byVenue);
    other.byVenue.forEach(
        (venue, faults) ->
            both.merge(
                venue,
                faults,
                (mine, theirs) -> Stream.concat(mine.stream(), theirs.stream()).toList()));
    return new FaultScript(both);
  }

  /** What goes wrong at KIS. */
  public List<Fault> faults() {
    return faults(KIS);
  }

  /** What goes wrong at this venue. */
  public List<Fault> faults(String venue) {
    return byVenue.getOrDefault(venue, List.of());
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException in one line, if it is no script
   */
  public static FaultScript load(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /**
   * Reads the text of a script.
   *
   * @throws IllegalArgumentException in one line, if it is none
   */
  public static FaultScript parse(String json) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("fault script is no JSON", e);
    }
    JsonNode list = root.path("faults");
    if (!list.isArray()) {
      throw new IllegalArgumentException("fault script needs an array named 'faults'");
    }
    Map<String, List<Fault>> byVenue = new TreeMap<>();
    list.forEach(
        node ->
            byVenue
                .computeIfAbsent(node.path("venue").asText(KIS), venue -> new ArrayList<>())
                .add(fault(node)));
    return new FaultScript(byVenue);
  }

  private static Fault fault(JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!KEYS.contains(entry.getKey())) {
        throw new IllegalArgumentException("fault key '" + entry.getKey() + "' is not known");
      }
    }
    Fault fault = Fault.of(FaultKind.named(node.path("kind").asText()));
    if (node.has("after")) {
      fault = fault.after(duration(node.get("after").asText()));
    } else if (node.has("after_frames")) {
      fault = fault.afterFrames(node.get("after_frames").asLong());
    } else if (node.has("at")) {
      fault = fault.at(instant(node.get("at").asText()));
    }
    if (node.has("for")) {
      fault = fault.lasting(duration(node.get("for").asText()));
    }
    if (node.has("delay")) {
      fault = fault.withDelay(duration(node.get("delay").asText()));
    }
    fault = fault.withCode(node.path("code").asInt(fault.code()));
    fault = fault.withShare(node.path("share").asDouble(fault.share()));
    fault = fault.withShape(node.path("shape").asText(fault.shape()));
    fault = fault.withPath(node.path("path").asText(fault.path()));
    fault = fault.withCount(node.path("count").asInt(fault.count()));
    return node.path("pings").asBoolean() ? fault.withPings() : fault;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("fault start '" + text + "' is no instant", e);
    }
  }

  private static Duration duration(String text) {
    String word = text.trim().toLowerCase(Locale.ROOT);
    try {
      if (word.startsWith("p")) {
        return Duration.parse(word);
      }
      if (word.endsWith("ms")) {
        return Duration.ofMillis(Long.parseLong(word.substring(0, word.length() - 2)));
      }
      return Duration.parse("pt" + word);
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException("fault duration '" + text + "' is none", e);
    }
  }
}
