package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.archive.Appender;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.market.TradingDay;
import io.stockobserver.slot.SlotPlanner;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.track.SlotAct;
import io.stockobserver.universe.Listing;
import io.stockobserver.universe.Universe;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.Desk;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.WireReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what one provider said, then reads it: number, tape, understand, judge, record. One
 * entry at a time in one order, under one lock, whoever brings it; an entry is on the tape before
 * anything reads it. While the disk takes nothing, whoever brings an entry waits: nothing is
 * dropped here.
 */
public final class Recorder implements Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final long RETRY_MILLIS = 1000;

  private final RecorderSettings settings;
  private final WireReader wire;
  private final Archive archive;
  private final Appender appender;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Runnable pause;
  private final Counters counters = new Counters();
  private final Delays toTape = new Delays();
  private final Journal journal;
  private final SwingTrack swing;
  private final FeedWatch feed;
  private final ScalpTrack scalp;
  private final UniverseDesk universes;
  private final Understanding understanding;
  private final Map<Long, Entry> asked = new HashMap<>();
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile Days days;
  private volatile RecorderState lastState;
  private volatile @Nullable String diskTrouble;
  private volatile boolean closing;

  public Recorder(
      RecorderSettings settings,
      WireReader wire,
      Archive archive,
      Appender appender,
      SlotPlanner planner,
      TradingDay today,
      Clock clock,
      LongSupplier nanos) {
    this(settings, wire, archive, appender, planner, today, clock, nanos, Recorder::sleep);
  }

  Recorder(
      RecorderSettings settings,
      WireReader wire,
      Archive archive,
      Appender appender,
      SlotPlanner planner,
      TradingDay today,
      Clock clock,
      LongSupplier nanos,
      Runnable pause) {
    this.pause = pause;
    this.settings = settings;
    this.wire = wire;
    this.archive = archive;
    this.appender = appender;
    this.clock = clock;
    this.nanos = nanos;
    this.days = new Days(today, Members.NONE);
    this.journal = new Journal(archive, settings, counters);
    this.swing = new SwingTrack(settings, journal);
    this.feed = new FeedWatch(settings.scalpWindow(), journal, counters);
    this.scalp = new ScalpTrack(settings, journal, swing, feed, planner);
    this.universes = new UniverseDesk(settings, archive, journal);
    this.understanding = new Understanding(this, settings, journal, counters, swing, scalp);
    this.lastState = look();
  }

  // ---- what outsiders bring ----

  @Override
  public long say(Call call) {
    return inTurn(() -> record(draft(call.feed(), Direction.OUT, utf8(call.tapeText()))));
  }

  @Override
  public void hear(Answer answer, byte[] tapeBody) {
    inTurn(
        () ->
            record(
                new Draft(
                    heardNow(),
                    nanos.getAsLong(),
                    answer.call().feed(),
                    Direction.IN,
                    answer.requestSeq(),
                    answer.status(),
                    tapeBody)));
  }

  @Override
  public void sayOnFeed(String feedName, String tapeText) {
    inTurn(() -> record(draft(feedName, Direction.OUT, utf8(tapeText))));
  }

  @Override
  public void hearOnFeed(FeedBatch batch) {
    inTurn(
        () -> {
          Instant now = clock.instant();
          long nowNanos = nanos.getAsLong();
          List<Draft> drafts = new ArrayList<>(batch.messages().size());
          for (FeedMessage message : batch.messages()) {
            drafts.add(
                new Draft(
                    now.minusNanos(Math.max(0, nowNanos - message.monoNanos()))
                        .truncatedTo(ChronoUnit.MICROS),
                    message.monoNanos(),
                    batch.feed(),
                    isWhole(message) ? Direction.IN : Direction.NOTE,
                    0,
                    0,
                    FeedNotes.body(message)));
          }
          return record(drafts);
        });
  }

  /** From the socket to the tape, for every message since the last figures. */
  private void timeToTape(List<Draft> drafts) {
    long now = nanos.getAsLong();
    for (Draft draft : drafts) {
      toTape.add(now - draft.monoNanos());
    }
  }

  @Override
  public void note(String feedName, String name, Map<String, ?> fields) {
    inTurn(() -> record(draft(feedName, Direction.NOTE, Notes.write(name, fields))));
  }

  /** Begins a session: from here on the archive is being written. */
  public void start(String sessionId, Map<String, ?> more) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("session_id", sessionId);
    fields.put("config_sha256", settings.configSha256());
    fields.put("mitigation_level", 0);
    fields.putAll(dayFields(today()));
    fields.putAll(more);
    note("session", Notes.SESSION_STARTED, fields);
  }

  /** The session is about to end: what closes from now on was closed by us. */
  public void stopping(String reason) {
    note("session", Notes.SESSION_STOPPING, Map.of("reason", reason));
  }

  /** Ends the session; what is still open ends with it. */
  public void stop(String reason) {
    note("session", Notes.SESSION_STOPPED, Map.of("reason", reason));
  }

  /** Another day has begun, or the calendar has learnt better. */
  public void turn(TradingDay day) {
    note("session", Notes.DAY, dayFields(day));
  }

  /** Uses a universe that was frozen earlier today. */
  public void useUniverse(String path, String sha256) {
    note("universe", Notes.UNIVERSE, Map.of("path", path, "sha256", sha256));
  }

  /** Writes an event that is no function of the tape: seals, recoveries, the state of the disk. */
  public void event(Event event) {
    inTurn(
        () -> {
          journal.event(event);
          append();
          return 0L;
        });
  }

  /** Writes a gap that belongs to the past, into the day that it describes. */
  public void pastGap(GapMarker gap) {
    inTurn(
        () -> {
          journal.gap(gap, clock.instant());
          append();
          return 0L;
        });
  }

  /** From now on a disk that takes nothing is given up after the next try. */
  public void closing() {
    closing = true;
  }

  // ---- what outsiders ask ----

  @Override
  public Instant now() {
    return clock.instant();
  }

  /** Never waits: a socket's event loop asks. */
  @Override
  public TradingDay today() {
    return days.today();
  }

  /** Never waits. */
  @Override
  public List<String> universe() {
    return days.members().symbols();
  }

  @Override
  public @Nullable SlotAct nextAct() {
    turn.lock();
    try {
      return feed.open() ? scalp.board().next(clock.instant()) : null;
    } finally {
      turn.unlock();
    }
  }

  /** How it stands, for people; while the disk takes nothing, how it stood before. */
  public RecorderState state() {
    try {
      if (turn.tryLock(100, TimeUnit.MILLISECONDS)) {
        try {
          lastState = look();
        } finally {
          turn.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lastState.withDiskTrouble(diskTrouble);
  }

  private RecorderState look() {
    return new RecorderState(
        settings.provider(),
        settings.market(),
        journal.sessionId(),
        journal.level(),
        days.today(),
        days.members().frozen(),
        days.members().symbols().size(),
        feed.open(),
        feed.lastMessage(),
        scalp.board().wanted().size(),
        scalp.board().acknowledged().size(),
        scalp.receiving(),
        scalp.board().capacity(),
        scalp.lastSample(),
        swing.sweeping(),
        swing.lastSweep(),
        swing.recordedNow(),
        swing.sweepsDone(),
        feed.disconnected(),
        counters.asMap(),
        Duration.ofNanos(toTape.percentile(0.99)),
        understanding.trouble(),
        diskTrouble);
  }

  // ---- the tape ----

  /** One entry at a time, in one order, whoever brings it. */
  private long inTurn(LongSupplier work) {
    turn.lock();
    try {
      return work.getAsLong();
    } finally {
      turn.unlock();
    }
  }

  /** As finely as the tape tells it, so that what is decided by it comes out the same again. */
  private Instant heardNow() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Draft draft(String feedName, Direction direction, byte[] body) {
    return new Draft(heardNow(), nanos.getAsLong(), feedName, direction, 0, 0, body);
  }

  /** Records again what a tape holds, in its order: the lines behind it come out the same. */
  void recordAgain(List<Draft> drafts) {
    inTurn(() -> record(drafts));
  }

  private long record(Draft draft) {
    return record(List.of(draft));
  }

  private long record(List<Draft> drafts) {
    List<Entry> entries = archive.number(drafts);
    append();
    timeToTape(drafts);
    for (Entry entry : entries) {
      try {
        process(entry);
      } catch (RuntimeException e) {
        // A reader that fails on one message must not cost the next one its place.
        LOG.error("{} could not be read; it is on the tape", entry.ref(), e);
        understanding.failed(entry, days, e);
      }
    }
    append();
    return entries.get(entries.size() - 1).seq();
  }

  private void append() {
    while (true) {
      try {
        archive.append(appender);
        diskTrouble = null;
        return;
      } catch (ArchiveException e) {
        if (diskTrouble == null) {
          LOG.error("The archive cannot be written: {}; recording waits for it", e.getMessage());
        }
        diskTrouble = String.valueOf(e.getMessage());
        if (closing) {
          return;
        }
        pause.run();
        if (Thread.currentThread().isInterrupted()) {
          closing = true;
        }
      }
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- behind the tape: a function of the entries alone ----

  private void process(Entry entry) {
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

  /** A giant was digested while it was heard: of that there is only a note. */
  private static boolean isWhole(FeedMessage message) {
    return message.isHeard() && message.kind() != FeedMessage.Kind.OVERSIZE;
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
    switch (note.path("note").asText()) {
      case Notes.SESSION_STARTED -> {
        journal.session(note.path("session_id").asText(), note.path("mitigation_level").asInt());
        begin(dayOf(note), at);
        journal.event(SessionEvents.started(note, at));
      }
      case Notes.SESSION_STOPPING -> feed.stopping();
      case Notes.SESSION_STOPPED -> {
        swing.finish(at, days, SwingTrack.STOPPED);
        scalp.finish(at, days);
        feed.stop(at, days);
        journal.event(SessionEvents.stopped(note, at, counters));
      }
      case Notes.DAY -> turnTo(dayOf(note), at);
      case Notes.UNIVERSE -> load(note, at);
      case Notes.SAMPLE -> scalp.sample(Notes.instant(note, "at"), at, days);
      case Notes.PLAN -> scalp.plan(at, days);
      case Notes.SWEEP_BEGIN -> swing.sweep(Notes.instant(note, "at"));
      case Notes.SWEEP_END -> swing.end(at, days, note.path("why").asText("missing-row"));
      case Notes.SWEEP_MISSED ->
          swing.missed(Notes.instant(note, "at"), at, days, note.path("why").asText());
      case Notes.FEED_OPENED -> feed.opened(note, at);
      case Notes.FEED_CLOSED -> scalp.connectionLost(at, days);
      case Notes.FEED_FAILED -> feed.failed(note, at);
      case Notes.METRICS -> {
        journal.event(SessionEvents.metrics(note, at, look()));
        toTape.clear();
      }
      case Notes.OVERSIZE -> digested(entry, note);
      default -> LOG.warn("{} is a note that nobody knows", entry.ref());
    }
  }

  void listed(Entry answer, String source, List<Listing> listings) {
    Universe universe = universes.take(source, listings, answer, days);
    if (universe != null) {
      days = new Days(days.today(), new Members(universe));
      scalp.plan(answer.heardAt(), days);
    }
  }

  private void load(JsonNode note, Instant at) {
    String path = note.path("path").asText();
    try {
      byte[] json = Files.readAllBytes(settings.root().resolve(path));
      if (!UniverseDesk.sha256(json).equals(note.path("sha256").asText())) {
        throw new IOException("its content is not what the tape says");
      }
      days = new Days(days.today(), new Members(Universe.parse(json)));
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
    understanding.newDay();
    universes.newDay();
    swing.begin(at);
    scalp.begin();
    feed.begin(at);
    asked.clear();
  }

  /** Another date, or the same one of which the calendar has learnt better. */
  private void turnTo(TradingDay day, Instant at) {
    if (day.date().equals(days.today().date())) {
      days = new Days(day, days.members());
      return;
    }
    swing.finish(at, days, SwingTrack.DAY_ENDED);
    scalp.finish(at, days);
    feed.endDay(at, days);
    days = new Days(day, Members.NONE);
    understanding.newDay();
    universes.newDay();
    swing.newDay();
    scalp.newDay();
  }

  private static TradingDay dayOf(JsonNode note) {
    return new TradingDay(
        LocalDate.parse(note.path("day").asText()),
        ZoneId.of(note.path("zone").asText()),
        note.path("market_open").asBoolean(),
        note.path("calendar_known").asBoolean(),
        Notes.instant(note, "opens"),
        Notes.instant(note, "closes"),
        note.path("calendar").asText());
  }

  private static Map<String, Object> dayFields(TradingDay day) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("day", day.date().toString());
    fields.put("zone", day.zone().getId());
    fields.put("market_open", day.open());
    fields.put("calendar_known", day.known());
    fields.put("opens", day.opens().toString());
    fields.put("closes", day.closes().toString());
    fields.put("calendar", day.source());
    return fields;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
