package io.stockobserver.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.SegmentReader;
import io.stockobserver.market.MarketClock;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.UpbitSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code ./observer collect --provider upbit} under 20,000 frames a second: tickers, trades and
 * books of 700 markets, each with a slot. The simulated Upbit is this process, the observer a child
 * started by the launcher. Once as the launcher starts it, once with the optimizing compiler.
 * Arguments: seconds (default 60), frames a second (default 20000), slots (default 700), options
 * for Java, to be tried in place of these two.
 */
public final class UpbitLoadBench {
  private static final int MARKETS = 700;
  private static final Duration BEFORE = Duration.ofSeconds(20);

  private final Path data = Files.createTempDirectory("upbit-load");
  private final int seconds;
  private final double perSecond;
  private final int slots;

  private UpbitLoadBench(int seconds, double perSecond, int slots) throws IOException {
    this.seconds = seconds;
    this.perSecond = perSecond;
    this.slots = slots;
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    double perSecond = args.length > 1 ? Double.parseDouble(args[1]) : 20_000;
    int slots = args.length > 2 ? Integer.parseInt(args[2]) : MARKETS;
    if (args.length > 3) {
      System.out.println("with " + args[3] + ":");
      new UpbitLoadBench(seconds, perSecond, slots).run(args[3]);
      return;
    }
    System.out.println("as the launcher starts it:");
    new UpbitLoadBench(seconds, perSecond, slots).run("");
    System.out.println("with the optimizing compiler:");
    new UpbitLoadBench(seconds, perSecond, slots)
        .run("-XX:TieredStopAtLevel=4 -Xms512m -Xmx512m -Xmn256m");
  }

