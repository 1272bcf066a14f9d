package io.stockobserver.bench;

import com.sun.management.ThreadMXBean;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Specifics;
import io.stockobserver.slot.SlotPlan;
import io.stockobserver.slot.SlotPlanner;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.track.Interest;
import io.stockobserver.trigger.ShippedTriggers;
import io.stockobserver.trigger.TriggerEngine;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What the triggers cost: 10,000 symbols, 20,000 observations a second of market time (half of them
 * rows, one a symbol; half trades of 100 streamed symbols), one round of evaluation a second. 30
 * minutes of market time, the last 10 measured, in processor time of the one thread; as fast as it
 * goes. Bounded to about a minute.
 */
public final class TriggerBench {
  private static final Instant BEGIN = Instant.parse("2026-11-20T00:30:00Z");
  private static final int SYMBOLS = 10_000;
  private static final int STREAMED = 100;
  private static final int UPDATES = 20_000;
  private static final int SECONDS = 1_800;
  private static final int MEASURED = 600;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Random dice = new Random(1);
  private final String[] names = new String[SYMBOLS];
  private final long[] acc = new long[SYMBOLS];
  private final long[] price = new long[SYMBOLS];

  private TriggerBench() {
    for (int i = 0; i < SYMBOLS; i++) {
      names[i] = "%06d".formatted(i);
      price[i] = 4_000L + dice.nextInt(100_000);
    }
  }

  public static void main(String[] args) {
    TriggerBench bench = new TriggerBench();
    bench.run();
    bench.plan();
  }

  /** Planning rounds in which every one of the symbols is a candidate, with changing scores. */
  private void plan() {
    SlotPlanner planner =
        new SlotPlanner(new SlotRules(41, Duration.ofSeconds(60), 0.05, Duration.ofSeconds(30)));
    long[] rounds = new long[MEASURED];
    for (int round = 0; round < 4 * MEASURED; round++) {
      List<Interest> scored = new ArrayList<>(SYMBOLS);
      for (String name : names) {
        scored.add(new Interest(name, dice.nextInt(10_000) / 10_000.0, "volume_surge"));
      }
      long began = THREADS.getCurrentThreadCpuTime();
      SlotPlan plan =
          planner.plan(BEGIN.plusSeconds(5L * round), scored, symbol -> true, symbol -> false);
      rounds[round % MEASURED] = THREADS.getCurrentThreadCpuTime() - began;
      if (plan.wanted().size() + plan.decisions().size() != SYMBOLS) {
        throw new IllegalStateException("somebody neither sits nor is in the ledger");
      }
    }
    Arrays.sort(rounds);
    System.out.printf(
        "%.2f ms a planning round of %,d candidates (median; worst %.2f; 5 are promised)%n",
        rounds[MEASURED / 2] / 1e6, SYMBOLS, rounds[MEASURED - 1] / 1e6);
  }

  private void run() {
    long before = heap();
    TriggerEngine engine = new TriggerEngine(ShippedTriggers.settings());
    long[] rounds = new long[MEASURED];
    long updating = 0;
    long allocated = 0;
    long fired = 0;
    for (int second = 0; second < SECONDS; second++) {
      Observation[] heard = heard(second);
      long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
      long began = THREADS.getCurrentThreadCpuTime();
      for (Observation o : heard) {
        engine.see(o);
      }
      long seen = THREADS.getCurrentThreadCpuTime();
      long allocatedAfter = THREADS.getCurrentThreadAllocatedBytes();
      int found = engine.evaluate(BEGIN.plusSeconds(second + 1)).size();
      if (second >= SECONDS - MEASURED) {
        updating += seen - began;
        allocated += allocatedAfter - allocatedBefore;
        rounds[second - SECONDS + MEASURED] = THREADS.getCurrentThreadCpuTime() - seen;
        fired += found;
      }
    }
    long bytes = heap() - before;
    double update = (double) updating / MEASURED / UPDATES;
    Arrays.sort(rounds);
    double round = Arrays.stream(rounds).average().orElseThrow() / 1e6;
    System.out.printf(
        "%.0f ns and %.1f bytes of garbage an update%n",
        update, (double) allocated / MEASURED / UPDATES);
    System.out.printf(
        "%.2f ms a round of %,d symbols (median %.2f, worst %.2f), %d firing%n",
        round,
        engine.size(),
        rounds[MEASURED / 2] / 1e6,
        rounds[MEASURED - 1] / 1e6,
        fired / MEASURED);
    double updates = update * UPDATES / 1e7;
    System.out.printf(
        "%.1f %% of a core with a round a second, %.1f %% with one every 10 s%n",
        updates + round / 10, updates + round / 100);
    System.out.printf("%,d bytes a symbol, %.1f MB in all%n", bytes / engine.size(), bytes / 1e6);
  }

  private Observation[] heard(int second) {
    Observation[] heard = new Observation[UPDATES];
    for (int i = 0; i < UPDATES; i++) {
      boolean row = i % 2 == 0;
      int symbol = row ? i / 2 : dice.nextInt(STREAMED);
      long size = 1L + dice.nextInt(300);
      // A twentieth of the symbols at a time trades ten times as much, for two minutes.
      acc[symbol] += size * (symbol % 20 == second / 120 ? 10 : 1L);
      price[symbol] += dice.nextInt(20) == 0 ? dice.nextInt(3) * 10L - 10 : 0;
      heard[i] =
          observation(
              names[symbol],
              BEGIN.plusSeconds(second).plusNanos(i * (1_000_000_000L / UPDATES)),
              price[symbol],
              row ? 0 : size,
              acc[symbol]);
    }
    return heard;
  }

  private static Observation observation(
      String symbol, Instant at, long price, long size, long acc) {
    return new Observation(
        symbol,
        at,
        size == 0,
        BigDecimal.valueOf(price),
        null,
        null,
        null,
        null,
        size == 0 ? null : BigDecimal.valueOf(size),
        BigDecimal.valueOf(acc),
        null,
        null,
        null,
        null,
        null,
        false,
        Specifics.NONE,
        new Entry(1, Draft.heard(at, 0, "trade", new byte[0]), "tape", 1));
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
