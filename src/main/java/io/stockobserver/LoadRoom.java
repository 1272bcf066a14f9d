package io.stockobserver;

import io.stockobserver.mitigation.Condition;
import io.stockobserver.mitigation.HeapLeft;
import io.stockobserver.mitigation.LoadProbe;
import io.stockobserver.mitigation.Mitigation;
import io.stockobserver.mitigation.MitigationSettings;
import io.stockobserver.mitigation.ProcessorShare;
import io.stockobserver.mitigation.Thresholds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds what lowers a venue's frequency under load, and reads its settings. Each venue has its
 * own: the process's load is everybody's, but the queue of one is no reason to look less often at
 * another.
 */
final class LoadRoom {
  private LoadRoom() {}

  /**
   * The beans of these rooms; beside them {@code kisLevel} and its like, which the routes {@code
   * plan-level-kis} and its like call.
   *
   * @param levels by provider
   */
  static Map<String, Object> beans(List<Room> rooms, Map<String, Mitigation> levels) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Room room : rooms) {
      room.beans()
          .forEach(
              (name, bean) -> {
                if (all.put(name, bean) != null) {
                  throw new IllegalStateException("two venues have a bean " + name);
                }
              });
    }
    levels.forEach((provider, level) -> all.put(provider + "Level", level));
    return all;
  }

  /** The level of each venue, by provider. */
  static Map<String, Mitigation> over(
      List<Room> rooms, MitigationSettings settings, InstantSource clock) {
    Map<String, Mitigation> levels = new LinkedHashMap<>();
    for (Room room : rooms) {
      LoadProbe probe =
          new LoadProbe(
              ProcessorShare.ofThisProcess(),
              HeapLeft.ofThisProcess(),
              List.of(room.archive().writes().reader()::take),
              List.of(room.recorder().heardToTape().reader()::take));
      levels.put(
          room.provider(),
          new Mitigation(settings, probe::read, clock, List.of(room.recorder().session()::level)));
    }
    return levels;
  }

  /**
   * Reads {@code mitigation.*}.
   *
   * @param segment of level 0; no level's segments are longer
   */
  static MitigationSettings read(Settings s, Duration segment) {
    Duration second = Duration.ofSeconds(1);
    Duration day = Duration.ofDays(1);
    Map<Condition, Thresholds> thresholds = new EnumMap<>(Condition.class);
    thresholds.put(Condition.CPU, percents(s, "mitigation.cpu"));
    thresholds.put(Condition.MEMORY, percents(s, "mitigation.memory"));
    thresholds.put(Condition.DISK_DELAY, delays(s, "mitigation.disk-delay"));
    thresholds.put(Condition.QUEUE_DELAY, delays(s, "mitigation.queue-delay"));
    Duration segment1 = least(segment, s.span("mitigation.level1.rotate", second, day));
    Duration segment2 = least(segment1, s.span("mitigation.level2.rotate", second, day));
    return new MitigationSettings(
        thresholds,
        s.span("mitigation.every", second, Duration.ofSeconds(30)),
        s.span("mitigation.sustained", second, day),
        s.percent("mitigation.recover.below", 10, 100) / 100,
        s.span("mitigation.recover.sustained", second, day),
        List.of(segment, segment1, segment2));
  }

  private static Thresholds percents(Settings s, String condition) {
    double level1 = s.percent(condition + ".level1", 1, 100);
    return new Thresholds(level1, s.percent(condition + ".level2", level1, 100));
  }

  private static Thresholds delays(Settings s, String condition) {
    Duration level1 = s.span(condition + ".level1", Duration.ofMillis(1), Duration.ofHours(1));
    Duration level2 = s.span(condition + ".level2", level1, Duration.ofHours(1));
    return new Thresholds(level1.toMillis(), level2.toMillis());
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
