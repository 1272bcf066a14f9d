package io.stockobserver.observe;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of one instrument from one source, and what traded since it was last sampled.
 * Not thread-safe: whoever reads the tape owns it.
 */
public final class Latest {
  private @Nullable Observation state;
  private Verdict verdict = Verdict.SOUND;
  private @Nullable BigDecimal accAtSample;
  private @Nullable BigDecimal tradedSinceSample;
  private boolean fresh;
  private @Nullable Parts parts;

  /** The merged state, null before the first observation. */
  public @Nullable Observation state() {
    return parts == null ? state : parts.state();
  }

  /** How the last observation was judged; of parts, what is told most often. */
  public Verdict verdict() {
    return parts == null ? verdict : parts.verdict();
  }

  /** Takes a kept observation; figures that it does not carry stay as they were. */
  public void take(Observation o, Verdict how) {
    if (o.part() != Observation.Part.STATE) {
      parts = parts == null ? new Parts() : parts;
      parts.take(o, how);
      fresh = true;
      return;
    }
    if (state == null && o.tradeSize() != null && o.accVolume() != null) {
      // As if a sample had been taken just before: trades that come late or twice add nothing.
      accAtSample = o.accVolume().subtract(o.tradeSize());
    }
    if (o.tradeSize() != null && (o.accVolume() == null || accAtSample == null)) {
      tradedSinceSample =
          tradedSinceSample == null ? o.tradeSize() : tradedSinceSample.add(o.tradeSize());
    }
    fresh = true;
    state = state == null || complete(o) ? o : merge(state, o);
    verdict = how;
  }

  /** Every trade from now on will be told one by one: their sum is what trades. */
  public void countTrades() {
    parts = parts == null ? new Parts() : parts;
    parts.countTrades();
  }

  /** Quotes of before are not told again; prices and figures of the day stay. */
  public void forgetBook() {
    if (parts != null) {
      parts.forgetBook();
    }
  }

  /** Whether {@code o} tells of a state that this one has already left behind. */
  boolean isAheadOf(Observation o) {
    if (parts != null) {
      return parts.isAheadOf(o);
    }
    if (state == null) {
      return false;
    }
    if (state.accVolume() != null && o.accVolume() != null) {
      int more = o.accVolume().compareTo(state.accVolume());
      // Where nothing traded in between, only the venue's own time can tell.
      return more < 0 || (more == 0 && !o.atIsHeard() && o.at().isBefore(state.at()));
    }
    return o.at().isBefore(state.at());
  }

  /**
   * Whether {@code o} tells once more of the trade that this state came from. No two trades leave
   * the same accumulated volume; after an interruption it is news all the same.
   */
  boolean isRepeatedBy(Observation o) {
    if (parts != null) {
      return parts.isRepeatedBy(o);
    }
    return fresh
        && state != null
        && o.tradeSize() != null
        && o.accVolume() != null
        && o.at().equals(state.at())
        && same(o.accVolume(), state.accVolume())
        && same(o.tradeSize(), state.tradeSize())
        && same(o.lastPrice(), state.lastPrice())
        && same(o.bidPrice(), state.bidPrice())
        && same(o.askPrice(), state.askPrice())
        && same(o.bidSize(), state.bidSize())
        && same(o.askSize(), state.askSize());
  }

  /**
   * What traded since the previous call, or since the first observation; null where neither an
   * accumulated volume nor a single trade was heard to tell it. The accumulated volume tells it
   * where there is one, because it also counts trades that were not heard; where the venue tells
   * trade by trade, their sum does, because its day begins anew within ours.
   */
  public @Nullable BigDecimal takeVolume() {
    if (parts != null && parts.sums()) {
      return parts.takeTraded();
    }
    Observation now = state();
    BigDecimal acc = now == null ? null : now.accVolume();
    BigDecimal volume =
        acc != null && accAtSample != null ? acc.subtract(accAtSample) : tradedSinceSample;
    if (parts != null && volume != null && volume.signum() < 0) {
      volume = null; // the venue's day began anew: what traded before that was not told
    }
    if (acc != null) {
      accAtSample = acc;
    }
    if (tradedSinceSample != null) {
      tradedSinceSample = BigDecimal.ZERO;
    }
    return volume;
  }

  /** Its source fell silent: what is known is old until something is heard again. */
  public void interrupted() {
    fresh = false;
  }

  /** Whether there is a state that was heard since the last interruption. */
  public boolean fresh() {
    return fresh;
  }

  private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? one == null && other == null : one.compareTo(other) == 0;
  }

  private static boolean complete(Observation o) {
    return o.lastPrice() != null
        && o.bidPrice() != null
        && o.askPrice() != null
        && o.accVolume() != null
        && o.open() != null;
  }

  private static Observation merge(Observation old, Observation o) {
    return new Observation(
        o.symbol(),
        o.at(),
        o.atIsHeard(),
        or(o.lastPrice(), old.lastPrice()),
        or(o.bidPrice(), old.bidPrice()),
        or(o.askPrice(), old.askPrice()),
        or(o.bidSize(), old.bidSize()),
        or(o.askSize(), old.askSize()),
        or(o.tradeSize(), old.tradeSize()),
        or(o.accVolume(), old.accVolume()),
        or(o.accValue(), old.accValue()),
        or(o.open(), old.open()),
        or(o.high(), old.high()),
        or(o.low(), old.low()),
        or(o.prevClose(), old.prevClose()),
        o.halted(),
        o.specifics(),
        o.source());
  }

  private static @Nullable BigDecimal or(@Nullable BigDecimal now, @Nullable BigDecimal before) {
    return now != null ? now : before;
  }
}
