package io.stockobserver.universe;

import java.math.BigDecimal;
import java.util.Set;

/**
 * Who belongs to the universe (design, section 8): listed on a board and in a group that we watch,
 * not halted, not in liquidation, base price at or above the minimum. Administrative issues and
 * SPACs are kept and flagged.
 */
public record MembershipRule(BigDecimal minPrice, Set<String> boards, Set<String> groups) {
  public MembershipRule {
    boards = Set.copyOf(boards);
    groups = Set.copyOf(groups);
    if (minPrice.signum() < 0) {
      throw new IllegalArgumentException("a minimum price of " + minPrice + " is negative");
    }
  }

  /** Why an instrument is not in the universe; in the order in which its file counts them. */
  enum Outcome {
    KEPT,
    BELOW_PRICE,
    HALTED,
    LIQUIDATION,
    NO_PRICE,
    OTHER_BOARD,
    OTHER_GROUP
  }

  Outcome judge(Listing listing) {
    if (!boards.contains(listing.board())) {
      return Outcome.OTHER_BOARD;
    }
    if (!groups.contains(listing.group())) {
      return Outcome.OTHER_GROUP;
    }
    if (listing.halted()) {
      return Outcome.HALTED;
    }
    if (listing.liquidation()) {
      return Outcome.LIQUIDATION;
    }
    if (listing.basePrice() == null || listing.basePrice().signum() <= 0) {
      return Outcome.NO_PRICE;
    }
    return listing.basePrice().compareTo(minPrice) >= 0 ? Outcome.KEPT : Outcome.BELOW_PRICE;
  }
}
