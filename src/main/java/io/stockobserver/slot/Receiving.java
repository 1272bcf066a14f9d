package io.stockobserver.slot;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is really heard: an acknowledged registration may stay silent. A symbol is silent when sweeps
 * show that it trades and nothing is streamed of it, or, where no sweep tells, when it has been
 * quiet for much longer than it ever was. Asks no clock. Not thread-safe.
 */
public final class Receiving {
  /** Streamed and swept figures may differ for a moment; longer than this they must not. */
  static final Duration TRADED_UNHEARD = Duration.ofSeconds(20);

  /** A symbol that is quiet for less is never called silent for its cadence alone. */
  static final Duration SHORTEST_SILENCE = Duration.ofSeconds(30);

  /** This many times its own mean pause is more than quiet. */
  static final int PAUSES = 20;

  private static final int PAUSES_TO_KNOW = 5;

  /** A trade is told on two feeds within this time. */
  private static final Duration SAME_TRADE = Duration.ofSeconds(5);

  private static final class Ear {
    private Instant since;
    private @Nullable Instant heard;
    private @Nullable BigDecimal acc;
    private @Nullable Instant swept;
    private @Nullable Instant unheardSince;
    private long meanPauseMillis;
    private int pauses;

    private Ear(Instant since) {
      this.since = since;
    }
  }

  private final Map<String, Ear> ears = new HashMap<>();

  /** The venue confirmed its registration. */
  public void acknowledged(String symbol, Instant at) {
    ears.put(symbol, new Ear(at));
  }

  /** It has no place any more. */
  public void released(String symbol) {
    ears.remove(symbol);
  }

  /** The clock was set: what counts is how long ago something was. */
  public void stepped(Duration step) {
    for (Ear ear : ears.values()) {
      ear.since = ear.since.plus(step);
      ear.heard = ear.heard == null ? null : ear.heard.plus(step);
      ear.swept = ear.swept == null ? null : ear.swept.plus(step);
      ear.unheardSince = ear.unheardSince == null ? null : ear.unheardSince.plus(step);
    }
  }

  /** Nobody has a place any more. */
  public void clear() {
    ears.clear();
  }

  /** A streamed record of it was kept. */
  public void heard(String symbol, Instant at, @Nullable BigDecimal accVolume) {
    Ear ear = ears.get(symbol);
    if (ear == null) {
      return;
    }
    if (ear.heard != null) {
      long pause = Math.max(0, Duration.between(ear.heard, at).toMillis());
      ear.meanPauseMillis =
          ear.pauses == 0 ? pause : ear.meanPauseMillis + (pause - ear.meanPauseMillis) / 8;
      ear.pauses = Math.min(ear.pauses + 1, PAUSES_TO_KNOW);
    }
    ear.heard = at;
    ear.acc = accVolume == null ? ear.acc : accVolume;
    ear.unheardSince = null;
  }

  /**
   * A feed that runs beside its own told of it. The same trade is told on both, the one a moment
   * before the other: only what its own does not follow up is a sign of silence.
   */
  public void toldBeside(String symbol, Instant at, @Nullable BigDecimal accVolume) {
    Ear ear = ears.get(symbol);
    boolean justHeard = ear != null && ear.heard != null && at.isBefore(ear.heard.plus(SAME_TRADE));
    if (justHeard && accVolume != null) {
      ear.acc = accVolume;
      ear.swept = at;
    } else {
      swept(symbol, at, accVolume);
    }
  }

  /** A sweep told of it. */
  public void swept(String symbol, Instant at, @Nullable BigDecimal accVolume) {
    Ear ear = ears.get(symbol);
    if (ear == null || accVolume == null) {
      return;
    }
    ear.swept = at;
    if (ear.acc == null) {
      // Nothing was streamed yet: what trades from now on should be.
      ear.acc = accVolume;
    } else if (accVolume.compareTo(ear.acc) > 0 && ear.unheardSince == null) {
      ear.unheardSince = at;
    }
  }

  /** When something was streamed of it last; null for nothing since it was confirmed. */
  public @Nullable Instant heardAt(String symbol) {
    Ear ear = ears.get(symbol);
    return ear == null ? null : ear.heard;
  }

  /** Whether anything was streamed of it since its registration was confirmed. */
  public boolean hasHeard(String symbol) {
    Ear ear = ears.get(symbol);
    return ear != null && ear.heard != null;
  }

  /** Since when it is silent although it should not be; null while all is well. */
  public @Nullable Instant silentSince(String symbol, Instant now) {
    Ear ear = ears.get(symbol);
    if (ear == null) {
      return null;
    }
    Instant last = ear.heard == null ? ear.since : ear.heard;
    if (ear.unheardSince != null) {
      return now.isBefore(ear.unheardSince.plus(TRADED_UNHEARD)) ? null : last;
    }
    boolean sweepsSayQuiet = ear.swept != null && ear.swept.isAfter(last);
    if (sweepsSayQuiet || ear.pauses < PAUSES_TO_KNOW) {
      return null;
    }
    Duration patience = Duration.ofMillis(PAUSES * ear.meanPauseMillis);
    Duration silence = patience.compareTo(SHORTEST_SILENCE) > 0 ? patience : SHORTEST_SILENCE;
    return now.isBefore(last.plus(silence)) ? null : last;
  }
}
