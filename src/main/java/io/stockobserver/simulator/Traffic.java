package io.stockobserver.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * What a simulator saw and sent since its start. Thread-safe. Keeps the newest 200,000 arrivals;
 * the counters count all.
 */
public final class Traffic {
  private static final int KEPT_ARRIVALS = 200_000;

  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final AtomicLong calls = new AtomicLong();
  private final LongAdder refused = new LongAdder();
  private final LongAdder frames = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final LongAdder pings = new LongAdder();
  private final LongAdder pongs = new LongAdder();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger registrations = new AtomicInteger();

  Traffic() {}

  /** Notes an answered call. */
  public void called(Arrival arrival) {
    calls.incrementAndGet();
    if (arrival.status() >= 400) {
      refused.increment();
    }
    synchronized (arrivals) {
      if (arrivals.size() == KEPT_ARRIVALS) {
        arrivals.removeFirst();
      }
      arrivals.addLast(arrival);
    }
  }

  /** Notes data frames handed to a socket and the records they declare. */
  public void sent(long frameCount, long recordCount) {
    frames.add(frameCount);
    records.add(recordCount);
  }

  /** Notes a heartbeat sent. */
  public void pinged() {
    pings.increment();
  }

  /** Notes a heartbeat answered. */
  public void ponged() {
    pongs.increment();
  }

  /** Notes a feed socket opened. */
  public void opened() {
    connections.incrementAndGet();
    sessions.incrementAndGet();
  }

  /** Notes a feed socket gone. */
  public void gone() {
    sessions.decrementAndGet();
  }

  /** Notes registrations made, or given up if negative. */
  public void registered(int change) {
    registrations.addAndGet(change);
  }

  /** Every call whose answer was sent, oldest first. */
  public List<Arrival> arrivals() {
    synchronized (arrivals) {
      return new ArrayList<>(arrivals);
    }
  }

  /** Calls whose path contains this. */
  public long callsTo(String part) {
    return arrivals().stream().filter(arrival -> arrival.path().contains(part)).count();
  }

  /**
   * The most calls whose path contains this that arrived within any sliding second of real time.
   */
  public int busiestSecond(String part) {
    return busiest(arrival -> arrival.path().contains(part));
  }

  private int busiest(Predicate<Arrival> wanted) {
    List<Long> at = arrivals().stream().filter(wanted).map(Arrival::nanos).sorted().toList();
    int most = 0;
    int from = 0;
    for (int to = 0; to < at.size(); to++) {
      while (at.get(to) - at.get(from) >= TimeUnit.SECONDS.toNanos(1)) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  /** All HTTP calls answered. */
  public long calls() {
    return calls.get();
  }

  /** Calls answered with a status of 400 or more. */
  public long refusedCalls() {
    return refused.sum();
  }

  /** Data frames sent. */
  public long framesSent() {
    return frames.sum();
  }

  /** Records in the data frames sent, as the frames declare them. */
  public long recordsSent() {
    return records.sum();
  }

  /** Heartbeats sent. */
  public long pingsSent() {
    return pings.sum();
  }

  /** Heartbeats answered, in either style. */
  public long pongsHeard() {
    return pongs.sum();
  }

  /** Feed sockets opened so far. */
  public long connectionsOpened() {
    return connections.get();
  }

  /** Feed sockets open now. */
  public int sessions() {
    return sessions.get();
  }

  /** Registrations in force now, over all sessions. */
  public int registrations() {
    return registrations.get();
  }
}
