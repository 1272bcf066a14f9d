package io.stockobserver.recorder;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.OpenFile;
import io.stockobserver.archive.packages.PackageStanding;
import io.stockobserver.health.Waits;
import io.stockobserver.mitigation.Condition;
import io.stockobserver.mitigation.HeapLeft;
import io.stockobserver.mitigation.ProcessorShare;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of a minute: process, disk, budget and feed, put on the tape as a note so that the
 * {@code metrics} event is a function of it. Used by one route's thread.
 */
public final class Figures {
  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

  private final Recorder recorder;
  private final Archive archive;
  private final Path root;
  private final Supplier<Map<String, Object>> more;
  private final ProcessorShare processors = ProcessorShare.ofThisProcess();
  private final HeapLeft heapLeft = HeapLeft.ofThisProcess();
  private final PackageStanding packages;
  private final Waits.Reader writes;
  private final Waits.Reader queue;

  /**
   * Figures of one provider.
   *
   * @param root the archive's
   * @param more what the venue's live side adds
   */
  public Figures(
      Recorder recorder, Archive archive, Path root, Supplier<Map<String, Object>> more) {
    this.recorder = recorder;
    this.archive = archive;
    this.root = root;
    this.more = more;
    this.packages = new PackageStanding(root, recorder.settings().provider());
    this.writes = archive.writes().reader();
    this.queue = recorder.heardToTape().reader();
  }

  /** Writes them down. */
  public void report() {
    recorder.note("metrics", Notes.METRICS, now());
  }

  private Map<String, Object> now() {
    Map<String, Object> all = new LinkedHashMap<>();
    ProcessorShare.Used cpu = processors.take();
    put(all, "cpu_percent_of_one_core", cpu == null ? null : cpu.percentOfOne());
    put(all, Condition.CPU.word(), cpu == null ? null : cpu.percentOfAll());
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    all.put("heap_used_bytes", heap.getUsed());
    all.put("heap_max_bytes", heap.getMax());
    put(all, Condition.MEMORY.word(), heapLeft.percent());
    put(all, "disk_used_percent", diskUsed());
    put(all, Condition.DISK_DELAY.word(), millis(writes.take()));
    put(all, Condition.QUEUE_DELAY.word(), millis(queue.take()));
    all.put("socket_to_tape_p99_us", recorder.takeToTape().toNanos() / 1000);
    long unforced = 0;
    long waiting = 0;
    for (OpenFile file : archive.open()) {
      unforced += file.unforcedBytes();
      waiting += file.waitingLines();
    }
    all.put("archive_unforced_bytes", unforced);
    all.put("archive_waiting_lines", waiting);
    packages(all);
    all.putAll(more.get());
    return all;
  }

  /** Whether the last day before today was packaged, and how long a package has waited. */
  private void packages(Map<String, Object> all) {
    try {
      PackageStanding.Found found = packages.look(recorder.today().date());
      if (found.lastDay().isPresent()) {
        all.put("package_success", found.packaged());
      }
      all.put(
          "backup_waiting_s",
          found
              .unprovenSince()
              .map(since -> Math.max(0, Duration.between(since, recorder.now()).toSeconds()))
              .orElse(0L));
    } catch (IOException unreadable) {
      LOG.warn("The packages cannot be looked at", unreadable);
    }
  }

  /** Of what this process may use: the part that is kept for others counts as used. */
  private @Nullable Double diskUsed() {
    try {
      FileStore store = Files.getFileStore(root);
      long total = store.getTotalSpace();
      return total <= 0 ? null : 100.0 * (total - store.getUsableSpace()) / total;
    } catch (IOException unknown) {
      return null;
    }
  }

  private static double millis(Duration delay) {
    return delay.toNanos() / 1e6;
  }

  private static void put(Map<String, Object> all, String name, @Nullable Double value) {
    if (value != null) {
      all.put(name, Math.round(value * 100) / 100.0);
    }
  }
}
