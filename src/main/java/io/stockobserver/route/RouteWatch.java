package io.stockobserver.route;

import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the route files, the settings and the accounts again and again, and hands on what
 * somebody has saved: once it has not changed from one look to the next, so that nobody's
 * half-saved file is taken. Knows nothing of their content.
 */
public final class RouteWatch implements AutoCloseable {
  /** What is larger is not read for it. */
  private static final long DIGESTED_BYTES = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);
  private static final Look GONE = new Look(-1, -1, "gone");

  private final RouteFolder folder;
  private final List<Path> beside;
  private final Consumer<Path> changed;
  private final Map<Path, Look> taken = new HashMap<>();
  private final Map<Path, Look> last = new HashMap<>();
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(RouteWatch::thread);

  private record Look(long bytes, long modified, String sha256) {}

  /**
   * A watch that knows what is there now.
   *
   * @param beside files that are watched beside the folder; one that is not there may come
   * @param changed is told of every file that was saved, or is gone
   */
  public RouteWatch(RouteFolder folder, List<Path> beside, Consumer<Path> changed) {
    this.folder = folder;
    this.beside = List.copyOf(beside);
    this.changed = changed;
    looks().forEach(taken::put);
    last.putAll(taken);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "route-watch");
    thread.setDaemon(true);
    return thread;
  }

  /** Looks so often from now on; never for zero. */
  public void every(Duration every) {
    if (!every.isZero()) {
      long nanos = every.toNanos();
      var ignored = beat.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** One look. */
  synchronized void look() {
    try {
      Map<Path, Look> now = looks();
      for (Path known : taken.keySet()) {
        now.putIfAbsent(known, GONE);
      }
      now.forEach(this::compare);
      last.clear();
      last.putAll(now);
    } catch (RuntimeException e) {
      LOG.error("what was saved in routes/, config/ or the accounts could not be looked at", e);
    }
  }

  private void compare(Path file, Look look) {
    if (look.equals(last.get(file)) && !look.equals(taken.get(file))) {
      Look before = taken.put(file, look);
      if (before == null || !before.sha256().equals(look.sha256())) {
        changed.accept(file);
      }
    }
  }

  private Map<Path, Look> looks() {
    Map<Path, Look> all = new TreeMap<>();
    try {
      for (Path file : folder.files()) {
        see(file, all);
      }
    } catch (IOException e) {
      // A folder that is away for a moment takes no route away.
      all.putAll(taken);
      LOG.warn("routes/ cannot be read: {}", e.toString());
    }
    beside.forEach(file -> see(file, all));
    return all;
  }

  private void see(Path file, Map<Path, Look> all) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      long modified = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      Look before = last.get(file);
      boolean same =
          before != null && before.bytes() == now.size() && before.modified() == modified;
      all.put(file, same ? before : new Look(now.size(), modified, sha256(file, now, modified)));
    } catch (IOException gone) {
      all.put(file, GONE);
    }
  }

  private static String sha256(Path file, BasicFileAttributes now, long modified)
      throws IOException {
    return now.isRegularFile() && now.size() <= DIGESTED_BYTES
        ? Sha256.of(Files.readAllBytes(file))
        : now.size() + " bytes at " + modified;
  }

  @Override
  public void close() {
    beat.shutdown();
    try {
      if (!beat.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("a saved route file is still being applied");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
