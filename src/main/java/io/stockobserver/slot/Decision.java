package io.stockobserver.slot;

import io.stockobserver.track.Interest;
import java.util.Locale;

/** Why a candidate that scored has no place: one line of the overflow ledger. */
public record Decision(Interest candidate, Reason reason) {
  /** The reasons that the ledger knows (founding document, 2.14.1). */
  public enum Reason {
    /** Others scored higher. */
    SLOT_FULL,
    /** Nothing fired for it: it is only much traded, or was until now. */
    LOW_SCORE,
    /** An operator does not want it. */
    MANUAL_EXCLUDE,
    /** It gave its place up, or was refused by the venue, too short a while ago. */
    COOLDOWN,
    /** It was given a place, and the venue has not confirmed it. */
    NOT_ACKNOWLEDGED;

    /** As the ledger writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
