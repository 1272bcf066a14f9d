package io.stockobserver.recorder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.Lane;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.market.Stamp;
import io.stockobserver.observe.Snapshot;
import io.stockobserver.slot.Decision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Writes the lines of one provider into its archive, and counts them. */
final class Journal {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int SAMPLE = 256;

  private final Archive archive;
  private final RecorderSettings settings;
  private final Counters counters;
  private final ArrayDeque<Unspelt> unspelt = new ArrayDeque<>();
  private String sessionId = "sess_none";
  private int level;
  private int levelBefore;
  private Instant levelSince = Instant.MIN;
  private int gapsToday;
  private long feedGapSecondsToday;
  private volatile @Nullable Event anomaly;

  Journal(Archive archive, RecorderSettings settings, Counters counters) {
    this.archive = archive;
    this.settings = settings;
    this.counters = counters;
  }

  void session(String id, int mitigationLevel) {
    this.sessionId = id;
    this.level = mitigationLevel;
    this.levelBefore = mitigationLevel;
  }

  /**
   * Another level from this entry on.
   *
   * @param segments how long scalp segments last at it
   */
  void level(int to, Duration segments, Instant at) {
    archive.scalpEvery(segments);
    levelBefore = level;
    levelSince = at;
    level = to;
  }

  /** The level that held at this instant, which may be read a little after the last change. */
  int levelAt(Instant at) {
    return at.isAfter(levelSince) ? level : levelBefore;
  }

  /** Another day: what is told of a day begins anew. */
  void newDay() {
    gapsToday = 0;
    feedGapSecondsToday = 0;
  }

  /** Gaps told since the day or the session began. */
  int gapsToday() {
    return gapsToday;
  }

  /** The seconds of those among them that concern every slot. */
  long feedGapSecondsToday() {
    return feedGapSecondsToday;
  }

  String sessionId() {
    return sessionId;
  }

  int level() {
    return level;
  }

  /** What last marked a day; null for nothing. By anybody. */
  @Nullable Event anomaly() {
    return anomaly;
  }

  void event(Event event) {
    if (event.type().equals("anomaly_marked")) {
      anomaly = event;
    }
    eventOfDay(event, event.at());
  }

  /** An event that goes to the day of {@code day}, which it describes. */
  void eventOfDay(Event event, Instant day) {
    counters.events++;
    archive.line(Lane.EVENTS, day, event.line(settings.provider(), settings.market(), sessionId));
  }

  /** A slot was given up for somebody else. */
  void swapped() {
    counters.slotSwaps++;
  }

  void gap(@Nullable GapMarker gap, Instant at) {
    if (gap != null) {
      counters.gaps++;
      gapsToday++;
      if (gap.symbols() == null && !gap.scope().equals("swing")) {
        feedGapSecondsToday += gap.seconds();
      }
      eventOfDay(gap.event(at), gap.start());
    }
  }

  void swing(Instant at, Snapshot snapshot) {
    counters.swingLines++;
    archive.line(Lane.SWING, at, snapshot.line());
  }

  /**
   * A line of the scalp track, which is told now and spelt by {@link #spell}: a snapshot never
   * changes, and hundreds of slots would keep the feed waiting for longer than it may take.
   */
  void scalp(Instant at, Snapshot snapshot) {
    counters.scalpLines++;
    unspelt.add(new Unspelt(at, snapshot));
  }

  /**
   * Spells the next lines of the scalp track, in their order.
   *
   * @return how many are left
   */
  int spell(int atMost) {
    for (int i = 0; i < atMost && !unspelt.isEmpty(); i++) {
      Unspelt next = unspelt.remove();
      archive.line(Lane.SCALP, next.at, next.snapshot.line());
    }
    return unspelt.size();
  }

  /** A scalp line that is not yet text. */
  private record Unspelt(Instant at, Snapshot snapshot) {}

  /** One candidate that got no slot in a planning round (founding document, 2.14.1). */
  void overflow(Decision decision, int places, Instant at) {
    counters.overflow++;
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator g = JSON.createGenerator(out)) {
      g.writeStartObject();
      g.writeStringField("timestamp", Stamp.of(at));
      g.writeStringField("provider", settings.provider());
      g.writeStringField("market", settings.market());
      g.writeStringField("symbol", decision.candidate().symbol());
      g.writeNumberField("candidate_score", decision.candidate().score());
      g.writeNumberField("cutoff_rank", places);
      g.writeNumberField("mitigation_level", level);
      g.writeStringField("decision_reason", decision.reason().word());
      g.writeStringField("session_id", sessionId);
      g.writeStringField("trigger", decision.candidate().trigger());
      g.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an overflow line in memory", e);
    }
    archive.line(Lane.OVERFLOW, at, out.toByteArray());
  }

  /** The beginning of a text; a character of two halves is not torn, for that is no JSON. */
  static String head(String text) {
    if (text.length() <= SAMPLE) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(SAMPLE - 1)) ? SAMPLE - 1 : SAMPLE);
  }

  /** What was refused, why, and where it is on the tape. */
  void setAside(
      Instant at,
      String reason,
      String stage,
      String tapeRef,
      @Nullable String symbol,
      String sample,
      int records) {
    counters.setAside += records;
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator g = JSON.createGenerator(out)) {
      g.writeStartObject();
      g.writeStringField("at", Stamp.of(at));
      g.writeStringField("reason", reason);
      g.writeStringField("stage", stage);
      g.writeStringField("tape_ref", tapeRef);
      if (symbol != null) {
        g.writeStringField("symbol", symbol);
      }
      g.writeObjectFieldStart("record");
      g.writeNumberField("records", records);
      g.writeStringField("sample", head(sample));
      g.writeEndObject();
      g.writeStringField("session_id", sessionId);
      g.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a set-aside line in memory", e);
    }
    archive.line(Lane.SET_ASIDE, at, out.toByteArray());
  }
}
