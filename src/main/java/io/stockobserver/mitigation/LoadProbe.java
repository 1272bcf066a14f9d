package io.stockobserver.mitigation;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures this process and its disk. Never waits for what it measures. Used by one thread.
 *
 * <p>With several providers the slowest one counts: the process is one.
 */
public final class LoadProbe {
  private final ProcessorShare processors;
  private final HeapLeft heap;
  private final List<Supplier<Duration>> disk;
  private final List<Supplier<Duration>> queue;

  /**
   * A probe.
   *
   * @param disk the slowest append or force since the last reading, one for each archive
   * @param queue the slowest way from a socket to the tape since then, one for each recorder
   */
  public LoadProbe(
      ProcessorShare processors,
      HeapLeft heap,
      List<Supplier<Duration>> disk,
      List<Supplier<Duration>> queue) {
    this.processors = processors;
    this.heap = heap;
    this.disk = List.copyOf(disk);
    this.queue = List.copyOf(queue);
  }

  /** Since the last reading. */
  public Load read() {
    ProcessorShare.Used used = processors.take();
    return new Load(
        used == null ? null : used.percentOfAll(), heap.percent(), worst(disk), worst(queue));
  }

  private static @Nullable Duration worst(List<Supplier<Duration>> all) {
    Duration worst = null;
    for (Supplier<Duration> one : all) {
      Duration took = one.get();
      worst = worst == null || took.compareTo(worst) > 0 ? took : worst;
    }
    return worst;
  }
}
