package io.stockobserver.observe;

import io.stockobserver.observe.Observation.Part;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The first question to an observation: can it be true at all? Required fields, positive figures,
 * plausible instants; crossed quotes are kept and flagged. Stateless, thread-safe.
 */
public final class Validation {
  /** Further from the clock than this is not plausible (design, section 4). */
  static final Duration PLAUSIBLE = Duration.ofMinutes(5);

  /** Further from the clock than this is kept, degraded. */
  static final Duration PROMPT = Duration.ofSeconds(2);

  private static final long PLAUSIBLE_MS = PLAUSIBLE.toMillis();
  private static final long PROMPT_MS = PROMPT.toMillis();

  private static final Verdict PRICE_MISSING = Verdict.refused("validate", "price-missing");
  private static final Verdict PRICE_NOT_POSITIVE =
      Verdict.refused("validate", "price-not-positive");
  private static final Verdict FIGURE_NEGATIVE = Verdict.refused("validate", "figure-negative");
  private static final Verdict TIME_IMPLAUSIBLE = Verdict.refused("validate", "time-implausible");
  private static final Verdict SYMBOL_MISSING = Verdict.refused("validate", "symbol-missing");
  private static final Verdict NO_TRADE_YET = Verdict.degraded("no-trade-yet");
  private static final Verdict CROSSED = Verdict.degraded("crossed-quote");
  private static final Verdict LATE = Verdict.degraded("late");

  /** A ticker or a book is as old as its last change: that is no wrong clock. */
  private static final Verdict QUIET = Verdict.degraded("quiet");

  /** Judges by the moment it was heard. */
  public Verdict judge(Observation o) {
    if (o.symbol().isBlank()) {
      return SYMBOL_MISSING;
    }
    long age = o.source().heardAt().toEpochMilli() - o.at().toEpochMilli();
    boolean asOld = age > 0 && (o.part() == Part.TICKER || o.part() == Part.BOOK);
    long off = Math.abs(age);
    if (off > PLAUSIBLE_MS && !asOld) {
      return TIME_IMPLAUSIBLE;
    }
    if (negative(o.bidPrice())
        || negative(o.askPrice())
        || negative(o.bidSize())
        || negative(o.askSize())
        || negative(o.tradeSize())
        || negative(o.accVolume())
        || negative(o.accValue())
        || negative(o.open())
        || negative(o.high())
        || negative(o.low())) {
      return FIGURE_NEGATIVE;
    }
    BigDecimal last = o.lastPrice();
    if (last == null && o.part() != Part.BOOK) {
      // A traded volume without a price is a contradiction; no volume yet is the morning.
      boolean traded = positive(o.accVolume()) || positive(o.tradeSize());
      return traded ? PRICE_MISSING : NO_TRADE_YET;
    }
    if (last != null && last.signum() <= 0) {
      return PRICE_NOT_POSITIVE;
    }
    if (o.bidPrice() != null && o.askPrice() != null && o.bidPrice().compareTo(o.askPrice()) > 0) {
      return CROSSED;
    }
    if (asOld) {
      return off > PLAUSIBLE_MS ? QUIET : Verdict.SOUND;
    }
    return off > PROMPT_MS ? LATE : Verdict.SOUND;
  }

  private static boolean negative(@Nullable BigDecimal figure) {
    return figure != null && figure.signum() < 0;
  }

  private static boolean positive(@Nullable BigDecimal figure) {
    return figure != null && figure.signum() > 0;
  }
}
