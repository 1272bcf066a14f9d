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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Reads one tape by the clock, on a thread of its own: answers a little ahead, messages when they
 * are due. Holds no more of the day than what is due next. {@link #tellDue} is called by the event
 * loop.
 */
final class Player implements AutoCloseable {
  /** How far it reads ahead, in the market's time, so that answers can be waited for. */
  private static final Duration AHEAD_BY = Answers.LONGEST_WAIT;

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
  private final Instant begin;
  private final InstantSource system;
  private final Consumer<String> log;
  private final BlockingQueue<Entry> messages = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CompletableFuture<Pace> started = new CompletableFuture<>();
  private volatile boolean closed;
  private volatile boolean read;

  Player(
      TapeDays tape,
      LocalDate day,
      Face face,
      Answers answers,
      Instant begin,
      InstantSource system,
      Consumer<String> log) {
    this.tape = tape;
    this.day = day;
    this.face = face;
    this.answers = answers;
    this.begin = begin;
    this.system = system;
    this.log = log;
    thread = new Thread(this::read, "playback-tape");
    thread.setDaemon(true);
  }

  /** Reads up to the beginning, for what is known then. */
  void prepare() throws InterruptedException {
    thread.start();
    ready.await();
  }

  /** The clock runs. */
  void start(Pace pace) {
    started.complete(pace);
  }

  private void read() {
    try {
      tape.read(day, this::take, told -> {});
    } catch (IOException e) {
      log.accept("the day ends here: " + e.getMessage());
    } catch (Ended closing) {
      return;
    } finally {
      ready.countDown();
    }
    read = true;
  }

  private void take(Entry entry) {
    try {
      if (ready.getCount() > 0 && entry.heardAt().isBefore(begin)) {
        answers.read(entry);
        if (Survey.isMessage(entry)) {
          face.pass(entry); // nobody else looks at the face before the clock runs
        }
        return;
      }
      ready.countDown();
      await(entry, started.get());
      answers.read(entry);
      if (Survey.isMessage(entry)) {
        messages.put(entry);
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new Ended();
    }
  }

  private void await(Entry entry, Pace pace) throws InterruptedException {
    Instant due = entry.heardAt().minus(AHEAD_BY);
    for (long nanos = 1; nanos > 0; ) {
      if (closed) {
        throw new Ended();
      }
      nanos = pace.nanosUntil(due, system.instant());
      if (nanos > 0) {
        Thread.sleep(Math.min(100, 1 + nanos / 1_000_000));
      }
    }
  }

  /** Tells what is due by now. */
  void tellDue(Instant now) {
    for (int i = 0; i < AT_ONCE; i++) {
      Entry next = messages.peek();
      if (next == null || next.heardAt().isAfter(now)) {
        return;
      }
      messages.poll();
      face.tell(next);
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
