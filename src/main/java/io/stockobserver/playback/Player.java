package io.stockobserver.playback;

import io.stockobserver.archive.TapeDays;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Reads one tape by the clock, on a thread of its own: answers a second ahead, messages when they
 * are due. Holds no more of the day than what is due next. {@link #tellDue} is called by the event
 * loop.
 */
final class Player implements AutoCloseable {
  /** How far it reads ahead, in the market's time: so long somebody may wait for an answer. */
  static final Duration LEEWAY = Duration.ofSeconds(1);

  private static final int AHEAD = 10_000;

  /** Enough of a beat's work: other sockets and calls come in between. */
  private static final int AT_ONCE = 5_000;

  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final TapeDays tape;
  private final LocalDate day;
  private final Face face;
  private final Answers answers;
  private final Pace pace;
  private final InstantSource system;
  private final Consumer<String> log;
  private final BlockingQueue<Entry> messages = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean read;

  Player(
      TapeDays tape,
      LocalDate day,
      Face face,
      Answers answers,
      Pace pace,
      InstantSource system,
      Consumer<String> log) {
    this.tape = tape;
    this.day = day;
    this.face = face;
    this.answers = answers;
    this.pace = pace;
    this.system = system;
    this.log = log;
    thread = new Thread(this::read, "playback-tape");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void read() {
    try {
      tape.read(day, this::take);
    } catch (IOException e) {
      log.accept("the day ends here: " + e.getMessage());
    } catch (Ended closing) {
      return;
    }
    read = true;
  }

  private void take(Entry entry) {
    try {
      for (long nanos = wait(entry); nanos > 0 && !closed; nanos = wait(entry)) {
        Thread.sleep(Math.min(1_000, 1 + nanos / 1_000_000));
      }
      if (closed) {
        throw new Ended();
      }
      answers.read(entry);
      if (Survey.isMessage(entry)) {
        messages.put(entry);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Ended();
    }
  }

  private long wait(Entry entry) {
    return pace.nanosUntil(entry.heardAt().minus(LEEWAY), system.instant());
  }

  /** Tells what is due by now; of what lies before the beginning nobody is told. */
  void tellDue() {
    Instant now = pace.market(system.instant());
    for (int i = 0; i < AT_ONCE; i++) {
      Entry next = messages.peek();
      if (next == null || next.heardAt().isAfter(now)) {
        return;
      }
      messages.poll();
      if (next.heardAt().isBefore(pace.market())) {
        face.pass(next);
      } else {
        face.tell(next);
      }
    }
  }

  /** Whether all of the day has been told. */
  boolean ended() {
    return read && messages.isEmpty();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
