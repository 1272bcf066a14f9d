package io.stockobserver.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.Stamp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A day's coverage by the minute, out of its events alone: what was due and written of the scalp
 * track ({@code metrics}), what each sweep found, where gaps are and why. A picture for people,
 * quick and a minute late; what holds is the audit's word. Bounded. One thread writes and reads.
 */
final class DayMap {
  /** More gaps than this in one day are told as a number. */
  static final int MOST_GAPS = 600;

  private static final int MINUTES = 25 * 60;
  private static final int UNKNOWN = -1;
  private static final String NOT_RUNNING = "not_running";

  /** A stretch without lines; {@code until} is null while it lasts. */
  record Gap(
      Instant from, @Nullable Instant until, String scope, String reason, @Nullable String detail) {

    /** Whether this tells more of that one: two reasons may hold at a time. */
    boolean continues(Gap other) {
      return scope.equals(other.scope) && reason.equals(other.reason);
    }
  }

  private record Window(Instant from, Instant until) {}

  private record Sweep(Instant at, long asked, long recorded, Map<String, Long> missing) {}

  private final LocalDate date;
  private final Instant midnight;
  private final int[] scalp = new int[MINUTES];
  private final long[] due = new long[MINUTES];
  private final long[] written = new long[MINUTES];
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Gap> began = new ArrayList<>();
  private final TreeMap<Integer, TreeMap<String, Integer>> partial = new TreeMap<>();
  private final TreeMap<Instant, Sweep> sweeps = new TreeMap<>();
  private @Nullable Window scalpWindow;
  private @Nullable Window swingWindow;
  private long swingEveryMs;
  private @Nullable Instant firstBegan;
  private @Nullable Instant stoppedAt;
  private @Nullable Instant lastFigures;
  private int more;
  private long version;

  DayMap(LocalDate date, ZoneId zone) {
    this.date = date;
    this.midnight = date.atStartOfDay(zone).toInstant();
    Arrays.fill(scalp, UNKNOWN);
  }

  LocalDate date() {
    return date;
  }

  /** Goes up with everything that changes the picture. */
  long version() {
    return version;
  }

  void take(JsonNode event) {
    Instant at = instant(event, "timestamp");
    if (at == null) {
      return;
    }
    long before = version++;
    switch (event.path("event_type").asText()) {
      case "session_started", "day_began" -> session(event, at);
      case "rules_changed" -> rules(event);
      case "session_stopped" -> {
        began.clear();
        stoppedAt = at;
      }
      case "metrics" -> minute(event, at);
      case "sweep_finished" -> sweep(event);
      case "gap_began" -> began(event);
      case "gap_marker" -> gap(event);
      default -> version = before;
    }
  }

  private void session(JsonNode event, Instant at) {
    Instant stopped = stoppedAt;
    if (stopped != null && at.isAfter(stopped)) {
      add(new Gap(stopped, at, "all", NOT_RUNNING, null));
    }
    stoppedAt = null;
    firstBegan = firstBegan == null ? at : firstBegan;
    began.clear();
    scalpWindow = window(event, "scalp_from", "scalp_until");
    swingWindow = window(event, "swing_from", "swing_until");
    swingEveryMs = event.path("swing_every_ms").asLong();
    if (!event.path("market_open").asBoolean(true)) {
      scalpWindow = null;
      swingWindow = null;
    }
  }

  /** What was due before stays in the picture. */
  private void rules(JsonNode event) {
    scalpWindow = both(scalpWindow, window(event, "scalp_from", "scalp_until"));
    swingWindow = both(swingWindow, window(event, "swing_from", "swing_until"));
    swingEveryMs = event.path("swing_every_ms").asLong(swingEveryMs);
  }

  private static @Nullable Window both(@Nullable Window a, @Nullable Window b) {
    return a == null || b == null
        ? a
        : new Window(
            a.from().isBefore(b.from()) ? a.from() : b.from(),
            a.until().isAfter(b.until()) ? a.until() : b.until());
  }

  /**
   * The figures are of what lies since the last ones: a minute, or less where somebody likes it.
   */
  private void minute(JsonNode event, Instant at) {
    Instant last = lastFigures;
    boolean sooner = last != null && !at.isBefore(last) && at.isBefore(last.plusSeconds(60));
    Duration since = sooner ? Duration.between(last, at) : Duration.ofMinutes(1);
    lastFigures = at;
    int minute = minuteOf(at.minus(since.dividedBy(2)));
    if (minute >= 0) {
      due[minute] += event.path("scalp_expected").asLong();
      written[minute] += event.path("scalp_recorded").asLong();
      if (due[minute] > 0) {
        scalp[minute] = (int) Math.min(100, 100 * written[minute] / due[minute]);
      }
    }
  }

  private void sweep(JsonNode event) {
    Instant at = instant(event, "sweep_at");
    if (at == null) {
      return;
    }
    Map<String, Long> missing = new TreeMap<>();
    event
        .path("missing")
        .properties()
        .forEach(one -> missing.put(one.getKey(), one.getValue().asLong()));
    sweeps.put(
        at, new Sweep(at, event.path("asked").asLong(), event.path("recorded").asLong(), missing));
    if (sweeps.size() > MINUTES) {
      sweeps.pollFirstEntry();
    }
  }

  private void began(JsonNode event) {
    Instant from = instant(event, "gap_start_ts");
    if (from != null && !event.has("symbols")) {
      Gap gap = told(event, from, null);
      began.removeIf(gap::continues);
      began.add(gap);
    }
  }

