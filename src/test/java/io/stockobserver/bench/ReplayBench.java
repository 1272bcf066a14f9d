package io.stockobserver.bench;

import io.stockobserver.market.MarketClock;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How fast {@code ./observer replay} goes through a KIS day at real load: 2,600 symbols swept every
 * 10 minutes, a candidate round every 10 s, 41 slots, 500 records a second in frames of one. First
 * the tape is recorded, in real time, by an observer of its own process from a simulated venue in
 * this one; then it is replayed, from the command to its exit, by the launcher. Arguments: minutes
 * to record (default 4), or a directory in which such a tape lies already.
 */
public final class ReplayBench {
  private static final Instant BEGIN =
      LocalDateTime.parse("2026-11-20T09:29:50").atZone(ZoneId.of("Asia/Seoul")).toInstant();

  private ReplayBench() {}

  public static void main(String[] args) throws Exception {
    String what = args.length > 0 ? args[0] : "4";
    Path data;
    if (what.matches("\\d+")) {
      data = Files.createTempDirectory("replay-bench");
      record(data, Duration.ofMinutes(Long.parseLong(what)));
      System.out.println("recorded in " + data);
    } else {
      data = Path.of(what);
    }
    for (int i = 0; i < 3; i++) {
      replay(data);
    }
  }

  private static void record(Path data, Duration length) throws Exception {
    long epochMs = System.currentTimeMillis();
    MarketClock clock = MarketClock.startingAt(BEGIN, Instant.ofEpochMilli(epochMs));
    try (Simulator venue =
        Simulator.start(
            SimulatorOptions.at(clock).withRecordsPerSecond(500).withRecordsPerFrame(1))) {
      ProcessBuilder builder =
          new ProcessBuilder(
              "./observer",
              "collect",
              "--provider",
              "kis",
              "--at",
              BEGIN + "@" + epochMs,
              "--data",
              data.toString(),
              "--json",
              "--for",
              length.toSeconds() + "s");
      builder.environment().put("KIS_APP_KEY", venue.appKey());
      builder.environment().put("KIS_APP_SECRET", venue.appSecret());
      builder.environment().put("PROVIDER_KIS_REST_URL", venue.restUrl().toString());
      builder.environment().put("PROVIDER_KIS_FEED_URL", venue.feedUrl().toString());
      builder.environment().put("PROVIDER_KIS_MASTER_URL", venue.masterUrl().toString());
      builder.environment().put("UNIVERSE_KR_STOCKS_MIN_PRICE", "0");
      builder.environment().put("CALENDAR_DIR", calendar(data).toString());
      builder.redirectErrorStream(true).redirectOutput(data.resolve("collect.out").toFile());
      Process observer = builder.start();
      if (!observer.waitFor(length.toSeconds() + 120, TimeUnit.SECONDS)) {
        observer.destroy();
        throw new IllegalStateException("the observer did not end");
      }
    }
  }

  /** A calendar of its own, so that the project's is not written to. */
  private static Path calendar(Path data) throws IOException {
    Path dir = Files.createDirectories(data.resolve("config-calendar"));
    Files.copy(Path.of("config/calendar/kr_stocks.json"), dir.resolve("kr_stocks.json"));
    return dir;
  }

  private static void replay(Path data) throws Exception {
    Duration market = recorded(data);
    long bytes = size(data.resolve("tape"));
    ProcessBuilder builder =
        new ProcessBuilder("./observer", "replay", "20261120", "--data", data.toString());
    builder.environment().put("UNIVERSE_KR_STOCKS_MIN_PRICE", "0");
    builder.environment().put("CALENDAR_DIR", data.resolve("config-calendar").toString());
    builder.redirectErrorStream(true).redirectOutput(data.resolve("replay.out").toFile());
    long began = System.nanoTime();
    Process replay = builder.start();
    long peak = 0;
    Duration cpu = Duration.ZERO;
    while (!replay.waitFor(20, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, residentKilobytes(replay));
      cpu = replay.toHandle().info().totalCpuDuration().orElse(cpu);
    }
    double took = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%d s of the market in %.2f s (%.2f s of CPU): %.0f x real time (100 are promised); exit"
            + " %d; %,d kB resident at most; %,d bytes of tape as stored%n",
        market.toSeconds(),
        took,
        cpu.toMillis() / 1e3,
        market.toMillis() / 1e3 / took,
        replay.exitValue(),
        peak,
        bytes);
    for (String line : Files.readAllLines(data.resolve("replay.out"))) {
      System.out.println("  " + line);
    }
  }

  /** From the session's first word to its last. */
  private static Duration recorded(Path data) throws IOException {
    List<Instant> told = new ArrayList<>();
    Path events = data.resolve("system/events/kis/20261120.jsonl");
    for (String line : Files.readAllLines(events)) {
      int at = line.indexOf("\"timestamp\":\"") + 13;
      told.add(Instant.parse(line.substring(at, line.indexOf('"', at))));
    }
    return Duration.between(told.get(0), told.get(told.size() - 1));
  }

  private static long size(Path folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  /** Linux only. */
  private static long residentKilobytes(Process process) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException gone) {
      // It ended between two looks.
    }
    return 0;
  }
}
