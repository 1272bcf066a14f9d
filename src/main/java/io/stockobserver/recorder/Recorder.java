package io.stockobserver.recorder;

import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.health.Waits;
import io.stockobserver.market.TradingDay;
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
import io.stockobserver.venue.WireReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what one provider said, and answers how it stands: the face of a {@link Sequencer},
 * which gives everything its one place. Thread-safe; what records returns once the entry is on the
 * tape and read, and waits while the disk takes nothing.
 */
public final class Recorder implements Desk {
  private static final String IN_EVENT = "an event";

  private final RecorderSettings settings;
  private final Writing writing;
  private final Clock clock;
  private final Secrets secrets;
  private final Interpreter interpreter;
  private final Sequencer sequencer;
  private final FeedDrafts feedDrafts;
  private final SessionNotes session;
  private final Waits heardToTape;
  private final LastKnown<RecorderState> state;
  private final LastKnown<List<SlotState>> slots;

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
    this.secrets = secrets;
    this.interpreter = new Interpreter(settings, wire, writing.archive(), today);
    this.sequencer = new Sequencer(writing, interpreter, clock, nanos, secrets);
    this.feedDrafts = new FeedDrafts(settings.provider(), clock, nanos, secrets);
    this.session = new SessionNotes(settings, interpreter, sequencer);
    this.heardToTape = new Waits(nanos);
    this.state =
        sequencer.lastKnown(
            () ->
                RecorderState.of(settings, interpreter, sequencer.toTapeP99(), writing.trouble()));
    this.slots = sequencer.lastKnown(() -> interpreter.scalp().slots(interpreter.days()));
  }

  /** What is said of the session: its beginning and end, what holds, what operators want. */
  public SessionNotes session() {
    return session;
  }

  // ---- what outsiders bring ----

  @Override
  public long say(Call call) {
    return said(call.feed(), call.tapeText());
  }

  @Override
  public void hear(Answer answer, byte[] tapeBody) {
    sequencer.record(
        () ->
            List.of(
                sequencer.draft(
                    answer.call().feed(),
                    Direction.IN,
                    answer.requestSeq(),
                    answer.status(),
                    tapeBody)));
  }

  @Override
  public void sayOnFeed(String feedName, String tapeText) {
    said(feedName, tapeText);
  }

  private long said(String feedName, String tapeText) {
    byte[] body = tapeText.getBytes(StandardCharsets.UTF_8);
    return sequencer.record(() -> List.of(sequencer.draft(feedName, Direction.OUT, body)));
  }

  @Override
  public void hearOnFeed(FeedBatch batch) {
    // The first has waited longest, and what the feed still holds is younger.
    try (Waits.Wait first = heardToTape.begin(batch.messages().get(0).monoNanos())) {
      sequencer.record(() -> feedDrafts.of(batch));
    }
  }

  @Override
  public void note(String feedName, String name, Map<String, ?> fields) {
    sequencer.record(() -> List.of(sequencer.note(feedName, name, fields)));
  }

  /**
   * A tick of the base grid: a sample, unless the level leaves this instant out. It is decided in
   * turn, so that no level can come between; what is left out costs the tape no line.
   */
  void sample(Instant tick) {
    sequencer.record(
        () ->
            hasSample(tick)
                ? List.of(sequencer.note("sample", Notes.SAMPLE, Map.of("at", tick)))
                : List.of());
    sequencer.spellOut();
  }

  private boolean hasSample(Instant tick) {
    return interpreter
        .rules()
        .at(tick)
        .samples()
        .has(tick, today(), interpreter.journal().levelAt(tick));
  }

  /** Writes an event that is no function of the tape: seals, recoveries, the state of the disk. */
  public void event(Event event) {
    sequencer.write(
        () -> interpreter.journal().event(event.told(text -> secrets.mask(IN_EVENT, text))));
  }

  /** Writes a gap that belongs to the past, into the day that it describes. */
  public void pastGap(GapMarker gap) {
    sequencer.write(() -> interpreter.journal().gap(gap, clock.instant()));
  }

  /**
   * Has an entry of a finished tape read once more: the same lines come of it, and refer to it
   * where it stands. The tape is not written again.
   */
  public void readAgain(Entry entry) {
    sequencer.readAgain(entry);
  }

  /** Records again what a tape holds, in its order: the lines behind it come out the same. */
  void recordAgain(List<Draft> drafts) {
    sequencer.record(() -> drafts);
  }

  /** From now on a disk that takes nothing is given up after the next try. Never waits. */
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

  /** Waits for its turn, and so for the disk. */
  @Override
  public @Nullable SlotAct nextAct() {
    return sequencer.ask(
        () -> interpreter.feed().open() ? interpreter.scalp().board().next(clock.instant()) : null);
  }

  /** Never waits. */
  @Override
  public boolean universeFrozen() {
    return interpreter.days().members().frozen();
  }

  /** Waits for its turn, and so for the disk. */
  @Override
  public SortedSet<String> wanted() {
    return sequencer.ask(() -> interpreter.scalp().board().wantedNow(clock.instant()));
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
    return state.get().withDiskTrouble(writing.trouble());
  }

  /** Who sits in the slots, for people; while the disk takes nothing, who sat there before. */
  public List<SlotState> slots() {
    return slots.get();
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
    return sequencer.takeToTapeP99();
  }
}
