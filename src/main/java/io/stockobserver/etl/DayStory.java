package io.stockobserver.etl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.SegmentReader;
import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a day tell about one market: what was due, at which level, what is a gap, who
 * held a slot. By docs/archive-format.md section 9. Times are milliseconds of the epoch.
 */
final class DayStory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "[a-z][a-z0-9_]{0,19}";
  private static final int LONGEST_SYMBOL = 20;

  /**
   * What was due, as the newest word of its time has it.
   *
   * @param midnight from where grids are counted
   * @param closing when the closing sweep is due; null for a market that never closes
   */
  record Due(
      long midnight,
      long scalpFrom,
      long scalpUntil,
      long scalpEvery,
      long swingFrom,
      long swingUntil,
      long swingEvery,
      @Nullable Long closing) {}

  /**
   * A stretch that was not recorded.
   *
   * @param symbols null for everybody
   * @param ref null where no event tells it
   */
  record Gap(
      long from,
      long until,
      String scope,
      String reason,
      String session,
      @Nullable List<String> symbols,
      long told,
      @Nullable String ref) {}

  /** Who held a slot, from when until when, both ends excluded. */
  record Stay(String symbol, long after, long before) {}

  /** What was due after each of these instants: rules may change while a session runs. */
  private final TreeMap<Long, Due> dues = new TreeMap<>();

  private @Nullable Long closingBegan;
  private final TreeMap<Long, Integer> levels = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Stay> stays = new ArrayList<>();
  private final Map<String, Long> held = new LinkedHashMap<>();
  private final Map<String, Gap> begun = new LinkedHashMap<>();
  private @Nullable Long stoppedAt;
  private String stoppedSession = "";
  private String session = "";
  private long last = Long.MIN_VALUE;

  private DayStory() {}

  /** Adds what is vouched for of one file of events, by market. */
  static void read(Path root, Source source, Map<String, DayStory> stories)
      throws IOException, Refusal {
    MessageDigest sha = Sha256.start();
    long bytes = 0;
    try (SegmentReader reader = SegmentReader.open(root, source.path())) {
      while (bytes < source.bytes()) {
        var line = reader.next();
        if (line.isEmpty()) {
          throw new Refusal(0, source.path() + " ends before what the manifest vouches for");
        }
        sha.update(line.get().bytes());
        sha.update((byte) '\n');
        bytes += line.get().bytes().length + 1;
        take(line.get(), source, stories);
      }
    }
    if (!Sha256.of(sha).equals(source.sha256())) {
      throw new Refusal(0, "its content is not what the manifest vouches for");
    }
  }

  private static void take(SegmentReader.Line line, Source source, Map<String, DayStory> stories)
      throws Refusal {
    try {
      JsonNode json = JSON.readTree(line.bytes());
      Long at = millis(json.path("timestamp"));
      if (!json.isObject() || at == null) {
        throw new Refusal(line.number(), "it is no event");
      }
      String market = json.path("market").asText();
      if (!market.matches(NAME)) {
        throw new Refusal(line.number(), "its market has no name");
      }
      stories
          .computeIfAbsent(market, m -> new DayStory())
          .take(json, at, source.path() + ':' + line.number());
    } catch (IOException e) {
      throw new Refusal(line.number(), "it is no JSON");
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new Refusal(line.number(), String.valueOf(e.getMessage()));
    }
  }

  private void take(JsonNode json, long at, String ref) {
    last = Math.max(last, at);
    switch (json.path("event_type").asText()) {
      case "session_started", "day_began" -> began(json, at);
      case "rules_changed" -> {
        Due told = due(json);
        if (told != null) {
          dues.tailMap(at, true).clear(); // a clock that was set back makes that void
          dues.put(at, told);
        }
      }
      case "session_stopped" -> {
        stoppedAt = at;
        stoppedSession = json.path("session_id").asText();
        release(at);
        endBegun(at);
      }
      case "mitigation_changed" -> levels.put(at, json.path("to_level").asInt());
      case "slot_assigned" -> held.putIfAbsent(symbol(json.path("symbol")), at);
      case "slot_released" -> {
        String symbol = symbol(json.path("symbol"));
        Long after = held.remove(symbol);
        if (after != null) {
          stays.add(new Stay(symbol, after, at));
        }
      }
      case "sweep_began" -> {
        Long sweep = millis(json.path("sweep_at"));
        Due newest = dues.isEmpty() ? null : dues.lastEntry().getValue();
        if (newest != null && newest.closing() != null && newest.closing().equals(sweep)) {
          closingBegan = at;
        }
      }
      case "gap_began" -> {
        Gap gap = gap(json, at, ref);
        if (gap != null) {
          begun.put(key(gap), gap);
        }
      }
      case "gap_marker" -> {
        Gap gap = gap(json, at, ref);
        if (gap != null) {
          begun.remove(key(gap));
          gaps.add(gap);
        }
      }
      default -> {}
    }
  }

  private static String symbol(JsonNode json) {
    String symbol = json.asText();
    if (symbol.codePointCount(0, symbol.length()) > LONGEST_SYMBOL || symbol.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "symbol is longer than its column of " + LONGEST_SYMBOL + " characters");
    }
    return symbol;
  }

  private static String key(Gap gap) {
    return gap.session() + '|' + gap.scope() + '|' + gap.reason() + '|' + gap.symbols();
  }

  private void began(JsonNode json, long at) {
    boolean runsOn = json.path("event_type").asText().equals("day_began");
    String id = json.path("session_id").asText();
    Due told = due(json);
    if (told != null) {
      // Until something has changed, the newest word on the day is that on all of it.
      dues.put(dues.size() <= 1 ? Long.MIN_VALUE : at, told);
    }
    long from = runsOn && told != null ? told.midnight() : at;
    if (!id.equals(session)) {
      release(at);
      levels.put(from, json.path("mitigation_level").asInt());
      if (stoppedAt != null && stoppedAt < at) {
        gaps.add(
            new Gap(stoppedAt, at, "all", "not_running", stoppedSession, null, stoppedAt, null));
      }
      stoppedAt = null;
      session = id;
    }
    for (JsonNode symbol : json.path("slots_held")) {
      held.putIfAbsent(symbol(symbol), from - 1);
    }
  }

  private void release(long at) {
    held.forEach((symbol, after) -> stays.add(new Stay(symbol, after, at)));
    held.clear();
  }

  /** What goes on when the day's word ends: slots and gaps until the last event. */
  void end() {
    release(last);
    Due plan = due();
    if (stoppedAt != null && plan != null) {
      long until = Math.max(plan.scalpUntil(), plan.swingUntil());
      if (until > stoppedAt) {
        gaps.add(
            new Gap(stoppedAt, until, "all", "not_running", stoppedSession, null, stoppedAt, null));
      }
    }
    endBegun(last);
  }

  /** Gaps that have no marker of their own, and that no other marker explains, go until then. */
  private void endBegun(long until) {
    for (Gap gap : begun.values()) {
      boolean told = gaps.stream().anyMatch(g -> g.from() <= gap.from() && g.until() > gap.from());
      if (until > gap.from() && !told) {
        gaps.add(
            new Gap(
                gap.from(),
                until,
                gap.scope(),
                gap.reason(),
                gap.session(),
                gap.symbols(),
                gap.told(),
                gap.ref()));
      }
    }
    begun.clear();
  }

  private static @Nullable Gap gap(JsonNode json, long at, String ref) {
    Long from = millis(json.path("gap_start_ts"));
    Long until = millis(json.path("gap_end_ts"));
    if (from == null) {
      return null;
    }
    List<String> symbols = null;
    if (json.path("symbols").isArray()) {
      symbols = new ArrayList<>();
      for (JsonNode symbol : json.path("symbols")) {
        symbols.add(symbol(symbol));
      }
    }
    return new Gap(
        from,
        until == null ? from : until,
        json.path("scope").asText(),
        json.path("reason").asText(),
        json.path("session_id").asText(),
        symbols,
        at,
        ref);
  }

  private static @Nullable Due due(JsonNode json) {
    Long from = millis(json.path("scalp_from"));
    Long until = millis(json.path("scalp_until"));
    Long swingFrom = millis(json.path("swing_from"));
    Long swingUntil = millis(json.path("swing_until"));
    long every = json.path("scalp_every_ms").asLong();
    long swingEvery = json.path("swing_every_ms").asLong();
    if (from == null
        || until == null
        || swingFrom == null
        || swingUntil == null
        || every <= 0
        || swingEvery <= 0) {
      return null;
    }
    long midnight =
        LocalDate.parse(json.path("day").asText())
            .atStartOfDay(ZoneId.of(json.path("zone").asText()))
            .toInstant()
            .toEpochMilli();
    return new Due(
        midnight,
        from,
        until,
        every,
        swingFrom,
        swingUntil,
        swingEvery,
        millis(json.path("swing_closing")));
  }

  private static @Nullable Long millis(JsonNode value) {
    return value.isTextual() ? Instant.parse(value.asText()).toEpochMilli() : null;
  }

  /** From the first instant that was due on the day to the last; null where nothing tells. */
  @Nullable Due due() {
    if (dues.isEmpty()) {
      return null;
    }
    Due last = dues.lastEntry().getValue();
    long scalpFrom = last.scalpFrom();
    long scalpUntil = last.scalpUntil();
    long swingFrom = last.swingFrom();
    long swingUntil = last.swingUntil();
    for (Map.Entry<Long, Due> one : dues.entrySet()) {
      long begin = begin(one.getKey());
      long end = end(one.getKey());
      Due plan = one.getValue();
      if (Math.max(begin, plan.scalpFrom()) < Math.min(end, plan.scalpUntil())) {
        scalpFrom = Math.min(scalpFrom, Math.max(begin, plan.scalpFrom()));
        scalpUntil = Math.max(scalpUntil, Math.min(end, plan.scalpUntil()));
      }
      if (Math.max(begin, plan.swingFrom()) < Math.min(end, plan.swingUntil())) {
        swingFrom = Math.min(swingFrom, plan.swingFrom());
        swingUntil = Math.max(swingUntil, Math.min(end, plan.swingUntil()));
      }
    }
    return new Due(
        last.midnight(),
        scalpFrom,
        scalpUntil,
        last.scalpEvery(),
        swingFrom,
        swingUntil,
        last.swingEvery(),
        last.closing());
  }

  /** The first instant of what holds after {@code since}. */
  private static long begin(long since) {
    return since == Long.MIN_VALUE ? since : since + 1;
  }

  /** The first instant after it. */
  private long end(long since) {
    Long next = dues.higherKey(since);
    return next == null ? Long.MAX_VALUE : next + 1;
  }

  /** When the closing sweep began; null when it did not. */
  @Nullable Long closingBegan() {
    return closingBegan;
  }

  List<Gap> gaps() {
    return gaps;
  }

  List<Stay> stays() {
    return stays;
  }

  /** How many samples of one symbol the grid has in [from, until), at the levels of the time. */
  int samples(long from, long until) {
    int n = 0;
    for (Map.Entry<Long, Due> one : dues.entrySet()) {
      n +=
          samples(
              one.getValue(),
              Math.max(from, begin(one.getKey())),
              Math.min(until, end(one.getKey())));
    }
    return n;
  }

  private int samples(Due plan, long from, long until) {
    long begin = Math.max(from, plan.scalpFrom());
    long end = Math.min(until, plan.scalpUntil());
    long first = Math.floorDiv(begin - plan.midnight() + plan.scalpEvery() - 1, plan.scalpEvery());
    int n = 0;
    for (long i = first; plan.midnight() + i * plan.scalpEvery() < end; i++) {
      n += isDue(i, plan.midnight() + i * plan.scalpEvery()) ? 1 : 0;
    }
    return n;
  }

  /** At the very instant of a change only what both levels have is due. */
  private boolean isDue(long i, long at) {
    Map.Entry<Long, Integer> before = levels.lowerEntry(at);
    Integer now = levels.get(at);
    int level = Math.max(before == null ? 0 : before.getValue(), now == null ? 0 : now);
    return i % (1L << Math.min(2, level)) == 0;
  }

  /** How many sweeps were due in [from, until). */
  int sweeps(long from, long until) {
    int n = 0;
    for (Map.Entry<Long, Due> one : dues.entrySet()) {
      n +=
          sweeps(
              one.getValue(),
              Math.max(from, begin(one.getKey())),
              Math.min(until, end(one.getKey())));
    }
    return n;
  }

  private static int sweeps(Due plan, long from, long until) {
    int n = 0;
    Long closing = plan.closing();
    long end = closing == null ? plan.swingUntil() - 1 : plan.swingUntil();
    for (long at = plan.swingFrom(); at <= end; at += plan.swingEvery()) {
      n += at >= from && at < until ? 1 : 0;
    }
    return n + (closing != null && closing >= from && closing < until ? 1 : 0);
  }
}
