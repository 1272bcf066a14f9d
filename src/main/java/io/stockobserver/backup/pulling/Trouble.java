package io.stockobserver.backup.pulling;

import java.util.Locale;

/** Why a pull did not end well, and what that means. */
public enum Trouble {
  /** No connection, one that breaks again and again, or an error of the server's own. */
  UNREACHABLE(3, true),
  /** It said nothing for too long. */
  STALLED(3, true),
  /** It wants us to ask less often, for longer than we wait. */
  BUSY(3, true),
  /** It does not take our token, or its backup is off. */
  REFUSED(2, false),
  /** What it says is no answer: rubbish, a wrong range, a wrong length. */
  BAD_ANSWER(1, true),
  /** What it sent is not what its package says, or lies damaged there. */
  DAMAGED(1, true),
  /** A package is not what it was a moment, or a day, ago. */
  PACKAGE_CHANGED(1, false),
  /** What its chain once ended with is not in it any more: cut short, reordered or made anew. */
  CHAIN_CUT(1, false),
  /** The chain cannot be followed back to what was seen before: links of it are gone. */
  CHAIN_GAP(1, false),
  /** Another key than the one that is pinned, or none. */
  KEY_CHANGED(1, false),
  /** Another certificate than the one that is pinned. */
  CERTIFICATE_CHANGED(1, false),
  /** A signature that does not hold. */
  SIGNATURE(1, false),
  /** The day is in this backup already, from another server. */
  HELD_BY_ANOTHER(1, false),
  /** A file lies here, proven, that the new one does not begin with. */
  NOT_GROWN(1, false),
  /** Its clock, or the package's, is ahead of ours. */
  CLOCK(1, false),
  /** Its clock is behind ours, as a simulation's is. */
  CLOCK_BEHIND(0, false),
  /** The newest package is older than it may be. */
  TOO_OLD(0, false),
  /** The directory of the backup is full, read-only or gone. */
  TARGET(3, false);

  private final int exit;
  private final boolean again;

  Trouble(int exit, boolean again) {
    this.exit = exit;
    this.again = again;
  }

  /** As events have it, such as {@code package_changed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The exit code of a command that ends with it. */
  public int exit() {
    return exit;
  }

  /** Whether it may be gone when it is tried again soon. */
  boolean again() {
    return again;
  }
}
