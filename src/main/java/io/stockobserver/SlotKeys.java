package io.stockobserver;

import io.stockobserver.slot.SlotRules;
import java.time.Duration;

/** The keys of one venue's slots, {@code slot.<provider>.*}, read and checked. */
final class SlotKeys {
  private SlotKeys() {}

  /**
   * Reads them.
   *
   * @param most how many the venue grants
   */
  static SlotRules read(Settings s, String provider, int most) {
    String slot = "slot." + provider;
    return new SlotRules(
        s.number(slot + ".count", 1, most),
        s.span(slot + ".min-stay", Duration.ZERO, Duration.ofHours(1)),
        s.number(slot + ".margin", 0, 100) / 100.0,
        s.span(slot + ".cooldown", Duration.ZERO, Duration.ofHours(1)));
  }
}
