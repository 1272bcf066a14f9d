package io.stockobserver.recorder;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.OpenFile;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a minute: process, disk, budget and feed, put on the tape as a note so that the
 * {@code metrics} event is a function of it. Used by one route's thread.
 */
public final class Figures {
  private final Recorder recorder;
  private final Archive archive;
  private final Supplier<Map<String, Object>> more;
  private long lastCpuNanos = -1;
  private long lastNanos;

  /**
   * Figures of one provider.
   *
   * @param more what the venue's live side adds
   */
  public Figures(Recorder recorder, Archive archive, Supplier<Map<String, Object>> more) {
    this.recorder = recorder;
    this.archive = archive;
    this.more = more;
  }

  /** Writes them down. */
  public void report() {
    recorder.note("metrics", Notes.METRICS, now());
  }

  private Map<String, Object> now() {
    Map<String, Object> all = new LinkedHashMap<>();
    Double cpu = cpuPercent();
    if (cpu != null) {
      all.put("cpu_percent_of_one_core", cpu);
    }
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    all.put("heap_used_bytes", heap.getUsed());
    all.put("heap_max_bytes", heap.getMax());
    long unforced = 0;
    long waiting = 0;
    for (OpenFile file : archive.open()) {
      unforced += file.unforcedBytes();
      waiting += file.waitingLines();
    }
    all.put("socket_to_tape_p99_us", recorder.takeToTape().toNanos() / 1000);
    all.put("archive_unforced_bytes", unforced);
    all.put("archive_waiting_lines", waiting);
    all.putAll(more.get());
    return all;
  }

  /** Since the last figures; null for the first ones, and where the machine does not tell. */
  private @Nullable Double cpuPercent() {
    long cpu =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean os
            ? os.getProcessCpuTime()
            : -1;
    long now = System.nanoTime();
    Double percent =
        lastCpuNanos < 0 || cpu < 0
            ? null
            : Math.round(10_000.0 * (cpu - lastCpuNanos) / (now - lastNanos)) / 100.0;
    lastCpuNanos = cpu;
    lastNanos = now;
    return percent;
  }
}
