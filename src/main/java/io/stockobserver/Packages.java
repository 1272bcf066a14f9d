package io.stockobserver;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.audit.Anomaly;
import io.stockobserver.audit.Audit;
import io.stockobserver.audit.Calendars;
import io.stockobserver.audit.Marks;
import io.stockobserver.audit.Shelf;
import io.stockobserver.backup.packing.PackageKeys;
import io.stockobserver.backup.packing.PackageRefused;
import io.stockobserver.backup.packing.PackageRound;
import io.stockobserver.backup.packing.Packaged;
import io.stockobserver.backup.packing.Packager;
import io.stockobserver.backup.packing.Verdict;
import io.stockobserver.evidence.Event;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The packages of every provider whose part of the archive this process has open: by the clock, and
 * for whoever asks. Thread-safe.
 */
public final class Packages implements AutoCloseable {
  private final PackageSettings settings;
  private final PackageKeys keys;
  private final InstantSource clock;
  private final boolean running;
  private final Map<String, Packager> packagers = new LinkedHashMap<>();
  private final Map<String, PackageRound> rounds = new LinkedHashMap<>();
  private final ExecutorService worker = Executors.newSingleThreadExecutor(Packages::thread);

  /**
   * Of nobody yet.
   *
   * @param running whether the archive is being recorded into meanwhile
   */
  Packages(PackageSettings settings, InstantSource clock, boolean running) {
    this.settings = settings;
    this.keys = new PackageKeys(settings.key());
    this.clock = clock;
    this.running = running;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "package");
    thread.setDaemon(true);
    return thread;
  }

  /** Of these rooms, while they record. */
  static Packages over(List<Room> rooms, PackageSettings settings, InstantSource clock) {
    Packages all = new Packages(settings, clock, true);
    rooms.forEach(room -> all.add(room.archive(), room.recorder()::event));
    return all;
  }

  /** Adds a provider. */
  void add(Archive archive, Consumer<Event> events) {
    Packager packager =
        new Packager(
            archive,
            new LocalDisk(),
            keys,
            day -> verdict(archive, day),
            events,
            clock,
            settings.threads());
    packagers.put(packager.provider(), packager);
    rounds.put(
        packager.provider(),
        new PackageRound(
            packager, settings.at(), settings.finalAfter(), clock, worker, new GentlePace()));
  }

  private Verdict verdict(Archive archive, LocalDate day) throws IOException {
    Shelf shelf = new Shelf(archive.settings().provider(), archive.settings().market());
    Calendars unknown = (market, date) -> null;
    Marks marks =
        new Audit(archive.settings().root(), clock.instant(), running, unknown, this::refuseToWait)
            .marks(day, shelf);
    return new Verdict(marks.anomalies().stream().map(Packages::anomaly).toList(), marks.gaps());
  }

  /** The judging of a long day is given up when the process ends: the package is, too. */
  private void refuseToWait(long bytes) {
    if (worker.isShutdown()) {
      throw new IllegalStateException("stopped");
    }
  }

  private static PackageManifest.Anomaly anomaly(Anomaly anomaly) {
    return new PackageManifest.Anomaly(anomaly.kind(), anomaly.what());
  }

  /** Whose packages can be made here. */
  public Set<String> providers() {
    return Set.copyOf(packagers.keySet());
  }

  /**
   * Makes the next version of a day now, in the caller's thread, unless the last one holds just
   * what there is.
   *
   * @throws PackageRefused when none can be made, with the remedy
   * @throws IllegalArgumentException for a provider that is not observed here
   */
  public Packaged make(String provider, LocalDate day, Packager.Progress progress)
      throws PackageRefused {
    Packager packager = packagers.get(provider);
    if (packager == null) {
      throw new IllegalArgumentException(provider + " is not observed here");
    }
    return packager.make(day, progress);
  }

  /** The same, for who does not look on. */
  public Packaged make(String provider, LocalDate day) throws PackageRefused {
    return make(provider, day, Packager.Progress.NONE);
  }

  /** {@code packages}, and {@code kisPackages} and its like, which the routes call. */
  Map<String, Object> beans() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("packages", this);
    rounds.forEach((provider, round) -> all.put(provider + "Packages", round));
    return all;
  }

  /** Whether a provider's ended days have the packages that they can have, on this day. */
  boolean areCaughtUp(String provider, LocalDate today) {
    PackageRound round = rounds.get(provider);
    return round == null || round.isCaughtUp(today);
  }

  /** Ends what is under way; the next start makes it. */
  @Override
  public void close() {
    packagers.values().forEach(Packager::stop);
    worker.shutdown();
    boolean interrupted = false;
    while (!worker.isTerminated()) {
      try {
        worker.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
