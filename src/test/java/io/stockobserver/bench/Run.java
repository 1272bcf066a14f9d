package io.stockobserver.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Frames per second and CPU microseconds per frame of one run. */
record Run(double framesPerSecond, double cpuMicros) {
  static Run of(int frames, long beganNanos, long beganCpuNanos) {
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    return new Run(frames / seconds, (cpuNanos() - beganCpuNanos) / 1e3 / frames);
  }

  /** The whole process's, JIT and garbage collection included. */
  static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
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
