package io.stockobserver;

import io.stockobserver.market.Window;
import io.stockobserver.trigger.TriggerSettings;
import java.time.Duration;

/**
 * How often and when the two tracks look, and what makes them look closer: {@code track.*} and
 * {@code trigger.*}, the same for every venue. A market that never closes has no use for windows.
 */
record Tracks(
    Window swingWindow,
    Duration swingEvery,
    Window scalpWindow,
    Duration scalpEvery,
    TriggerSettings triggers) {

  static Tracks read(Settings s) {
    return new Tracks(
        s.window("track.swing.window"),
        s.span("track.swing.every", Duration.ofSeconds(1), Duration.ofHours(24)),
        s.window("track.scalp.window"),
        s.span("track.scalp.every", Duration.ofMillis(100), Duration.ofMinutes(1)),
        TriggerKeys.read(s));
  }
}