  private void gap(JsonNode event) {
    Instant from = instant(event, "gap_start_ts");
    Instant until = instant(event, "gap_end_ts");
    if (from == null || until == null) {
      return;
    }
    if (event.has("symbols")) {
      // A sweep's own count says it better.
      if (!event.path("scope").asText().equals("swing")) {
        some(event.path("reason").asText(), from, until, event.path("symbols").size());
      }
      return;
    }
    Gap gap = told(event, from, until);
    began.removeIf(open -> gap.continues(open) && !open.from().isAfter(until));
    add(gap);
  }

  private void some(String reason, Instant from, Instant until, int symbols) {
    int first = Math.max(0, minuteOf(from));
    int last = minuteOf(until.minusMillis(1));
    for (int minute = first; minute <= last; minute++) {
      partial.computeIfAbsent(minute, m -> new TreeMap<>()).merge(reason, symbols, Integer::sum);
    }
  }

  private static Gap told(JsonNode event, Instant from, @Nullable Instant until) {
    return new Gap(
        from,
        until,
        event.path("scope").asText(),
        event.path("reason").asText(),
        event.hasNonNull("detail") ? event.path("detail").asText() : null);
  }

  private void add(Gap gap) {
    if (gaps.size() < MOST_GAPS) {
      gaps.add(gap);
    } else {
      more++;
    }
  }

  private int minuteOf(Instant at) {
    long minute = Math.floorDiv(Duration.between(midnight, at).toMillis(), 60_000L);
    return minute < 0 || minute >= MINUTES ? UNKNOWN : (int) minute;
  }

  private static @Nullable Window window(JsonNode event, String from, String until) {
    Instant first = instant(event, from);
    Instant end = instant(event, until);
    return first == null || end == null ? null : new Window(first, end);
  }

  private static @Nullable Instant instant(JsonNode event, String name) {
    try {
      return event.hasNonNull(name) ? Instant.parse(event.path(name).asText()) : null;
    } catch (java.time.format.DateTimeParseException damaged) {
      return null;
    }
  }

  // ---- what is told ----

  /** The picture: minutes are counted from {@code midnight}, shares are percent, -1 is unknown. */
  void write(JsonGenerator g) throws IOException {
    g.writeStringField("day", date.toString());
    g.writeNumberField("version", version);
    g.writeStringField("midnight", Stamp.of(midnight));
    if (firstBegan != null) {
      g.writeStringField("began", Stamp.of(firstBegan));
    }
    g.writeObjectFieldStart("scalp");
    write(g, scalpWindow);
    Window due = scalpWindow;
    if (due != null) {
      int first = Math.max(0, minuteOf(due.from().truncatedTo(ChronoUnit.MINUTES)));
      int last = Math.min(MINUTES, minuteOf(due.until().minusMillis(1)) + 1);
      g.writeNumberField("first", first);
      g.writeArrayFieldStart("percent");
      for (int minute = first; minute < last; minute++) {
        g.writeNumber(scalp[minute]);
      }
      g.writeEndArray();
    }
    g.writeEndObject();
    g.writeObjectFieldStart("swing");
    write(g, swingWindow);
    g.writeNumberField("every_ms", swingEveryMs);
    writeSweeps(g);
    g.writeEndObject();
    g.writeArrayFieldStart("gaps");
    for (Gap gap : told()) {
      write(g, gap);
    }
    g.writeEndArray();
    g.writeNumberField("more_gaps", more);
    writePartial(g);
  }

  /** Those that have ended in their order, then those that last. */
  List<Gap> told() {
    List<Gap> all = new ArrayList<>(gaps);
    all.sort(java.util.Comparator.comparing(Gap::from));
    all.addAll(began);
    return all;
  }

  private static void write(JsonGenerator g, @Nullable Window window) throws IOException {
    if (window != null) {
      g.writeStringField("from", Stamp.of(window.from()));
      g.writeStringField("until", Stamp.of(window.until()));
    }
  }

  private static void write(JsonGenerator g, Gap gap) throws IOException {
    g.writeStartObject();
    g.writeStringField("from", Stamp.of(gap.from()));
    if (gap.until() != null) {
      g.writeStringField("until", Stamp.of(gap.until()));
    }
    g.writeStringField("scope", gap.scope());
    g.writeStringField("reason", gap.reason());
    if (gap.detail() != null) {
      g.writeStringField("detail", gap.detail());
    }
    g.writeEndObject();
  }

  private void writeSweeps(JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("sweeps");
    for (Sweep sweep : sweeps.values()) {
      g.writeStartObject();
      g.writeStringField("at", Stamp.of(sweep.at()));
      g.writeNumberField("asked", sweep.asked());
      g.writeNumberField("recorded", sweep.recorded());
      g.writeObjectFieldStart("missing");
      for (Map.Entry<String, Long> one : sweep.missing().entrySet()) {
        g.writeNumberField(one.getKey(), one.getValue());
      }
      g.writeEndObject();
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  private void writePartial(JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("partial");
    for (Map.Entry<Integer, TreeMap<String, Integer>> minute : partial.entrySet()) {
      g.writeStartObject();
      g.writeNumberField("minute", minute.getKey());
      Iterator<Map.Entry<String, Integer>> reasons = minute.getValue().entrySet().iterator();
      g.writeObjectFieldStart("reasons");
      while (reasons.hasNext()) {
        Map.Entry<String, Integer> reason = reasons.next();
        g.writeNumberField(reason.getKey(), reason.getValue());
      }
      g.writeEndObject();
      g.writeEndObject();
    }
    g.writeEndArray();
  }
}
