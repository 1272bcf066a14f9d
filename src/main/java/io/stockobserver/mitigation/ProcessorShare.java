package io.stockobserver.mitigation;

import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The process's time on processors since the last reading. Used by one thread. */
public final class ProcessorShare {
  private final LongSupplier processNanos;
  private final LongSupplier nanos;
  private final IntSupplier processors;
  private long lastProcess = -1;
  private long last;

  /**
   * What was used of what there was.
   *
   * @param percentOfOne of one processor, so that it may be above 100
   * @param percentOfAll of all that the process may use
   */
  public record Used(double percentOfOne, double percentOfAll) {}

  /**
   * A new meter.
   *
   * @param processNanos what the process has used so far; negative where nobody knows
   * @param nanos a monotonic clock
   * @param processors how many it may use
   */
  ProcessorShare(LongSupplier processNanos, LongSupplier nanos, IntSupplier processors) {
    this.processNanos = processNanos;
    this.nanos = nanos;
    this.processors = processors;
  }

  /** This very process; a container's limit counts, as Java knows it. */
  public static ProcessorShare ofThisProcess() {
    LongSupplier used =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean bean
            ? bean::getProcessCpuTime
            : () -> -1;
    return new ProcessorShare(
        used, System::nanoTime, () -> Runtime.getRuntime().availableProcessors());
  }

  /** Since the last call; null at the first one, and where the machine does not tell. */
  public @Nullable Used take() {
    long process = processNanos.getAsLong();
    long now = nanos.getAsLong();
    boolean known = lastProcess >= 0 && process >= lastProcess && now > last;
    double ofOne = known ? 100.0 * (process - lastProcess) / (now - last) : 0;
    lastProcess = process;
    last = now;
    return known ? new Used(ofOne, ofOne / Math.max(1, processors.getAsInt())) : null;
  }
}
