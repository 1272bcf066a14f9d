package io.stockobserver.recorder;

import io.stockobserver.secret.Secrets;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Number, tape, then read: one entry at a time in one order, under one lock, whoever brings it; an
 * entry is on the tape before the {@link Interpreter} reads it. While the disk takes nothing,
 * whoever has its turn waits, and so does everybody after: nothing is dropped here, and afterwards
 * the tape tells how long it was. Thread-safe.
 */
final class Sequencer {
  /** What is masked where, for the alarm. */
  static final String ON_TAPE = "an answer or a note on the tape";

  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  /** A default's 41 slots in one go; of more, a turn of a millisecond or two each. */
  private static final int LINES_A_TURN = 50;

  private final Writing writing;
  private final Interpreter interpreter;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Secrets secrets;
  private final Delays toTape = new Delays();
  private final ReentrantLock turn = new ReentrantLock(true);

  Sequencer(
      Writing writing, Interpreter interpreter, Clock clock, LongSupplier nanos, Secrets secrets) {
    this.writing = writing;
    this.interpreter = interpreter;
    this.clock = clock;
    this.nanos = nanos;
    this.secrets = secrets;
  }

  /**
   * Records what is made once its turn has come, so that nothing can come between; returns the
   * number of the last entry, 0 where it turns out that there is nothing to record.
   */
  long record(Supplier<List<Draft>> drafts) {
    return inTurn(() -> record(drafts.get()));
  }

  /** An entry of now, to be asked for in turn. */
  Draft draft(String feed, Direction direction, byte[] body) {
    return draft(feed, direction, 0, 0, body);
  }

  /** The same of an answer to the request of that number. */
  Draft draft(String feed, Direction direction, long re, int status, byte[] body) {
    return new Draft(
        now(), nanos.getAsLong(), feed, direction, re, status, secrets.mask(ON_TAPE, body));
  }

  /** A word of the observer's own of now, to be asked for in turn. */
  Draft note(String feed, String name, Map<String, ?> fields) {
    return draft(feed, Direction.NOTE, Notes.write(name, fields));
  }

  /** Writes the lines of a sample that are left, in turns: frames come between. */
  void spellOut() {
    while (inTurn(() -> spell(LINES_A_TURN)) > 0) {
      // Frames come between.
    }
  }

  /** Writes what is no function of the tape. */
  void write(Runnable staged) {
    inTurn(
        () -> {
          staged.run();
          append();
          return 0L;
        });
  }

  /** Has an entry read that stands on a tape already. */
  void readAgain(Entry entry) {
    inTurn(
        () -> {
          read(entry);
          return spell(Integer.MAX_VALUE);
        });
  }

  /** What is asked between two entries. Waits for its turn, and so for the disk. */
  <T extends @Nullable Object> T ask(Supplier<T> question) {
    turn.lock();
    try {
      return question.get();
    } finally {
      turn.unlock();
    }
  }

  /** The same for people, who do not wait: see {@link LastKnown}. */
  <T> LastKnown<T> lastKnown(Supplier<T> question) {
    return new LastKnown<>(turn, question, ask(question));
  }

  /** From the socket to the tape, 99 of 100 entries since it was cleared; to be asked in turn. */
  Duration toTapeP99() {
    return Duration.ofNanos(toTape.percentile(0.99));
  }

  /** The same, and clears it. */
  Duration takeToTapeP99() {
    return ask(
        () -> {
          Duration p99 = toTapeP99();
          toTape.clear();
          return p99;
        });
  }

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
      record(List.of(note("archive", Notes.STALL, over)));
    }
  }

  private long record(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return 0;
    }
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
  private int spell(int scalpLines) {
    int left = interpreter.journal().spell(scalpLines);
    append();
    return left;
  }

  private void append() {
    writing.flush(this::now);
  }

  /** As finely as the tape tells it, so that what is decided by it comes out the same again. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** From the socket to the tape, for every message since the last figures. */
  private void timeToTape(List<Draft> drafts) {
    long now = nanos.getAsLong();
    for (Draft draft : drafts) {
      toTape.add(now - draft.monoNanos());
    }
  }
}
