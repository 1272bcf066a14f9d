package io.stockobserver.health;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers since when each check has been as it is. Asks no clock. Thread-safe. */
public final class HealthBoard {
  private record Stand(Health health, Instant since) {}

  private final Map<String, Stand> stands = new HashMap<>();

  /** What these checks say together. One that is not among them any more is forgotten. */
  public synchronized HealthReport look(List<Check> checks, Instant at) {
    Map<String, Stand> before = Map.copyOf(stands);
    stands.clear();
    for (Check check : checks) {
      Stand had = before.get(check.key());
      boolean same = had != null && had.health() == check.health();
      stands.put(check.key(), same ? had : new Stand(check.health(), at));
    }
    return new HealthReport(
        at,
        checks.stream()
            .map(check -> new HealthReport.Line(check, stands.get(check.key()).since()))
            .toList());
  }
}
