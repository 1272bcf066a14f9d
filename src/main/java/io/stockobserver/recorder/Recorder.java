package io.stockobserver.recorder;

import io.stockobserver.archive.Sha256;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.health.Waits;
import io.stockobserver.market.TradingDay;
import io.stockobserver.mitigation.LevelChange;
import io.stockobserver.secret.Secrets;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.track.SlotAct;
import io.stockobserver.track.SweepTimes;
import io.stockobserver.track.TickGrid;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.Desk;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.WireReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what one provider said, then has it read: number, tape, {@link Interpreter}. One
 * entry at a time in one order, under one lock, whoever brings it; an entry is on the tape before
 * anything reads it. While the disk takes nothing, whoever brings an entry waits: nothing is
 * dropped here, and afterwards the tape tells how long it was.
 */
public final class Recorder implements Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  /** A default's 41 slots in one go; of more, a turn of a millisecond or two each. */
  private static final int LINES_A_TURN = 50;

  private static final String ON_TAPE = "an answer or a note on the tape";
  private static final String IN_FRAME = "a message of the feed";
  private static final String IN_EVENT = "an event";

  private final RecorderSettings settings;
  private final Writing writing;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Secrets secrets;
  private final Delays toTape = new Delays();
  private final Waits heardToTape;
  private final Interpreter interpreter;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile RecorderState lastState;
  private volatile List<SlotState> lastSlots = List.of();

  /**
   * A recorder that has read nothing yet.
   *
   * @param nanos the clock that never steps
   * @param secrets are taken out of whatever is said, heard or noted before it reaches the tape; of
   *     what streams, the venue's own
   */
  public Recorder(
      RecorderSettings settings,
      WireReader wire,
      Writing writing,
      TradingDay today,
      Clock clock,
      LongSupplier nanos,
      Secrets secrets) {
    this.settings = settings;
    this.writing = writing;
    this.clock = clock;
    this.nanos = nanos;
    this.secrets = secrets;
    this.heardToTape = new Waits(nanos);
    this.interpreter = new Interpreter(settings, wire, writing.archive(), today);
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
                    secrets.mask(ON_TAPE, tapeBody))));
  }

  @Override
  public void sayOnFeed(String feedName, String tapeText) {
    inTurn(() -> record(draft(feedName, Direction.OUT, utf8(tapeText))));
  }

  @Override
  public void hearOnFeed(FeedBatch batch) {
    // The first has waited longest, and what the feed still holds is younger.
    try (Waits.Wait first = heardToTape.begin(batch.messages().get(0).monoNanos())) {
      inTurn(() -> hear(batch));
    }
  }

  private long hear(FeedBatch batch) {
    Instant now = clock.instant();
    long nowNanos = nanos.getAsLong();
    List<Draft> drafts = new ArrayList<>(batch.messages().size());
    long heardNanos = nowNanos;
    Instant heardAt = now.truncatedTo(ChronoUnit.MICROS);
    LongFunction<Instant> when =
        heard -> now.minusNanos(Math.max(0, nowNanos - heard)).truncatedTo(ChronoUnit.MICROS);
    for (FeedMessage message : batch.messages()) {
      // What one read of the socket brought was heard at one instant.
      if (message.monoNanos() != heardNanos) {
        heardNanos = message.monoNanos();
        heardAt = when.apply(heardNanos);
      }
      drafts.add(
          new Draft(
              heardAt,
              message.monoNanos(),
              batch.feed(),
              isWhole(message) ? Direction.IN : Direction.NOTE,
              0,
              0,
              shown(message, when)));
    }
    return record(drafts);
  }

  private byte[] shown(FeedMessage message, LongFunction<Instant> when) {
    byte[] body =
        FeedNotes.body(
            message, when, heard -> secrets.maskOwn(settings.provider(), IN_FRAME, heard));
    // What becomes of a connection may be told in the venue's words.
    return isWhole(message) ? body : secrets.mask(ON_TAPE, body);
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

  /**
   * A tick of the base grid: a sample, unless the level leaves this instant out. It is decided in
   * turn, so that no level can come between; what is left out costs the tape no line.
   */
  void sample(Instant tick) {
    inTurn(
        () ->
            interpreter
                    .rules()
                    .at(tick)
                    .samples()
                    .has(tick, today(), interpreter.journal().levelAt(tick))
                ? record(
                    draft("sample", Direction.NOTE, Notes.write(Notes.SAMPLE, Map.of("at", tick))))
                : 0L);
    while (inTurn(() -> spell(LINES_A_TURN)) > 0) {
      // Frames come between.
    }
  }

  /** Another level of mitigation holds from now on. Waits until it is on the tape. */
  public void level(LevelChange change) {
    note("mitigation", Notes.LEVEL, Notes.of(change));
  }

  /**
   * Others hold from now on: what is due, how many places there are, what fires. Waits until it is
   * on the tape.
   *
   * @param why for the evidence
   */
  public void follow(Rules other, String why) {
    inTurn(
        () -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("reason", why);
          fields.putAll(dayFields(today(), other));
          fields.put("rules", other.fields());
          return record(draft("session", Direction.NOTE, Notes.write(Notes.RULES, fields)));
        });
  }

  /** Begins a session: from here on the archive is being written. */
  public void start(String sessionId, Map<String, ?> more) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("session_id", sessionId);
    fields.put("config_sha256", settings.configSha256());
    fields.put("mitigation_level", 0);
    fields.putAll(dayFields(today(), rules()));
    fields.put("rules", rules().fields());
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
    note("session", Notes.DAY, dayFields(day, rules()));
  }

  /** Uses the universe that was frozen earlier today, if there is one. */
  public void useFrozenUniverse() {
    String path = interpreter.universes().path(interpreter.days());
    try {
      byte[] frozen = Files.readAllBytes(settings.root().resolve(path));
      useUniverse(path, Sha256.of(frozen));
    } catch (NoSuchFileException e) {
      // The first session of the day freezes it.
    } catch (IOException e) {
      LOG.error("{} cannot be read; a new universe is made", path, e);
    }
  }

  void useUniverse(String path, String sha256) {
    note("universe", Notes.UNIVERSE, Map.of("path", path, "sha256", sha256));
  }

  /** What an operator may say of one symbol's place. */
  public enum SlotWord {
    PIN,
    RELEASE,
    EXCLUDE
  }

  /**
   * An operator's word about one symbol's place; it is evidence and takes effect at once.
   *
   * @param actor who says so
   * @throws IllegalArgumentException when there is no such symbol today, or no reason
   */
  public void operator(SlotWord word, String symbol, String actor, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("say why: a reason belongs to every word of an operator");
    }
    if (interpreter.days().members().limits(symbol) == null) {
      throw new IllegalArgumentException(symbol + " is not in today's universe");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("act", word.name().toLowerCase(Locale.ROOT));
    fields.put("symbol", symbol);
    fields.put("actor", actor);
    fields.put("reason", reason);
    note("operator", Notes.OPERATOR, fields);
  }

  /** A track, as gap markers have its scope. */
  public enum TrackWord {
    SCALP,
    SWING
  }

  /**
   * An operator has stopped the route that beats for a track, or lets it beat again: what is missed
   * between is nobody's failure, and its marker says {@code operator}.
   *
   * @param route for the evidence
   */
  public void halt(TrackWord track, boolean halted, String route) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("track", track.name().toLowerCase(Locale.ROOT));
    fields.put("halted", halted);
    fields.put("route", route);
    note("operator", Notes.HALT, fields);
  }

  /** One of the venue's secrets was seen: from now on nobody listens to it, and that is why. */
  public void secretSeen() {
    note("secret", Notes.SECRET_SEEN, Map.of());
  }

  /** Writes an event that is no function of the tape: seals, recoveries, the state of the disk. */
  public void event(Event event) {
    inTurn(
        () -> {
          interpreter.journal().event(event.told(text -> secrets.mask(IN_EVENT, text)));
          append();
          return 0L;
        });
  }

  /** Writes a gap that belongs to the past, into the day that it describes. */
  public void pastGap(GapMarker gap) {
    inTurn(
        () -> {
          interpreter.journal().gap(gap, clock.instant());
          append();
          return 0L;
        });
  }

  /** From now on a disk that takes nothing is given up after the next try. */
  public void closing() {
    writing.closing();
  }

  // ---- what outsiders ask ----

  @Override
  public Instant now() {
    return clock.instant();
  }

  /** Never waits: a socket's event loop asks. */
  @Override
  public TradingDay today() {
    return interpreter.days().today();
  }

  /** Never waits. */
  @Override
  public List<String> universe() {
    return interpreter.days().members().symbols();
  }

  @Override
  public @Nullable SlotAct nextAct() {
    turn.lock();
    try {
      return interpreter.feed().open() ? interpreter.scalp().board().next(clock.instant()) : null;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public boolean universeFrozen() {
    return interpreter.days().members().frozen();
  }

  @Override
  public SortedSet<String> wanted() {
    turn.lock();
    try {
      return interpreter.scalp().board().wantedNow(clock.instant());
    } finally {
      turn.unlock();
    }
  }

  /** Never waits: a socket's event loop asks. */
  @Override
  public @Nullable String deadFeed() {
    return interpreter.trickle().dead();
  }

  /** Why nobody will ever connect its feed again, for a person; null while somebody may. */
  public @Nullable String nobodyTries() {
    return interpreter.reconnects().overForGood();
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
    return lastState.withDiskTrouble(writing.trouble());
  }

  /** Who sits in the slots, for people; while the disk takes nothing, who sat there before. */
  public List<SlotState> slots() {
    try {
      if (turn.tryLock(100, TimeUnit.MILLISECONDS)) {
        try {
          lastSlots = interpreter.scalp().slots(interpreter.days());
        } finally {
          turn.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lastSlots;
  }

  private RecorderState look() {
    return RecorderState.of(
        settings, interpreter, Duration.ofNanos(toTape.percentile(0.99)), writing.trouble());
  }

  /** How this venue is watched now. Never waits. */
  public Rules rules() {
    return interpreter.rules().now();
  }

  /** When the universe is swept, by what held and holds. Never waits. */
  public SweepTimes sweeps() {
    return interpreter.rules();
  }

  /** The ticks of the sample grid, whatever the level and the window. Never waits. */
  public TickGrid samples() {
    return at -> interpreter.rules().tickAfter(at, today().zone());
  }

  /** Whether a sample of this instant lies in the window of its time. Never waits. */
  boolean samplesAt(Instant at) {
    return interpreter.rules().inScalp(today(), at);
  }

  /** What it was built with. */
  public RecorderSettings settings() {
    return settings;
  }

  /** When data was last kept, or a slot acknowledged; heartbeats are no data. Never waits. */
  public @Nullable Instant lastData() {
    return interpreter.feed().lastData();
  }

  /** The last {@code anomaly_marked} of this session; null for none. Never waits. */
  public @Nullable Event anomaly() {
    return interpreter.journal().anomaly();
  }

  /** What the {@code metrics} event of the last minute said; null before the first. Never waits. */
  public @Nullable Event minute() {
    return interpreter.lastMinute();
  }

  /** From the socket to the tape; a batch that still waits for its turn counts with its age. */
  public Waits heardToTape() {
    return heardToTape;
  }

  /**
   * From the socket to the tape, 99 of 100 messages since the last call. It goes on the tape with a
   * minute's figures, so that what is made of it stays a function of the tape.
   */
  Duration takeToTape() {
    turn.lock();
    try {
      Duration p99 = Duration.ofNanos(toTape.percentile(0.99));
      toTape.clear();
      return p99;
    } finally {
      turn.unlock();
    }
  }

  // ---- the tape ----

  /** One entry at a time, in one order, whoever brings it. */
  private long inTurn(LongSupplier work) {
    turn.lock();
    try {
      long seq = work.getAsLong();
      tellStall();
      return seq;
    } finally {
      turn.unlock();
    }
  }

  /** Once the archive takes again, the tape tells since when it had not. */
  private void tellStall() {
    for (Map<String, Object> over = writing.takeOver(); over != null; over = writing.takeOver()) {
      record(draft("archive", Direction.NOTE, Notes.write(Notes.STALL, over)));
    }
  }

  /** As finely as the tape tells it, so that what is decided by it comes out the same again. */
  private Instant heardNow() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Draft draft(String feedName, Direction direction, byte[] body) {
    return new Draft(
        heardNow(), nanos.getAsLong(), feedName, direction, 0, 0, secrets.mask(ON_TAPE, body));
  }

  /**
   * Has an entry of a finished tape read once more: the same lines come of it, and refer to it
   * where it stands. The tape is not written again.
   */
  public void readAgain(Entry entry) {
    inTurn(
        () -> {
          read(entry);
          spell(Integer.MAX_VALUE);
          return entry.seq();
        });
  }

  /** Records again what a tape holds, in its order: the lines behind it come out the same. */
  void recordAgain(List<Draft> drafts) {
    inTurn(() -> record(drafts));
  }

  private long record(Draft draft) {
    return record(List.of(draft));
  }

  private long record(List<Draft> drafts) {
    List<Entry> entries = writing.archive().number(drafts);
    append();
    timeToTape(drafts);
    entries.forEach(this::read);
    spell(LINES_A_TURN);
    return entries.get(entries.size() - 1).seq();
  }

  private void read(Entry entry) {
    try {
      interpreter.read(entry);
    } catch (RuntimeException e) {
      // A reader that fails on one message must not cost the next one its place.
      LOG.error("{} could not be read; it is on the tape", entry.ref(), e);
      interpreter.failed(entry, e);
    }
  }

  /** Writes what was read out of entries, and of the scalp lines so many; how many are left. */
  private long spell(int scalpLines) {
    int left = interpreter.journal().spell(scalpLines);
    append();
    return left;
  }

  private void append() {
    writing.flush(this::heardNow);
  }

  /** A giant was digested while it was heard: of that there is only a note. */
  private static boolean isWhole(FeedMessage message) {
    return message.isHeard() && message.kind() != FeedMessage.Kind.OVERSIZE;
  }

  /** The day, and what is due on it: whoever reads the events needs no configuration. */
  private static Map<String, Object> dayFields(TradingDay day, Rules rules) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("day", day.date().toString());
    fields.put("zone", day.zone().getId());
    fields.put("market_open", day.open());
    fields.put("calendar_known", day.known());
    fields.put("opens", day.opens().toString());
    fields.put("closes", day.closes().toString());
    fields.put("calendar", day.source());
    fields.put("scalp_from", rules.scalpWindow().start(day));
    fields.put("scalp_until", rules.scalpWindow().end(day));
    fields.put("scalp_every_ms", rules.scalpEvery().toMillis());
    fields.put("swing_from", rules.sweeps().window().start(day));
    fields.put("swing_until", rules.sweeps().window().end(day));
    fields.put("swing_every_ms", rules.sweeps().every().toMillis());
    if (!rules.sweeps().closing().isZero()) {
      fields.put("swing_closing", day.closes().plus(rules.sweeps().closing()));
    }
    fields.put("slots", rules.slots().places());
    return fields;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
