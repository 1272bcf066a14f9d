package io.stockobserver.backup.pulling;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** One server until it is done or will not be: pulled, and where it failed pulled again. */
final class ServerRun {
  private final PullServer server;
  private final PullSettings settings;
  private final BackupTree tree;
  private final Claims claims;
  private final InstantSource clock;
  private final PullProgress progress;
  private final ServerPull.Told told;
  private final List<PackageId> pulled = new ArrayList<>();
  private long files;
  private long bytes;

  ServerRun(
      PullServer server,
      PullSettings settings,
      BackupTree tree,
      Claims claims,
      InstantSource clock,
      PullProgress progress,
      ServerPull.Told told) {
    this.server = server;
    this.settings = settings;
    this.tree = tree;
    this.claims = claims;
    this.clock = clock;
    this.progress = progress;
    this.told = told;
  }

  /** Does it. */
  PullReport.Row run() {
    AtomicInteger count = new AtomicInteger();
    ExecutorService workers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread =
                  new Thread(task, "pull-" + server.name() + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    ExecutorService fetchers = Executors.newFixedThreadPool(settings.parallel());
    long began = System.nanoTime();
    List<PullReport.Fault> faults = List.of();
    int round = 0;
    try {
      do {
        round++;
        faults = round(workers, fetchers);
      } while (round < settings.patience().rounds() && isWorthAnother(faults, round));
    } finally {
      fetchers.shutdownNow();
      workers.shutdownNow();
    }
    return row(faults, round, Duration.ofNanos(System.nanoTime() - began));
  }

  private List<PullReport.Fault> round(ExecutorService client, ExecutorService fetchers) {
    try {
      ServerPull pull =
          new ServerPull(server, settings, tree, claims, client, fetchers, clock, progress, told);
      pull.run();
      pulled.addAll(pull.pulled());
      files += pull.files();
      bytes += pull.bytes();
      return pull.faults();
    } catch (PullException wrong) {
      return List.of(new PullReport.Fault(wrong.trouble(), null, wrong.getMessage()));
    }
  }

  private boolean isWorthAnother(List<PullReport.Fault> faults, int round) {
    if (faults.stream().noneMatch(fault -> fault.trouble().again())) {
      return false;
    }
    try {
      settings.patience().pause(round);
      return true;
    } catch (PullException interrupted) {
      return false;
    }
  }

  private PullReport.Row row(List<PullReport.Fault> found, int rounds, Duration took) {
    List<PullReport.Fault> faults = new ArrayList<>(found);
    Optional<PackageManifest> newest = newest();
    Instant now = clock.instant();
    Duration age =
        newest.map(manifest -> Duration.between(manifest.createdAt(), now)).orElse(Duration.ZERO);
    if (newest.isPresent() && age.compareTo(settings.maxAge()) > 0) {
      faults.add(
          new PullReport.Fault(
              Trouble.TOO_OLD,
              newest.get().id(),
              "the newest package of %s is %d h old, %d h are allowed (backup.max-age)"
                  .formatted(server.name(), age.toHours(), settings.maxAge().toHours())));
    }
    return new PullReport.Row(
        server.name(),
        server.url().toString(),
        newest.map(PackageManifest::id).orElse(null),
        newest.map(PackageManifest::createdAt).orElse(null),
        age,
        pulled,
        files,
        bytes,
        took,
        rounds,
        faults);
  }

  private Optional<PackageManifest> newest() {
    Optional<PackageManifest> newest = Optional.empty();
    try {
      ServerBook book = claims.book(tree, server.name());
      for (PackageId id : tree.shelf().all()) {
        PackageManifest one = book.has(id) ? tree.shelf().manifest(id) : null;
        if (one != null
            && newest.filter(other -> other.createdAt().isAfter(one.createdAt())).isEmpty()) {
          newest = Optional.of(one);
        }
      }
    } catch (IOException unreadable) {
      return newest; // its fault is told where it was pulled
    }
    return newest;
  }
}
