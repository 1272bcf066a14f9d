package io.stockobserver.mitigation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.health.Waits;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every measurement, driven over its threshold and back under it. */
class LoadProbeTest {
  private static final long SECOND = 1_000_000_000L;

  private long process;
  private long nanos;
  private long left;

  private final List<Waits.Reader> disks = new ArrayList<>();
  private final Waits appends = new Waits(() -> nanos);
  private final Waits queued = new Waits(() -> nanos);

  private LoadProbe probe() {
    disks.add(appends.reader());
    return new LoadProbe(
        new ProcessorShare(() -> process, () -> nanos, () -> 2),
        new HeapLeft(
            List.of(pool(MemoryType.HEAP, true), pool(MemoryType.NON_HEAP, true)),
            () -> new MemoryUsage(0, 0, 0, 1000)),
        List.of(() -> Duration.ZERO, disks.get(0)::take),
        List.of(queued.reader()::take));
  }

  /** A pool of which a collection left {@code left} of 1000 bytes. */
  private MemoryPoolMXBean pool(MemoryType type, boolean tells) {
    return (MemoryPoolMXBean)
        Proxy.newProxyInstance(
            MemoryPoolMXBean.class.getClassLoader(),
            new Class<?>[] {MemoryPoolMXBean.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getType" -> type;
                  case "getCollectionUsage" -> tells ? new MemoryUsage(0, left, 1000, 1000) : null;
                  case "getUsage" -> new MemoryUsage(0, 990, 1000, 1000);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void cpuIsTimeOnProcessorsOverAllThatTheProcessMayUse() {
    LoadProbe probe = probe();
    assertThat(probe.read().cpuPercent()).as("nothing to compare with yet").isNull();
    nanos += 5 * SECOND;
    process += 8 * SECOND;
    assertThat(probe.read().cpuPercent()).as("8 s of 2 times 5 s").isEqualTo(80.0);
    nanos += 5 * SECOND;
    process += SECOND;
    assertThat(probe.read().cpuPercent()).isEqualTo(10.0);
    process = -1;
    nanos += 5 * SECOND;
    assertThat(probe.read().cpuPercent()).as("a machine that does not tell").isNull();
  }

  @Test
  void aBusyThreadIsSeenByTheRealMeter() {
    ProcessorShare meter = ProcessorShare.ofThisProcess();
    meter.take();
    long until = System.nanoTime() + SECOND / 4;
    long spun = 0;
    while (System.nanoTime() < until) {
      spun++;
    }
    ProcessorShare.Used used = meter.take();
    assertThat(used).as("%d rounds", spun).isNotNull();
    assertThat(used.percentOfOne()).isPositive();
    assertThat(used.percentOfAll())
        .isEqualTo(used.percentOfOne() / Runtime.getRuntime().availableProcessors());
  }

  @Test
  void memoryIsWhatACollectionLeftAndNotWhatIsUsedBetweenTwo() {
    LoadProbe probe = probe();
    left = 850;
    assertThat(probe.read().memoryPercent()).isEqualTo(85.0);
    left = 120;
    assertThat(probe.read().memoryPercent())
        .as("99 % are used, most of it is garbage")
        .isEqualTo(12.0);
    HeapLeft silent =
        new HeapLeft(List.of(pool(MemoryType.HEAP, false)), () -> new MemoryUsage(0, 0, 0, 1000));
    assertThat(silent.percent()).isNull();
  }

  /** What tests before this one left in the same heap may go at any time: only a floor is sure. */
  @Test
  void aFilledHeapIsSeenByTheRealMeterOnceItWasCollected() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    HeapLeft meter = HeapLeft.ofThisProcess();
    double max = memory.getHeapMemoryUsage().getMax();
    byte[][] kept = new byte[64][1 << 20];
    memory.gc();
    double filled = meter.percent();
    assertThat(filled).isBetween(100.0 * 64 * (1 << 20) / max, 100.0);
    assertThat(kept).hasNumberOfRows(64);
    kept = null;
    double half = 100.0 * 32 * (1 << 20) / max;
    for (int i = 0; i < 20 && meter.percent() > filled - half; i++) {
      memory.gc();
    }
    assertThat(meter.percent()).isLessThan(filled - half);
    assertThat(kept).isNull();
  }

  @Test
  void diskDelayIsTheSlowestOfAllArchivesSinceTheLastReading() {
    LoadProbe probe = probe();
    Waits.Wait append = appends.begin();
    nanos += SECOND / 2;
    assertThat(probe.read().diskDelay()).as("still under way").isEqualTo(Duration.ofMillis(500));
    nanos += SECOND / 2;
    append.close();
    assertThat(probe.read().diskDelay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(probe.read().diskDelay()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aStuckQueueGrowsOlderWithEveryReading() {
    LoadProbe probe = probe();
    try (Waits.Wait batch = queued.begin(nanos - 2 * SECOND)) {
      assertThat(probe.read().queueDelay()).isEqualTo(Duration.ofSeconds(2));
      nanos += 3 * SECOND;
      assertThat(probe.read().queueDelay()).isEqualTo(Duration.ofSeconds(5));
    }
    assertThat(probe.read().queueDelay()).as("its end is told once").hasSeconds(5);
    assertThat(probe.read().queueDelay()).isZero();
  }

  /** From the meters to the level: each condition alone brings it up, and its end back down. */
  @Test
  void whatTheMetersTellMovesTheLevel() {
    LoadProbe probe = probe();
    Instant[] now = {Instant.parse("2026-11-20T01:00:00Z")};
    Mitigation mitigation =
        new Mitigation(MitigationPolicyTest.TABLE, probe::read, () -> now[0], List.of());
    Runnable busy = () -> process += 9 * SECOND;
    Runnable full = () -> left = 960;
    Runnable stuck = () -> {};
    List<Runnable> loads = List.of(busy, full, stuck, stuck);
    List<Waits> waits = List.of(appends, queued);
    for (int i = 0; i < loads.size(); i++) {
      Waits.Wait wait = i < 2 ? null : waits.get(i - 2).begin(nanos - 5 * SECOND);
      for (int reading = 0; reading <= 61; reading++) {
        loads.get(i).run();
        nanos += 5 * SECOND;
        now[0] = now[0].plusSeconds(5);
        mitigation.weigh();
      }
      assertThat(mitigation.level()).as("load %d", i).isEqualTo(2);
      left = 0;
      if (wait != null) {
        wait.close();
      }
      for (int reading = 0; reading <= 130; reading++) {
        nanos += 5 * SECOND;
        now[0] = now[0].plusSeconds(5);
        mitigation.weigh();
      }
      assertThat(mitigation.level()).as("after load %d", i).isZero();
    }
  }
}
