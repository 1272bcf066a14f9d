package io.stockobserver.backup.pulling;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pull came to.
 *
 * @param servers in the order of the configuration
 */
public record PullReport(List<Row> servers) {
  public PullReport {
    servers = List.copyOf(servers);
  }

  /**
   * How a server's copies are.
   *
   * @param newest the newest package of it that is here; null for none
   * @param madeAt when that was made
   * @param age of it now
   * @param packages that were pulled now
   * @param files that were fetched now
   * @param bytes of them, as stored
   * @param took while pulling
   * @param rounds how often it was tried
   * @param faults what was not well, the first round's first
   */
  public record Row(
      String server,
      String url,
      @Nullable PackageId newest,
      @Nullable Instant madeAt,
      Duration age,
      List<PackageId> packages,
      long files,
      long bytes,
      Duration took,
      int rounds,
      List<Fault> faults) {
    public Row {
      packages = List.copyOf(packages);
      faults = List.copyOf(faults);
    }

    /** In the health room's words. */
    public Health health() {
      Health health = Health.HEALTHY;
      for (Fault fault : faults) {
        boolean down =
            switch (fault.trouble()) {
              case UNREACHABLE, STALLED, BUSY, REFUSED, TARGET, BAD_ANSWER -> true;
              default -> false;
            };
        health = health.and(down ? Health.DOWN : Health.DEGRADED);
      }
      return health;
    }
  }

  /**
   * Something that was not well.
   *
   * @param id the package; null where it concerns the server
   */
  public record Fault(Trouble trouble, @Nullable PackageId id, String detail) {}

  /** 0 done, 1 something is refused or damaged, 2 a token is, 3 somebody is out of reach. */
  public int exit() {
    return servers.stream()
        .flatMap(row -> row.faults().stream())
        .mapToInt(fault -> fault.trouble().exit())
        .max()
        .orElse(0);
  }
}
