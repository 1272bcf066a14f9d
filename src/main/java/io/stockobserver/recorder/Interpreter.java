package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.archive.Archive;
import io.stockobserver.evidence.Event;
import io.stockobserver.market.TradingDay;
import io.stockobserver.slot.SlotBoard;
import io.stockobserver.tape.Entry;
import io.stockobserver.universe.Listing;
import io.stockobserver.universe.Universe;
import io.stockobserver.venue.WireReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything behind the tape: entries in, lines out. What it decides is a function of the entries
 * alone, in their order; it asks no clock. Owned by the recorder's lock, except for {@link #days},
 * which anybody may read.
 */
final class Interpreter {
  private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

  private final RecorderSettings settings;
  private final WireReader wire;
  private final Rulebook rules;
  private final Counters counters = new Counters();
  private final Journal journal;
  private final CandidateMonitor candidates;
  private final SwingTrack swing;
  private final FeedWatch feed;
  private final ScalpTrack scalp;
  private final Trickle trickle;
  private final Reconnects reconnects;
  private final HostWatch host;
  private final UniverseDesk universes;
  private final Understanding understanding;
  private final MinuteTally minute;
  private volatile @Nullable Event lastMinute;
  private final Map<Long, Entry> asked = new HashMap<>();
  private volatile Days days;

  Interpreter(RecorderSettings settings, WireReader wire, Archive archive, TradingDay today) {
    this.settings = settings;
    this.wire = wire;
    this.days = new Days(today, Members.NONE);
    this.journal = new Journal(archive, settings, counters);
    this.rules = new Rulebook(settings.rules());
    this.candidates = new CandidateMonitor(settings.rules().triggers());
    this.swing = new SwingTrack(settings, rules, journal);
    SlotBoard board = new SlotBoard(settings.rules().slots().places());
    this.trickle = new Trickle(rules, journal, board);
    this.reconnects = new Reconnects(rules, journal, board);
    this.feed = new FeedWatch(rules, journal, counters, trickle, reconnects);
    this.scalp = new ScalpTrack(settings, rules, journal, swing, candidates, feed, board);
    this.host = new HostWatch(rules, journal, feed, scalp);
    this.universes = new UniverseDesk(settings, archive, journal);
    this.understanding =
        new Understanding(this, settings, journal, counters, swing, scalp, candidates);
    this.minute = new MinuteTally(rules, counters);
  }

  /** By anybody. */
  Rulebook rules() {
    return rules;
  }

  Days days() {
    return days;
  }

  UniverseDesk universes() {
    return universes;
  }

  Journal journal() {
    return journal;
  }

  Counters counters() {
    return counters;
  }

  SwingTrack swing() {
    return swing;
  }

  FeedWatch feed() {
    return feed;
  }

  ScalpTrack scalp() {
    return scalp;
  }

  /** The last {@code metrics} event; null before the first. By anybody. */
  @Nullable Event lastMinute() {
    return lastMinute;
  }

  MinuteTally minute() {
    return minute;
  }

  Trickle trickle() {
    return trickle;
  }

  Reconnects reconnects() {
    return reconnects;
  }

  Understanding understanding() {
    return understanding;
  }

  /** A reader failed on this entry; what it did not tell is set aside. */
  void failed(Entry entry, RuntimeException why) {
    understanding.failed(entry, days, why);
  }

  /** Reads one entry; the lines that it leads to are staged in the archive. */
  void read(Entry entry) {
    boolean stream = settings.streams().contains(entry.feed());
    switch (entry.direction()) {
      case NOTE -> obey(entry, Notes.read(entry.body()));
      case OUT -> {
        if (stream) {
          wire.readSaid(entry, understanding.of(entry, days, List.of()));
        } else {
          counters.calls++;
          asked.put(entry.seq(), entry);
        }
      }
      case IN -> {
        if (stream) {
          counters.frames++;
          counters.bytes += entry.length();
          Understanding out = understanding.of(entry, days, List.of());
          if (entry.whole()) {
            wire.readFeed(entry, out);
          } else {
            out.oversize(entry.length(), entry.sha256());
          }
          out.endOfMessage(feed);
        } else {
          answered(entry);
        }
      }
    }
    trickle.look(entry.heardAt(), days);
    reconnects.look(entry.heardAt(), days);
  }

