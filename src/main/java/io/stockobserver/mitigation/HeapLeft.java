package io.stockobserver.mitigation;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How full the heap is after collection. Each pool tells what its own last collection left: the
 * young ones the last of any kind, the old one the last full one. Garbage that has not been
 * collected is no load: what is used between collections rises to the brim in a healthy process
 * too. Thread-safe.
 */
public final class HeapLeft {
  private final List<MemoryPoolMXBean> pools;
  private final Supplier<MemoryUsage> heap;

  HeapLeft(List<MemoryPoolMXBean> pools, Supplier<MemoryUsage> heap) {
    this.pools = pools.stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    this.heap = heap;
  }

  /** Of this very process. */
  public static HeapLeft ofThisProcess() {
    return new HeapLeft(
        ManagementFactory.getMemoryPoolMXBeans(),
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
  }

  /** Of the heap's maximum; null where the heap has none or no pool tells. */
  public @Nullable Double percent() {
    long max = heap.get().getMax();
    long left = 0;
    boolean told = false;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage after = pool.getCollectionUsage();
      if (after != null) {
        told = true;
        left += after.getUsed();
      }
    }
    return told && max > 0 ? 100.0 * left / max : null;
  }
}
