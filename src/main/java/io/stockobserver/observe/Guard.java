package io.stockobserver.observe;

import io.stockobserver.market.TradingDay;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The second question to an observation: does it fit what we know? Inside its session, neither a
 * state going backwards nor a trade told twice, within its limits unless flagged. Stateless,
 * thread-safe.
 */
public final class Guard {
  private static final Verdict UNKNOWN_SYMBOL = Verdict.refused("guard", "unknown-symbol");
  private static final Verdict OUTSIDE_SESSION = Verdict.refused("guard", "outside-session");
  private static final Verdict BACKWARDS = Verdict.refused("guard", "state-backwards");
  private static final Verdict REPEATED = Verdict.refused("guard", "state-repeated");
  private static final Verdict BEYOND_LIMIT = Verdict.refused("guard", "beyond-limit");
  private static final Verdict BEYOND_LIMIT_FLAGGED = Verdict.degraded("beyond-limit");

  /**
   * Judges by what is known of the instrument.
   *
   * @param limits null for an instrument that is not in today's universe
   * @param before the last state kept of it from the same source
   * @param day whose session it must belong to: at or after its open, because trades after the
   *     close are told too; a market that never closes was open before as well
   */
  public Verdict judge(Observation o, @Nullable Limits limits, Latest before, TradingDay day) {
    if (limits == null) {
      return UNKNOWN_SYMBOL;
    }
    boolean tooEarly = o.at().isBefore(day.opens()) && !day.roundTheClock();
    if (!o.atIsHeard() && (!day.open() || tooEarly)) {
      return OUTSIDE_SESSION;
    }
    if (before.isAheadOf(o)) {
      return BACKWARDS;
    }
    if (before.isRepeatedBy(o)) {
      return REPEATED;
    }
    BigDecimal last = o.lastPrice();
    if (last != null && !limits.hold(last)) {
      return limits.flagged() ? BEYOND_LIMIT_FLAGGED : BEYOND_LIMIT;
    }
    return Verdict.SOUND;
  }
}
