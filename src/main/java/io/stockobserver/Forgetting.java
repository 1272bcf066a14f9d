package io.stockobserver;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.OpenFile;
import io.stockobserver.evidence.Event;
import io.stockobserver.retention.DurableEvents;
import io.stockobserver.retention.Retention;
import io.stockobserver.retention.RetentionPlan;
import io.stockobserver.retention.RetentionRound;
import io.stockobserver.retention.RetentionSettings;
import io.stockobserver.route.RetentionFace;
import io.stockobserver.route.Shown;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Retention of every provider: by the clock where it is recorded, and for whoever asks where it is
 * not. Thread-safe.
 */
public final class Forgetting implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final List<Running> running = new ArrayList<>();
  private final ExecutorService worker = Executors.newSingleThreadExecutor(Forgetting::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "retention");
    thread.setDaemon(true);
    return thread;
  }

  /** One provider's, while it is recorded. */
  private record Running(Retention retention, DurableEvents events, Path root) {
    RetentionPlan run(boolean dryRun) throws IOException {
      return dryRun ? retention.plan() : retention.carryOut(events, diskUsedPercent(root));
    }
  }

  /**
   * Of these rooms, while they record.
   *
   * @param packages what is to be caught up with first
   */
  static Forgetting over(
      List<Room> rooms, RetentionSettings settings, Packages packages, Clock clock) {
    Forgetting all = new Forgetting();
    for (Room room : rooms) {
      Archive archive = room.archive();
      Path root = archive.settings().root();
      ZoneId zone = archive.settings().zone();
      Retention retention =
          new Retention(root, room.provider(), zone, settings, new LocalDisk(), clock);
      DurableEvents events = durable(archive, room.recorder()::event);
      all.running.add(new Running(retention, events, root));
      all.beans.put(
          room.provider() + "Retention",
          new RetentionRound(
              retention,
              events,
              () -> diskUsedPercent(root),
              today -> packages.areCaughtUp(room.provider(), today),
              settings.at(),
              zone,
              clock,
              all.worker));
    }
    return all;
  }

  /** Shows each provider's last round over JMX until it is closed. */
  List<Shown> show() {
    List<Shown> all = new ArrayList<>();
    beans.forEach(
        (name, round) ->
            all.add(
                RetentionFace.show(name.replaceFirst("Retention$", ""), (RetentionRound) round)));
    return all;
  }

  /** {@code kisRetention} and its like, which the routes call. */
  Map<String, Object> beans() {
    return beans;
  }

  /**
   * The same as at its hour, for somebody who asks; blocks until it is done.
   *
   * @param dryRun whether it is only told
   * @throws ExecutionException for what the archive or its disk refuses
   */
  List<RetentionPlan> now(boolean dryRun) throws ExecutionException, InterruptedException {
    return worker
        .submit(
            () -> {
              List<RetentionPlan> plans = new ArrayList<>();
              for (Running one : running) {
                plans.add(one.run(dryRun));
              }
              return plans;
            })
        .get();
  }

  /** Events that are on the disk, forced, when they are told. */
  private static DurableEvents durable(Archive archive, Consumer<Event> events) {
    return event -> {
      events.accept(event);
      if (!archive.force() || archive.open().stream().anyMatch(Forgetting::isBehind)) {
        throw new IOException("the event is not safe on the disk; see the log");
      }
    };
  }

  private static boolean isBehind(OpenFile file) {
    return file.lane() == io.stockobserver.archive.Lane.EVENTS && file.waitingLines() > 0;
  }

  /** Of the file system that an archive lies on; 0 where it does not tell. */
  static double diskUsedPercent(Path root) {
    try {
      FileStore store = Files.getFileStore(root);
      long total = store.getTotalSpace();
      return total <= 0 ? 0 : 100.0 * (total - store.getUsableSpace()) / total;
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** A provider of an archive that is looked at from outside. */
  private record Asked(Path root, VenueDoor door, ZoneId zone, RetentionSettings settings) {
    Retention retention(Clock clock) {
      return new Retention(root, door.provider(), zone, settings, new LocalDisk(), clock);
    }
  }

  private static List<Asked> asked(
      Path home,
      Map<String, String> environment,
      Map<String, String> overrides,
      List<String> providers)
      throws IOException {
    Settings settings =
        Settings.read(home.resolve("config/application.properties"), environment, overrides);
    Ground ground = Ground.read(settings, home, false);
    Venues venues = Venues.all();
    venues.check(settings);
    List<Asked> all = new ArrayList<>();
    for (VenueDoor door : venues.chosenOrKnown(providers, settings)) {
      if (Files.isDirectory(ground.root().resolve("manifest").resolve(door.provider()))) {
        all.add(new Asked(ground.root(), door, ground.days(door).zone(), ground.retention()));
      }
    }
    return all;
  }

  /**
   * What would be done now; takes no lock and changes nothing.
   *
   * @param providers none for all that the archive has
   * @throws Settings.SettingsException for a bad setting or an unknown provider
   */
  public static List<RetentionPlan> plan(
      Path home,
      Map<String, String> environment,
      Map<String, String> overrides,
      List<String> providers,
      Clock clock)
      throws IOException {
    List<RetentionPlan> plans = new ArrayList<>();
    for (Asked one : asked(home, environment, overrides, providers)) {
      plans.add(one.retention(clock).plan());
    }
    return plans;
  }

  /**
   * Does it, where nobody records.
   *
   * @param trustClock whether somebody vouches for the clock
   * @throws io.stockobserver.archive.ArchiveException when a process holds the archive
   */
  public static List<RetentionPlan> carryOut(
      Path home,
      Map<String, String> environment,
      Map<String, String> overrides,
      List<String> providers,
      boolean trustClock,
      Clock clock)
      throws IOException {
    Map<String, Optional<String>> trouble = new LinkedHashMap<>();
    List<Asked> all = asked(home, environment, overrides, providers);
    for (Asked one : all) {
      // To take the archive leaves events of now: what the clock looked like before them counts.
      trouble.put(
          one.door().provider(),
          trustClock ? Optional.empty() : one.retention(clock).clockTrouble());
    }
    List<RetentionPlan> done = new ArrayList<>();
    try (Caretaker caretaker = Caretaker.take(home, environment, overrides, providers)) {
      for (Caretaker.Part part : caretaker.parts()) {
        for (Asked one : all) {
          if (one.door().provider().equals(part.provider())) {
            done.add(
                one.retention(caretaker.clock())
                    .carryOut(
                        durable(part.archive(), part::event),
                        diskUsedPercent(caretaker.root()),
                        trouble.getOrDefault(part.provider(), Optional.empty())));
          }
        }
      }
    }
    return done;
  }

  /** Ends what is under way, or leaves it to the next start. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
