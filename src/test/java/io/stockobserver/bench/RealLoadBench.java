package io.stockobserver.bench;

import io.stockobserver.archive.SegmentReader;
import io.stockobserver.market.MarketClock;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code ./observer collect} costs at real load: the whole market swept every 10 minutes, 41
 * slots at 2 Hz, 500 frames a second. The simulated venue is this process, the observer a child
 * started by the launcher, so that its CPU time and memory are its own. Argument: seconds to
 * measure after the first minute (default 600, which holds one sweep).
 */
public final class RealLoadBench {
  private static final Duration WARM = Duration.ofSeconds(60);

  private RealLoadBench() {}

  public static void main(String[] args) throws Exception {
    long seconds = args.length > 0 ? Long.parseLong(args[0]) : 600;
    Instant market =
        LocalDateTime.parse("2026-11-20T09:36:30").atZone(ZoneId.of("Asia/Seoul")).toInstant();
    long epochMs = System.currentTimeMillis();
    MarketClock clock = MarketClock.startingAt(market, Instant.ofEpochMilli(epochMs));
    Path data = Files.createTempDirectory("real-load");
    try (Simulator venue =
        Simulator.start(
            SimulatorOptions.at(clock).withRecordsPerSecond(500).withRecordsPerFrame(1))) {
      ProcessBuilder builder =
          new ProcessBuilder(
              "./observer",
              "collect",
              "--at",
              market + "@" + epochMs,
              "--data",
              data.toString(),
              "--for",
              WARM.toSeconds() + seconds + 30 + "s");
      builder.environment().put("KIS_APP_KEY", venue.appKey());
      builder.environment().put("KIS_APP_SECRET", venue.appSecret());
      builder.environment().put("PROVIDER_KIS_REST_URL", venue.restUrl().toString());
      builder.environment().put("PROVIDER_KIS_FEED_URL", venue.feedUrl().toString());
      builder.environment().put("PROVIDER_KIS_MASTER_URL", venue.masterUrl().toString());
      builder.environment().put("UNIVERSE_KR_STOCKS_MIN_PRICE", "0");
      builder.environment().put("CALENDAR_DIR", calendar(data).toString());
      Process observer = builder.redirectErrorStream(true).inheritIO().start();
      TimeUnit.SECONDS.sleep(WARM.toSeconds());
      Duration cpu = cpu(observer);
      long frames = venue.traffic().framesSent();
      long calls = venue.traffic().calls();
      long began = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      double took = (System.nanoTime() - began) / 1e9;
      double percent = 100 * cpu(observer).minus(cpu).toNanos() / 1e9 / took;
      System.out.printf(
          "%.0f s: %.2f %% of one core (5 %% is promised), %,d kB resident at most (300,000 are"
              + " promised), %,.0f frames/s, %d calls%n",
          took,
          percent,
          peakKilobytes(observer),
          (venue.traffic().framesSent() - frames) / took,
          venue.traffic().calls() - calls);
      observer.destroy();
      observer.waitFor(30, TimeUnit.SECONDS);
      System.out.printf(
          "sample instants: 99 of 100 within %.1f ms of their time (20 are promised)%n",
          jitterP99Millis(data, market.plus(WARM)));
    }
  }

  /** A calendar of its own, so that the project's is not written to. */
  private static Path calendar(Path data) throws IOException {
    Path dir = Files.createDirectories(data.resolve("config-calendar"));
    Files.copy(Path.of("config/calendar/kr_stocks.json"), dir.resolve("kr_stocks.json"));
    return dir;
  }

  /** From an instant of the grid to its note on the tape; what was before it is not counted. */
  private static double jitterP99Millis(Path data, Instant since) throws IOException {
    List<Long> late = new ArrayList<>();
    Pattern sample =
        Pattern.compile(
            "\"heard_at\":\"([^\"]+)\".*\\\\\"note\\\\\":\\\\\"sample\\\\\",\\\\\"at\\\\\":\\\\\"([^\"\\\\]+)");
    try (Stream<Path> files = Files.walk(data.resolve("tape"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (SegmentReader reader = SegmentReader.open(file)) {
          for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            Matcher m = sample.matcher(new String(line.get().bytes(), StandardCharsets.UTF_8));
            if (m.find() && Instant.parse(m.group(2)).isAfter(since)) {
              Duration off = Duration.between(Instant.parse(m.group(2)), Instant.parse(m.group(1)));
              late.add(off.toNanos() / 1000);
            }
          }
        }
      }
    }
    Collections.sort(late);
    return late.isEmpty() ? -1 : late.get((int) Math.ceil(0.99 * late.size()) - 1) / 1000.0;
  }

  private static Duration cpu(Process process) {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** Linux only. */
  private static long peakKilobytes(Process process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return -1;
  }
}
