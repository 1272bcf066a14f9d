package io.stockobserver.observe;

import java.util.Locale;

/** How far a line can be trusted. */
public enum Quality {
  NORMAL,
  /** Kept, but old, late, crossed or without a price yet. */
  DEGRADED,
  /** The first line after a gap; its volume spans it. */
  GAP;

  /** The word in the archive. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
