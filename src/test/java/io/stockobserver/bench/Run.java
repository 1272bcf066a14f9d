package io.stockobserver.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** Frames per second and CPU microseconds per frame of one run. */
record Run(double framesPerSecond, double cpuMicros) {
  static Run of(int frames, long beganNanos, long beganCpuNanos) {
    return of(frames, beganNanos, System.nanoTime(), cpuNanos() - beganCpuNanos);
  }

  static Run of(int frames, long beganNanos, long endedNanos, long cpuNanos) {
    return new Run(frames / ((endedNanos - beganNanos) / 1e9), cpuNanos / 1e3 / frames);
  }

  /** The whole process's, JIT and garbage collection included. */
  static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The CPU time of the newest thread of this name; 0 if there is none. */
  static long threadNanos(String name) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long newest = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals(name)) {
        newest = Math.max(newest, thread.getThreadId());
      }
    }
    return newest == 0 ? 0 : threads.getThreadCpuTime(newest);
  }

  /** How many processes wanted a processor in the last minute: how much the machine is shared. */
  static String loadAverage() {
    return "%.1f on %d processors"
        .formatted(
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
            Runtime.getRuntime().availableProcessors());
  }

  Run shown(String what) {
    System.out.printf("%s %,9.0f frames/s %6.2f CPU us/frame%n", what, framesPerSecond, cpuMicros);
    return this;
  }

  static Run median(List<Run> runs) {
    double[] rates = runs.stream().mapToDouble(Run::framesPerSecond).sorted().toArray();
    double[] cpu = runs.stream().mapToDouble(Run::cpuMicros).sorted().toArray();
    return new Run(rates[rates.length / 2], cpu[cpu.length / 2]);
  }
}
