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

  private static final long STEP_MILLIS = 50;

  static Tracks read(Settings s) {
    return new Tracks(
        s.window("track.swing.window"),
        s.span("track.swing.every", Duration.ofSeconds(1), Duration.ofHours(24)),
        s.window("track.scalp.window"),
        steps(s, s.span("track.scalp.every", Duration.ofMillis(100), Duration.ofMinutes(1))),
        TriggerKeys.read(s));
  }

  /**
   * Two grids of a day have instants in common, and an audit of it does not need each millisecond.
   */
  private static Duration steps(Settings s, Duration every) {
    if (every.toMillis() % STEP_MILLIS != 0) {
      throw new Settings.SettingsException(
          "track.scalp.every = "
              + s.text("track.scalp.every")
              + " is not allowed; write whole steps of "
              + STEP_MILLIS
              + "ms");
    }
    return every;
  }
}
