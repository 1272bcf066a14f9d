package io.stockobserver.universe;

import java.math.BigDecimal;
import java.util.Set;

/**
 * Who belongs to the universe (design, section 8): listed on a board and in a group that we watch,
 * not halted, not in liquidation, base price at or above the minimum. Administrative issues and
 * SPACs are kept and flagged. Where a minimum of yesterday's traded value is set, that too.
 *
 * @param minValue 0 for none
 */
public record MembershipRule(
    BigDecimal minPrice, BigDecimal minValue, Set<String> boards, Set<String> groups) {
  /** A rule by price alone. */
  public MembershipRule(BigDecimal minPrice, Set<String> boards, Set<String> groups) {
    this(minPrice, BigDecimal.ZERO, boards, groups);
  }

  public MembershipRule {
    boards = Set.copyOf(boards);
    groups = Set.copyOf(groups);
    if (minPrice.signum() < 0) {
      throw new IllegalArgumentException("a minimum price of " + minPrice + " is negative");
    }
    if (minValue.signum() < 0) {
      throw new IllegalArgumentException("a minimum value of " + minValue + " is negative");
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
    OTHER_GROUP,
    BELOW_VALUE
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
    if (listing.basePrice().compareTo(minPrice) < 0) {
      return Outcome.BELOW_PRICE;
    }
    BigDecimal value = listing.prevValue() == null ? BigDecimal.ZERO : listing.prevValue();
    return value.compareTo(minValue) >= 0 ? Outcome.KEPT : Outcome.BELOW_VALUE;
  }
}
