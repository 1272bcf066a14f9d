package io.stockobserver.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends the frames of one socket, some of them twice, after the frame behind them, or once more
 * much later, as the faults {@link FaultKind#DUPLICATE}, {@link FaultKind#OUT_OF_ORDER} and {@link
 * FaultKind#REPEAT} want it.
 *
 * @param <F> a frame
 */
public final class Outbox<F> {
  private static final int REPEATABLE = 100;

  private final Faults faults;
  private final RandomGenerator dice;
  private final List<F> old = new ArrayList<>();
  private @Nullable F late;

  /** Asks these faults. */
  public Outbox(Faults faults, RandomGenerator dice) {
    this.faults = faults;
    this.dice = dice;
  }

  private double share(FaultKind kind) {
    Fault fault = faults.active(kind);
    return fault == null ? 0 : fault.share();
  }

  /** Hands the frames to the socket; returns how many were handed over. */
  public long send(List<F> frames, Consumer<F> socket) {
    double duplicates = share(FaultKind.DUPLICATE);
    double swaps = share(FaultKind.OUT_OF_ORDER);
    double repeats = share(FaultKind.REPEAT);
    long sent = 0;
    for (F frame : frames) {
      if (swaps > 0 && late == null && dice.nextDouble() < swaps) {
        late = frame;
        continue;
      }
      socket.accept(frame);
      sent++;
      if (duplicates > 0 && dice.nextDouble() < duplicates) {
        socket.accept(frame);
        sent++;
      }
      F waiting = late;
      if (waiting != null) {
        socket.accept(waiting);
        late = null;
        sent++;
      }
      if (repeats > 0) {
        old.add(frame);
        if (dice.nextDouble() < repeats) {
          socket.accept(old.get(dice.nextInt(old.size())));
          sent++;
        }
        if (old.size() > REPEATABLE) {
          old.remove(0);
        }
      }
    }
    return sent;
  }
}
