package io.stockobserver.recorder;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one planning round costs where 700 markets are candidates for 700 places, note on the tape
 * included: processor time of the one thread, and what it allocates. Arguments: rounds (default
 * 600), markets (700). Bounded to some ten seconds.
 */
public final class PlanningBench {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private PlanningBench() {}

  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 600;
    int markets = args.length > 1 ? Integer.parseInt(args[1]) : 700;
    Path root = Files.createTempDirectory("planning-bench");
    try (Rig rig = Rig.ofCoins(root, markets)) {
      run(rig, rounds, IntStream.range(1_000, 1_000 + markets).mapToObj(i -> "C" + i).toList());
    } finally {
      try (var files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void run(Rig rig, int rounds, List<String> symbols) {
    Random dice = new Random(3);
    double[] value = symbols.stream().mapToDouble(s -> 1e9 * (1 + dice.nextInt(9_000))).toArray();
    rig.to("00:00:10").recorder.session().start(Rig.SESSION, Map.of());
    rig.answer(
        "universe",
        "/one",
        List.of(),
        200,
        "list one " + symbols.stream().map(s -> s + ",10000,900").collect(Collectors.joining(" ")));
    rig.answer("universe", "/two", List.of(), 200, "list two Z,1,1");
    rig.opened(0);
    rig.sayWhoIsWanted();
    symbols.forEach(symbol -> rig.hear("book " + symbol + ",99,101"));
    long[] cpu = new long[rounds];
    long allocated = 0;
    for (int round = 0; round < rounds; round++) {
      rig.to(rig.now().plusSeconds(5));
      for (int i = 0; i < value.length; i++) {
        value[i] += dice.nextInt(50_000_000);
        rig.hear("tick %s,100,%.8f".formatted(symbols.get(i), value[i] + dice.nextDouble()));
        rig.hear("deal %s,100,0.%08d,t%d".formatted(symbols.get(i), 1 + dice.nextInt(99), round));
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      long began = THREADS.getCurrentThreadCpuTime();
      rig.plan();
      cpu[round] = THREADS.getCurrentThreadCpuTime() - began;
      allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    long first = cpu[0];
    Arrays.sort(cpu);
    System.out.printf(
        "%.2f ms a planning round of %d markets for as many places (median; worst %.2f, the first"
            + " %.2f; 5 are promised), %,d bytes of garbage; %d have a place%n",
        cpu[rounds / 2] / 1e6,
        symbols.size(),
        cpu[rounds - 1] / 1e6,
        first / 1e6,
        allocated / rounds,
        rig.recorder.state().slotsAcknowledged());
  }
}
