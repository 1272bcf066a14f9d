package io.stockobserver.health;

import java.time.Instant;
import java.util.List;

/**
 * How everything is at one moment.
 *
 * @param at of the market's clock
 */
public record HealthReport(Instant at, List<Line> lines) {
  public HealthReport {
    lines = List.copyOf(lines);
  }

  /**
   * One check.
   *
   * @param since when it became as well as it is
   */
  public record Line(Check check, Instant since) {}

  /** As well as the worst of them. */
  public Health health() {
    return lines.stream().map(line -> line.check().health()).reduce(Health.HEALTHY, Health::and);
  }
}