  private void answered(Entry entry) {
    counters.answers++;
    Entry request = asked.remove(entry.re());
    if (request == null) {
      Understanding out = understanding.of(entry, days, List.of());
      out.declared(1);
      out.refused("answer-without-request", null, 1, "re " + entry.re());
    } else {
      List<String> symbols = wire.symbolsOf(request);
      Understanding out = understanding.of(entry, days, symbols);
      if (entry.whole()) {
        wire.readAnswer(entry, request, out);
      } else {
        out.answerRefused("oversize", "", entry.length() + " bytes");
        out.oversize(entry.length(), entry.sha256());
      }
    }
  }

  /** What was digested while it was heard. */
  private void digested(Entry entry, JsonNode note) {
    counters.frames++;
    counters.bytes += note.path("length").asLong();
    Understanding out = understanding.of(entry, days, List.of());
    out.oversize(note.path("length").asLong(), note.path("sha256").asText());
    out.endOfMessage(feed);
  }

  private void obey(Entry entry, JsonNode note) {
    Instant at = entry.heardAt();
    // Frames and answers may come between a sample and its last line; the next sample, another
    // length of segments or the session's end may not.
    journal.spell(Integer.MAX_VALUE);
    minute.until(at, days, scalp, journal.level());
    switch (note.path("note").asText()) {
      case Notes.SESSION_STARTED -> {
        journal.session(note.path("session_id").asText(), note.path("mitigation_level").asInt());
        // A tape of before it told its rules was recorded with those of the settings.
        rules.begin(note.has("rules") ? Rules.of(note.path("rules")) : settings.rules());
        follow();
        begin(DayNote.read(note), at);
        journal.event(SessionEvents.started(note, at));
        feed.tellBegan(at, days);
      }
      case Notes.SESSION_STOPPING -> {
        feed.stopping();
        scalp.samples().stopping(at, days);
      }
      case Notes.SESSION_STOPPED -> {
        host.finish(at, days);
        swing.finish(at, days, SwingTrack.STOPPED);
        scalp.finish(at, days);
        feed.stop(at, days);
        journal.event(SessionEvents.stopped(note, at, counters));
      }
      case Notes.DAY -> turnTo(DayNote.read(note), note, at);
      case Notes.UNIVERSE -> load(note, at);
      case Notes.LEVEL -> level(note, at);
      case Notes.RULES -> turn(note, at);
      case Notes.SAMPLE -> {
        Instant grid = Notes.instant(note, "at");
        host.sampled(grid, at, days);
        scalp.sample(grid, at, days);
      }
      case Notes.PULSE -> host.pulsed(note, at, days);
      case Notes.PLAN -> scalp.plan(at, days);
      case Notes.OPERATOR -> scalp.planning().operator(note, at, days);
      case Notes.HALT -> halt(note, at);
      case Notes.SECRET_SEEN -> feed.secretSeen(at, days);
      case Notes.SWEEP_BEGIN -> swing.sweep(Notes.instant(note, "at"), at, days);
      case Notes.SWEEP_END -> swing.end(at, days, note.path("why").asText("missing-row"));
      case Notes.SWEEP_MISSED -> {
        Instant missed = Notes.instant(note, "at");
        swing.missed(missed, at, days, host.reasonOf(missed, note.path("why").asText()));
      }
      case Notes.FEED_OPENED -> feed.opened(note, at);
      case Notes.FEED_CLOSED -> scalp.connectionLost(note, at, days);
      case Notes.FEED_FAILED -> reconnects.failed(note, at);
      case Notes.METRICS -> {
        Event minute = SessionEvents.metrics(note, at, this);
        journal.event(minute);
        lastMinute = minute;
      }
      case Notes.OVERSIZE -> digested(entry, note);
      case Notes.SHED -> shed(entry, note);
      case Notes.STALL -> stalled(note, at);
      default -> LOG.warn("{} is a note that nobody knows", entry.ref());
    }
  }

  /** Others hold from this entry on, in whole milliseconds as every instant of a grid is. */
  private void turn(JsonNode note, Instant at) {
    rules.turn(at.truncatedTo(ChronoUnit.MILLIS), Rules.of(note.path("rules")));
    follow();
    journal.event(SessionEvents.rulesChanged(note, at));
    if (!days.members().symbols().isEmpty()) {
      scalp.plan(at, days);
    }
  }

  private void follow() {
    candidates.turn(rules.now().triggers());
    scalp.planning().turn(rules.now().slots());
  }