  private void run(String javaOptions) throws Exception {
    Instant market =
        LocalDateTime.parse("2026-11-20T09:36:30").atZone(ZoneId.of("Asia/Seoul")).toInstant();
    long epochMs = System.currentTimeMillis();
    MarketClock clock = MarketClock.startingAt(market, Instant.ofEpochMilli(epochMs));
    SimulatorOptions options =
        SimulatorOptions.at(clock).withUpbitMarkets(MARKETS).withUpbitCallsPerSecond(60);
    Instant since;
    try (Simulator simulator = Simulator.start(options)) {
      Process observer = start(simulator.upbit(), market + "@" + epochMs, javaOptions);
      try {
        since = flood(simulator.upbit(), observer, clock);
      } finally {
        observer.destroy();
        // A gigabyte of tape is compressed and proven before it ends.
        observer.waitFor(5, TimeUnit.MINUTES);
      }
      if (observer.isAlive()) {
        throw new IllegalStateException("it does not end: see target/upbit-load.out");
      }
      tell(simulator.upbit().traffic().framesSent(), since);
    } finally {
      try (Stream<Path> all = Files.walk(data)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private Process start(UpbitSite venue, String at, String javaOptions) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("./observer", "collect", "--provider", "upbit", "--at", at);
    builder.command().addAll(List.of("--data", data.toString()));
    Map<String, String> environment = builder.environment();
    environment.merge("OBSERVER_JAVA_OPTS", javaOptions, (own, more) -> own + " " + more);
    environment.put("PROVIDER_UPBIT_REST_URL", venue.restUrl().toString());
    environment.put("PROVIDER_UPBIT_REST_RATE", "50/s");
    environment.put("PROVIDER_UPBIT_FEED_URL", venue.feedUrl().toString());
    environment.put("UNIVERSE_CRYPTO_QUOTES", "KRW,BTC,USDT");
    environment.put("UNIVERSE_CRYPTO_MIN_TRADED_VALUE", "0");
    environment.put("SLOT_UPBIT_COUNT", Integer.toString(slots));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(Path.of("target/upbit-load.out").toFile())
        .start();
  }

  /** Floods for the rest of a minute to warm up, then for as long as asked; since when. */
  private Instant flood(UpbitSite venue, Process observer, MarketClock clock) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    int subscribed = MARKETS + 2 * slots;
    while (venue.traffic().registrations() != subscribed
        || venue.traffic().callsTo("candles") < MARKETS) {
      if (System.nanoTime() > deadline || !observer.isAlive()) {
        throw new IllegalStateException("not subscribed: see target/upbit-load.out");
      }
      Thread.sleep(100);
    }
    Thread.sleep(BEFORE.toMillis()); // the last candles, and the first plan
    // Its own books would be older than the flood's.
    venue.faults().trickle(Duration.ofHours(1));
    Instant since = minuteAfter(clock.instant());
    double before = Duration.between(clock.instant(), since).toMillis() / 1e3;
    venue.floodMix(Math.round(perSecond * before), perSecond).get();
    while (clock.instant().isBefore(since)) {
      Thread.sleep(1);
    }
    long first = venue.traffic().framesSent();
    Duration cpu = cpu(observer);
    double took = venue.floodMix(Math.round(perSecond * seconds), perSecond).get() / 1e9;
    double used = cpu(observer).minus(cpu).toNanos() / 1e3;
    long frames = venue.traffic().framesSent() - first;
    System.out.printf(
        "  %,.0f frames/s for %.0f s, %,d frames; %.2f CPU us/frame, %.0f %% of one core; %,d kB"
            + " resident at most; load average %s%n",
        frames / took,
        took,
        frames,
        used / frames,
        used / took / 1e4,
        peakKilobytes(observer),
        Run.loadAverage());
    Instant figures = minuteAfter(clock.instant().minusSeconds(2)).plusSeconds(1);
    Thread.sleep(Duration.between(clock.instant(), figures).toMillis());
    return since;
  }

  private static Instant minuteAfter(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
  }

  /** What the archive says of it. */
  private void tell(long sent, Instant since) throws IOException {
    byte[] heard = "\"feed\":\"stream\",\"dir\":\"in\"".getBytes(StandardCharsets.UTF_8);
    byte[] up = "{\\\"status\\\":\\\"UP\\\"}".getBytes(StandardCharsets.UTF_8);
    long[] onTape = new long[1];
    TapeFiles.lines(
        data,
        line -> {
          if (TapeFiles.contains(line, heard) && !TapeFiles.contains(line, up)) {
            onTape[0]++;
          }
        });
    List<JsonNode> events = read("system", "events");
    Map<String, Long> refused =
        read("set_aside", "").stream()
            .collect(
                Collectors.groupingBy(line -> line.path("reason").asText(), Collectors.counting()));
    JsonNode end = last(events, "session_stopped");
    System.out.printf(
        "  %,d frames sent, %,d on tape; declared %s = parsed %s = kept %s + set aside %s %s; shed %s;"
            + " %s scalp lines, %d changes of the level%n",
        sent,
        onTape[0],
        figure(end, "declared"),
        figure(end, "parsed"),
        figure(end, "kept"),
        figure(end, "set_aside"),
        refused,
        figure(end, "shed"),
        figure(end, "scalp_lines"),
        events.stream().filter(e -> type(e).equals("mitigation_changed")).count());
    System.out.println(
        "  socket to tape, 99 of 100 frames within (5,000 us are promised), by minute:");
    events.stream()
        .filter(e -> type(e).equals("metrics"))
        .filter(e -> Instant.parse(e.path("timestamp").asText()).isAfter(since.plusSeconds(1)))
        .forEach(
            e ->
                System.out.printf(
                    "    %s us; queue at most %s ms, disk %s ms, heap %s MB%n",
                    figure(e, "socket_to_tape_p99_us"),
                    figure(e, "queue_delay_ms"),
                    figure(e, "disk_delay_ms"),
                    e.findPath("heap_used_bytes").asLong() >> 20));
  }

  private static String figure(JsonNode event, String name) {
    JsonNode value = event.findPath(name);
    return value.isIntegralNumber() ? "%,d".formatted(value.asLong()) : value.asText();
  }

  private static String type(JsonNode event) {
    return event.path("event_type").asText();
  }

  private static JsonNode last(List<JsonNode> events, String type) {
    return events.stream()
        .filter(e -> type(e).equals(type))
        .reduce((a, b) -> b)
        .orElseThrow(() -> new IllegalStateException("no " + type));
  }

  /** Every line of the files below this folder whose path has that in it. */
  private List<JsonNode> read(String folder, String part) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> all = new ArrayList<>();
    if (!Files.exists(data.resolve(folder))) {
      return all;
    }
    try (Stream<Path> files = Files.walk(data.resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().contains(part)) {
          read(file, json, all);
        }
      }
    }
    return all;
  }

  private static void read(Path file, ObjectMapper json, List<JsonNode> all) throws IOException {
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        all.add(json.readTree(line.get().bytes()));
      }
    }
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
