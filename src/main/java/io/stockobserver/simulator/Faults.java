package io.stockobserver.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong right now, and the means to make more go wrong while the simulator runs. Starts and
 * durations are on the market clock. Thread-safe; a venue asks it before every answer and frame.
 */
public final class Faults {
  private final InstantSource clock;
  private final LongSupplier framesSent;
  private final Instant started;
  private final List<Armed> armed = new CopyOnWriteArrayList<>();
  private volatile Runnable wake = () -> {};

  /** A fault and, once it has begun, since when. */
  private static final class Armed {
    final Fault fault;
    final @Nullable Instant due;
    volatile @Nullable Instant since;

    Armed(Fault fault, @Nullable Instant due) {
      this.fault = fault;
      this.due = due;
    }
  }

  Faults(List<Fault> script, InstantSource clock, LongSupplier framesSent) {
    this.clock = clock;
    this.framesSent = framesSent;
    started = clock.instant();
    script.forEach(this::arm);
  }

  void onTrigger(Runnable action) {
    wake = action;
  }

  /** Hands a fault in; it begins at once unless it names a later start. */
  public void trigger(Fault fault) {
    arm(fault);
    wake.run();
  }

  private void arm(Fault fault) {
    Duration after = fault.after();
    Instant due = after == null ? fault.at() : started.plus(after);
    if (due == null && fault.afterFrames() == 0) {
      due = clock.instant();
    }
    armed.add(new Armed(fault, due));
  }

  /** Ends every fault, begun or not. */
  public void clear() {
    armed.clear();
    wake.run();
  }

  /** Ends every fault of this kind. */
  public void clear(FaultKind kind) {
    armed.removeIf(one -> one.fault.kind() == kind);
    wake.run();
  }

  /** The fault of this kind that is on now, if any. */
  public @Nullable Fault active(FaultKind kind) {
    return active(kind, fault -> true);
  }

  /** The first such fault of this kind that is on now, if any. */
  public @Nullable Fault active(FaultKind kind, Predicate<Fault> wanted) {
    if (armed.isEmpty()) {
      return null;
    }
    Instant now = clock.instant();
    for (Armed one : armed) {
      if (one.fault.kind() == kind
          && wanted.test(one.fault)
          && begun(one, now)
          && !over(one, now)) {
        return one.fault;
      }
    }
    return null;
  }

  /** The fault of this kind that is on now for calls of this path, if any. */
  public @Nullable Fault active(FaultKind kind, String path) {
    return active(kind, fault -> path.contains(fault.path()));
  }

  /** Takes out what is to be done once and is due; each is handed out exactly once. */
  public List<Fault> takeDue() {
    if (armed.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<Fault> due = new ArrayList<>();
    for (Iterator<Armed> all = List.copyOf(armed).iterator(); all.hasNext(); ) {
      Armed one = all.next();
      if (!begun(one, now)) {
        continue;
      }
      if (one.fault.kind().once()) {
        if (armed.remove(one)) {
          due.add(one.fault);
        }
      } else if (over(one, now)) {
        armed.remove(one);
      }
    }
    return due;
  }

  private boolean begun(Armed one, Instant now) {
    if (one.since != null) {
      return true;
    }
    Instant due = one.due;
    boolean begun =
        due == null ? framesSent.getAsLong() >= one.fault.afterFrames() : !now.isBefore(due);
    if (begun) {
      one.since = due == null ? now : due;
    }
    return begun;
  }

  private static boolean over(Armed one, Instant now) {
    Instant since = one.since;
    Duration lasting = one.fault.lasting();
    return since != null && lasting != null && !now.isBefore(since.plus(lasting));
  }

  /** Closes the feed sockets without a close frame. */
  public void drop() {
    trigger(Fault.of(FaultKind.DROP));
  }

  /** Closes the feed sockets with this code. */
  public void close(int code) {
    trigger(Fault.of(FaultKind.CLOSE).withCode(code));
  }

  /** Silences trades and heartbeats. */
  public void stall(Duration lasting) {
    trigger(Fault.of(FaultKind.STALL).lasting(lasting));
  }

  /** Silences trades while heartbeats go on. */
  public void trickle(Duration lasting) {
    trigger(Fault.of(FaultKind.STALL).lasting(lasting).withPings());
  }

  /** Leaves the open feed sockets open and dead. */
  public void halfOpen(Duration lasting) {
    trigger(Fault.of(FaultKind.HALF_OPEN).lasting(lasting));
  }

  /** Sends rubbish: random, empty, huge, bad-utf8, fragments, count, or "" for all. */
  public void garbage(String shape) {
    trigger(Fault.of(FaultKind.GARBAGE).withShape(shape));
  }

  /** Changes the wire: fields, rename, tr, or "" for all. */
  public void drift(String shape) {
    trigger(Fault.of(FaultKind.DRIFT).withShape(shape));
  }

  /** Refuses every REST call as one too many. */
  public void storm(Duration lasting) {
    trigger(Fault.of(FaultKind.STORM).lasting(lasting));
  }

  /** Takes this market from the venue: unknown to REST, silent on the feed. */
  public void delist(String market) {
    trigger(Fault.of(FaultKind.DELIST).withShape(market));
  }

  /** Expires every token issued so far. */
  public void expireTokens() {
    trigger(Fault.of(FaultKind.EXPIRE));
  }

  /** Refuses to issue tokens. */
  public void refuseTokens(Duration lasting) {
    trigger(Fault.of(FaultKind.REFUSE).lasting(lasting));
  }

  /** Hears only the first registrations of each session. */
  public void partialAck(int heard) {
    trigger(Fault.of(FaultKind.PARTIAL_ACK).withCount(heard));
  }
}
