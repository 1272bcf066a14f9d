package io.stockobserver.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.Stamp;
import io.stockobserver.market.TradingDay;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.recorder.SlotState;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One venue as it was looked at last, and what it remembers of today. One thread. */
final class VenueView {
  private static final List<String> COUNTERS =
      List.of("frames", "swing_lines", "scalp_lines", "gaps", "set_aside", "shed", "reconnects");

  private final Watched watched;
  private final Path root;
  private final RecentEvents events;
  private final Storage storage;
  private final Rates rates = new Rates();
  private RecorderState state;
  private List<SlotState> slots;
  private DayMap day;
  private EventTail tail;

  VenueView(Watched watched, Path root, RecentEvents events, Storage storage) {
    this.watched = watched;
    this.root = root;
    this.events = events;
    this.storage = storage;
    this.state = watched.recorder();
    this.slots = List.of();
    this.day = new DayMap(state.day().date(), state.day().zone());
    this.tail = tail();
  }

  private EventTail tail() {
    return new EventTail(
        root.resolve(
            "system/events/%s/%s.jsonl"
                .formatted(state.provider(), DateTimeFormatter.BASIC_ISO_DATE.format(day.date()))));
  }

  String provider() {
    return state.provider();
  }

  DayMap day() {
    return day;
  }

  /** Looks once more. */
  void look(long nanos) throws IOException {
    state = watched.recorder();
    slots = watched.slots();
    Map<String, Long> c = state.counters();
    rates.take(c.get("frames"), c.get("swing_lines") + c.get("scalp_lines"), nanos);
    readEvents();
    if (!state.day().date().equals(day.date())) {
      day = new DayMap(state.day().date(), state.day().zone());
      tail = tail();
      readEvents();
    }
  }

  private void readEvents() throws IOException {
    for (JsonNode event : tail.read()) {
      day.take(event);
      events.take(event);
      if (event.path("event_type").asText().startsWith("backup_")) {
        storage.packagesDue();
      }
    }
  }

  // ---- what is told ----

  void writeRates(JsonGenerator g) throws IOException {
    g.writeStringField("provider", provider());
    rates.write(g);
  }

  /** What may change every second. */
  void write(JsonGenerator g, Instant now) throws IOException {
    g.writeStringField("provider", provider());
    g.writeStringField("market", state.market());
    g.writeStringField("session", state.sessionId());
    writeDay(g, now);
    g.writeNumberField("level", state.mitigationLevel());
    g.writeNumberField("members", state.members());
    g.writeBooleanField("frozen", state.universeFrozen());
    g.writeObjectFieldStart("feed");
    g.writeBooleanField("open", state.feedOpen());
    g.writeBooleanField("paused", state.scalpPaused());
    write(g, "last", state.lastFrame());
    g.writeNumberField("disconnected_s", state.disconnected().toSeconds());
    g.writeNumberField("to_tape_p99_us", state.toTapeP99().toNanos() / 1000);
    g.writeEndObject();
    g.writeObjectFieldStart("sweep");
    g.writeBooleanField("running", state.sweeping());
    write(g, "at", state.lastSweep());
    g.writeNumberField("recorded", state.sweepRecorded());
    g.writeNumberField("done", state.sweepsDone());
    g.writeEndObject();
    g.writeObjectFieldStart("counters");
    for (String name : COUNTERS) {
      g.writeNumberField(name, state.counters().getOrDefault(name, 0L));
    }
    g.writeEndObject();
    g.writeNumberField("frames_s", rates.framesNow());
    g.writeNumberField("lines_s", rates.linesNow());
    writeTrouble(g);
    writeSlots(g);
    storage.writeBackup(g, provider());
    g.writeNumberField("day_version", day.version());
  }

  private void writeDay(JsonGenerator g, Instant now) throws IOException {
    TradingDay today = state.day();
    g.writeStringField("day", today.date().toString());
    g.writeStringField("zone", today.zone().getId());
    g.writeBooleanField("known", today.known());
    g.writeStringField("opens", Stamp.of(today.opens()));
    g.writeStringField("closes", Stamp.of(today.closes()));
    String phase;
    if (!today.open()) {
      phase = "holiday";
    } else if (today.roundTheClock()) {
      phase = "always";
    } else if (today.inSession(now)) {
      phase = "open";
    } else {
      phase = now.isBefore(today.opens()) ? "before" : "after";
    }
    g.writeStringField("phase", phase);
  }

  private void writeTrouble(JsonGenerator g) throws IOException {
    RecorderState.Trouble trouble = state.trouble();
    if (trouble != null) {
      g.writeObjectFieldStart("trouble");
      write(g, "at", trouble.at());
      g.writeStringField("text", trouble.text());
      g.writeEndObject();
    }
    write(g, "disk_trouble", state.diskTrouble());
    write(g, "refusal", watched.refusal());
    if (!watched.greeting().isEmpty()) {
      g.writeStringField("greeting", watched.greeting());
    }
  }

  private void writeSlots(JsonGenerator g) throws IOException {
    g.writeObjectFieldStart("slots");
    g.writeNumberField("capacity", state.slotsCapacity());
    g.writeNumberField("acknowledged", state.slotsAcknowledged());
    g.writeNumberField("receiving", state.slotsReceiving());
    g.writeArrayFieldStart("rows");
    for (SlotState slot : slots) {
      g.writeStartObject();
      g.writeStringField("symbol", slot.symbol());
      g.writeStringField("name", slot.name());
      g.writeStringField(
          "is",
          slot.standing() == null ? "wanted" : slot.standing().name().toLowerCase(Locale.ROOT));
      write(g, "trigger", slot.trigger());
      write(g, "since", slot.since());
      write(g, "heard", slot.heardAt());
      write(g, "price", slot.lastPrice());
      write(g, "base", slot.prevClose());
      if (slot.silent()) {
        g.writeBooleanField("silent", true);
      }
      if (!slot.fresh()) {
        g.writeBooleanField("old", true);
      }
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeEndObject();
  }

  private static void write(JsonGenerator g, String name, @Nullable Instant at) throws IOException {
    if (at != null) {
      g.writeStringField(name, Stamp.of(at));
    }
  }

  private static void write(JsonGenerator g, String name, @Nullable String text)
      throws IOException {
    if (text != null) {
      g.writeStringField(name, text);
    }
  }

  /** As text, so that no reader rounds it. */
  private static void write(JsonGenerator g, String name, @Nullable BigDecimal figure)
      throws IOException {
    if (figure != null) {
      BigDecimal plain = figure.stripTrailingZeros();
      g.writeStringField(name, (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString());
    }
  }
}
