package io.stockobserver.observe;

import org.jspecify.annotations.Nullable;

/**
 * Whether an observation may be recorded.
 *
 * @param stage who refused it, {@code validate} or {@code guard}; null when it is kept
 * @param reason why it was refused or degraded; null when it is sound
 */
public record Verdict(Quality quality, @Nullable String stage, @Nullable String reason) {
  static final Verdict SOUND = new Verdict(Quality.NORMAL, null, null);

  static Verdict degraded(String reason) {
    return new Verdict(Quality.DEGRADED, null, reason);
  }

  static Verdict refused(String stage, String reason) {
    return new Verdict(Quality.DEGRADED, stage, reason);
  }

  public boolean kept() {
    return stage == null;
  }
}
