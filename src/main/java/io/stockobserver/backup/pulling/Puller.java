package io.stockobserver.backup.pulling;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.evidence.Event;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Brings a backup up to date with its servers, side by side: none that fails holds up another. What
 * happened is told as events of the tree, in one aggregated manifest a day and in the report.
 * Deletes nothing, ever. One pull at a time into a tree; thread-safe.
 */
public final class Puller {
  private final PullSettings settings;
  private final Disk disk;
  private final InstantSource clock;

  public Puller(PullSettings settings, Disk disk, InstantSource clock) {
    this.settings = settings;
    this.disk = disk;
    this.clock = clock;
  }

  /**
   * Pulls everything that these servers have and the tree has not.
   *
   * @throws PullException with {@code TARGET} when the tree is being written by another process or
   *     cannot be written at all
   */
  public PullReport pull(List<PullServer> servers, PullProgress progress) throws PullException {
    TreeEvents events = new TreeEvents(settings.root(), disk, clock, "pull");
    try (TreeLock lock = TreeLock.take(settings.root())) {
      BackupTree tree = new BackupTree(settings.root(), disk);
      Claims claims = Claims.read(tree);
      List<PullReport.Row> rows = sideBySide(servers, tree, claims, progress, events);
      rows.forEach(row -> row.faults().forEach(fault -> tell(events, row.server(), fault)));
      aggregate(new Aggregate(tree, claims), rows);
      return new PullReport(rows);
    } catch (PullException refused) {
      events.tell(
          events
              .event("backup_failed")
              .with("reason", refused.trouble().word())
              .with("detail", refused.getMessage()),
          "backup",
          "backup");
      throw refused;
    }
  }

  private List<PullReport.Row> sideBySide(
      List<PullServer> servers,
      BackupTree tree,
      Claims claims,
      PullProgress progress,
      TreeEvents events)
      throws PullException {
    ExecutorService all = Executors.newFixedThreadPool(Math.max(1, servers.size()));
    try {
      List<Future<PullReport.Row>> running = new ArrayList<>();
      for (PullServer server : servers) {
        Teller teller = new Teller(events, server.name());
        running.add(
            all.submit(
                () ->
                    new ServerRun(server, settings, tree, claims, clock, progress, teller).run()));
      }
      List<PullReport.Row> rows = new ArrayList<>();
      for (Future<PullReport.Row> one : running) {
        rows.add(one.get());
      }
      return rows;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PullException(Trouble.UNREACHABLE, "interrupted", e);
    } finally {
      all.shutdownNow();
    }
  }

  private static void tell(TreeEvents events, String server, PullReport.Fault fault) {
    PackageId id = fault.id();
    events.tell(
        events
            .event("backup_failed")
            .with("package", id == null ? null : id.toString())
            .with("server", server)
            .with("reason", fault.trouble().word())
            .with("detail", fault.detail()),
        id == null ? "backup" : id.provider(),
        "backup");
  }

  private void aggregate(Aggregate aggregate, List<PullReport.Row> rows) throws PullException {
    Set<LocalDate> days = new TreeSet<>();
    for (PullReport.Row row : rows) {
      row.packages().forEach(id -> days.add(id.date()));
      for (PullReport.Fault fault : row.faults()) {
        PackageId id = fault.id();
        if (id != null) {
          days.add(id.date());
        }
      }
    }
    for (LocalDate day : days) {
      aggregate.write(day, clock.instant(), rows);
    }
  }

  /** What happens meanwhile, as events. */
  private record Teller(TreeEvents events, String server) implements ServerPull.Told {
    @Override
    public void pulled(PackageId id, String market, Receipt receipt) {
      Event event =
          events
              .event("backup_verified")
              .with("package", id.toString())
              .with("receipt", receipt.kind().name().toLowerCase(Locale.ROOT))
              .with("by", receipt.by())
              .with("share", receipt.share())
              .with("server", server)
              .with("files", receipt.files())
              .with("bytes", receipt.bytes())
              .with("lines", receipt.lines());
      events.tell(event, id.provider(), market);
    }

    @Override
    public void aside(@Nullable PackageId id, String what, String kept) {
      events.tell(
          events
              .event("backup_failed")
              .with("package", id == null ? null : id.toString())
              .with("server", server)
              .with("reason", "damaged_here")
              .with("detail", what + " was damaged here; it is kept as " + kept),
          "backup",
          "backup");
    }
  }
}
