package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Tally;
import org.jspecify.annotations.Nullable;

/**
 * The feed's transactions: what they carry, of which venue, and whether the mock system has them.
 */
enum KisTrs {
  H0STCNT0(Content.TRADES, Venue.KRX, true),
  H0NXCNT0(Content.TRADES, Venue.NXT, false),
  H0UNCNT0(Content.TRADES, Venue.BOTH, false),
  H0STASP0(Content.BOOK, Venue.KRX, true),
  H0NXASP0(Content.BOOK, Venue.NXT, false),
  H0UNASP0(Content.BOOK, Venue.BOTH, false),
  H0STANC0(Content.EXPECTED, Venue.KRX, false),
  H0NXANC0(Content.EXPECTED, Venue.NXT, false),
  H0UNANC0(Content.EXPECTED, Venue.BOTH, false),
  /** Market operation: accepted, and nothing ever happens. */
  H0STMKO0(Content.NOTHING, Venue.KRX, false),
  H0NXMKO0(Content.NOTHING, Venue.NXT, false),
  H0UNMKO0(Content.NOTHING, Venue.BOTH, false);

  enum Content {
    TRADES,
    BOOK,
    EXPECTED,
    NOTHING
  }

  enum Venue {
    KRX,
    NXT,
    BOTH
  }

  private final Content content;
  private final Venue venue;
  private final boolean mock;

  KisTrs(Content content, Venue venue, boolean mock) {
    this.content = content;
    this.venue = venue;
    this.mock = mock;
  }

  static @Nullable KisTrs named(String name, boolean mockOnly) {
    for (KisTrs tr : values()) {
      if (tr.name().equals(name)) {
        return mockOnly && !tr.mock ? null : tr;
      }
    }
    return null;
  }

  Content content() {
    return content;
  }

  Venue venue() {
    return venue;
  }

  boolean hears(boolean nxt) {
    return venue == Venue.BOTH || nxt == (venue == Venue.NXT);
  }

  Tally tally(Day day) {
    return switch (venue) {
      case KRX -> day.krx();
      case NXT -> day.nxt();
      case BOTH -> day.unified();
    };
  }
}