  /** The level is a tape input: from this entry on it holds for every line. */
  private void level(JsonNode note, Instant at) {
    int from = journal.level();
    journal.level(note.path("to").asInt(), Duration.ofMillis(note.path("segment_ms").asLong()), at);
    scalp.samples().levelled();
    journal.event(SessionEvents.levelChanged(note, at, from));
  }

  /** An operator's act on the route that beats for a track. */
  private void halt(JsonNode note, Instant at) {
    boolean halted = note.path("halted").asBoolean();
    if (note.path("track").asText().equals("swing")) {
      swing.halt(halted, at, days);
    } else {
      scalp.samples().halt(halted, at);
    }
  }

  /** What was heard and never got here. */
  private void shed(Entry entry, JsonNode note) {
    Instant first = Notes.instant(note, "first");
    Instant last = Notes.instant(note, "last");
    boolean stopped = note.path("why").asText().equals("route-stopped");
    String reason = stopped ? SampleWatch.STOPPED : scalp.samples().reason(first, last);
    counters.shed += note.path("frames").asLong();
    journal.event(SessionEvents.shed(note, entry, first, last, reason));
    if (!stopped) { // else the closing follows, and has its own marker
      feed.shed(first, reason);
      scalp.passedOver(last);
    }
  }

  private void stalled(JsonNode note, Instant at) {
    boolean failed = note.path("failures").asInt() > 0;
    SampleWatch.Cause cause =
        new SampleWatch.Cause(
            Notes.instant(note, "from"),
            Notes.instant(note, "to"),
            failed ? SampleWatch.DISK_FULL : SampleWatch.OVERLOAD,
            note.hasNonNull("why") ? note.path("why").asText() : null);
    scalp.samples().because(cause);
    journal.event(SessionEvents.stalled(cause, note.path("failures").asInt(), at));
  }

  void listed(Entry answer, String source, List<Listing> listings) {
    Universe universe = universes.take(source, listings, answer, days);
    if (universe == null && days.members().symbols().isEmpty()) {
      Universe meanwhile = universes.meanwhile(answer.heardAt(), days);
      if (meanwhile != null) {
        days = new Days(days.today(), new Members(meanwhile, settings.traits()).carried());
        scalp.plan(answer.heardAt(), days);
      }
    }
    if (universe != null) {
      days = new Days(days.today(), new Members(universe, settings.traits()));
      scalp.plan(answer.heardAt(), days);
    }
  }

  private void load(JsonNode note, Instant at) {
    String path = note.path("path").asText();
    try {
      Universe universe = universes.read(path, note.path("sha256").asText());
      days = new Days(days.today(), new Members(universe, settings.traits()));
      scalp.plan(at, days);
    } catch (IOException e) {
      LOG.error("{} cannot be read: {}", path, e.getMessage());
      journal.event(
          Event.of("validation_failed", at)
              .with("path", path)
              .with("reason", "universe-unreadable"));
    }
  }

  /** A session knows nothing of an earlier one but what the archive holds. */
  private void begin(TradingDay day, Instant at) {
    days = new Days(day, Members.NONE);
    counters.reset();
    minute.begin(at);
    journal.newDay();
    understanding.newDay();
    universes.newDay();
    candidates.forget();
    swing.begin(at);
    scalp.begin();
    feed.begin(at);
    host.begin();
    asked.clear();
  }

  /** Another date, or the same one of which the calendar has learnt better. */
  private void turnTo(TradingDay day, JsonNode note, Instant at) {
    if (day.date().equals(days.today().date())) {
      days = new Days(day, days.members());
      journal.event(SessionEvents.dayBegan(note, at, List.of()));
      return;
    }
    host.endDay(at, days);
    swing.finish(at, days, SwingTrack.DAY_ENDED);
    scalp.finish(at, days);
    feed.endDay(at, days);
    boolean goesOn = day.roundTheClock() && days.today().roundTheClock();
    days = new Days(day, goesOn ? days.members().carried() : Members.NONE);
    journal.newDay();
    rules.newDay();
    understanding.newDay();
    universes.newDay();
    if (goesOn) {
      swing.goOn();
      scalp.goOn(at);
    } else {
      candidates.forget();
      swing.newDay();
      scalp.newDay();
    }
    journal.event(SessionEvents.dayBegan(note, at, scalp.board().held()));
    feed.tellBegan(at, days);
  }
}
