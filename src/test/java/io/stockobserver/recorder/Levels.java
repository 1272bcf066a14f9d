package io.stockobserver.recorder;

import io.stockobserver.mitigation.LevelChange;
import java.time.Duration;

/** Changes of the level as an operator or the load brings them. */
final class Levels {
  private Levels() {}

  static LevelChange by(String actor, int to) {
    return new LevelChange(0, to, "operator", null, null, actor, "test", segments(to));
  }

  static LevelChange byCpu(double value, int to) {
    return new LevelChange(0, to, "cpu_percent", value, 80.0, "observer", "busy", segments(to));
  }

  private static Duration segments(int level) {
    return Duration.ofMinutes(new int[] {5, 2, 1}[level]);
  }
}
