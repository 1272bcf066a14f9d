package io.stockobserver.health;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How everything is at one moment.
 *
 * @param at of the market's clock
 */
public record HealthReport(Instant at, List<Line> lines) {
  private static final String ARCHIVE = "archive";

  public HealthReport {
    lines = List.copyOf(lines);
  }

  /**
   * One check.
   *
   * @param since when it became as well as it is
   */
  public record Line(Check check, Instant since) {}

  /**
   * How the whole is, for whoever has to decide whether it still does its work. DOWN: what is
   * everybody's is down, the archive of any venue takes nothing, or there is no venue left that is
   * not down. One venue of several that is down makes it DEGRADED: the others are recorded, and
   * taking the process away would end them too.
   */
  public Health health() {
    Health whole = Health.HEALTHY;
    for (Line line : lines) {
      Check check = line.check();
      boolean ofOneVenue = !check.provider().isEmpty() && !check.name().equals(ARCHIVE);
      boolean spared = ofOneVenue && check.health() == Health.DOWN && someVenueIsNotDown();
      whole = whole.and(spared ? Health.DEGRADED : check.health());
    }
    return whole;
  }

  private boolean someVenueIsNotDown() {
    return venues().values().stream().anyMatch(health -> health != Health.DOWN);
  }

  /** Each venue, as well as the worst of its checks. */
  public SortedMap<String, Health> venues() {
    TreeMap<String, Health> all = new TreeMap<>();
    for (Line line : lines) {
      Check check = line.check();
      if (!check.provider().isEmpty()) {
        all.merge(check.provider(), check.health(), Health::and);
      }
    }
    return all;
  }
}
