package io.stockobserver.bench;

import io.stockobserver.Collector;
import io.stockobserver.market.MarketClock;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Upbit's trades, recorded by two: A is tardis-dev, unmodified, which writes them normalized as
 * JSON lines to a file; B is the whole observer with the real routes: socket, tape, decoded,
 * validated, latest state. In turns, both warm, each in a process of its own, from the same
 * simulated Upbit in a third; counted is the processor time of all threads of the process from the
 * beginning of the flood until the last trade is where it belongs. Arguments: the folder where
 * tardis-dev is installed, trades (default 500000), rounds (default 5).
 */
public final class UpbitPathBench {
  private static final String AT = "2026-11-20T10:15:33";

  /** Of so many pairs 41 are quoted in KRW; those are recorded. */
  private static final int PAIRS = 120;

  private static final int WARM_ROUNDS = 3;

  /** What every flooded trade has in its line of the tape, and no other. */
  private static final byte[] FLOODED =
      "\\\"sequential_id\\\":2000".getBytes(StandardCharsets.UTF_8);

  private final Peer server;
  private final String[] urls;
  private final List<String> codes;
  private final Instant market;
  private final Instant system;
  private final int trades;

  private UpbitPathBench(Peer server, Instant market, Instant system, int trades)
      throws IOException {
    this.server = server;
    this.market = market;
    this.system = system;
    this.trades = trades;
    urls = server.hear("urls").split(" ", -1);
    codes = List.of(urls[2].split(",", -1));
  }

  public static void main(String[] args) throws Exception {
    if (args.length > 1 && args[0].equals("serve")) {
      serve(Instant.parse(args[1]), Instant.ofEpochMilli(Long.parseLong(args[2])));
      return;
    }
    String clients = args[0];
    int trades = args.length > 1 ? Integer.parseInt(args[1]) : 500_000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    System.setProperty("observer.log", "target/bench.log");
    Instant market = LocalDateTime.parse(AT).atZone(ZoneId.of("Asia/Seoul")).toInstant();
    Instant system = Instant.ofEpochMilli(System.currentTimeMillis());
    try (Peer server =
        Peer.java(
            UpbitPathBench.class,
            "serve",
            market.toString(),
            Long.toString(system.toEpochMilli()))) {
      UpbitPathBench bench = new UpbitPathBench(server, market, system, trades);
      ProcessBuilder node = new ProcessBuilder("node", "tardis-lines.cjs");
      node.directory(Path.of(clients).toFile());
      node.environment().put("WSS_URL_UPBIT", bench.urls[1]);
      try (Peer tardis = Peer.start(node)) {
        System.out.println(
            tardis.hear("tardis-dev") + " is A, on " + bench.codes.size() + " codes");
        bench.turns(tardis, rounds);
      }
    }
  }

  private void turns(Peer tardis, int rounds) throws Exception {
    for (int i = 0; i < WARM_ROUNDS; i++) { // not counted: recorders run all day
      tardis(tardis);
      observer();
    }
    List<Run> a = new ArrayList<>();
    List<Run> b = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      a.add(tardis(tardis).shown("A tardis-dev"));
      b.add(observer().shown("B observer  "));
    }
    Run medianA = Run.median(a).shown("A median    ");
    Run medianB = Run.median(b).shown("B median    ");
    System.out.printf(
        "A/B: CPU per trade %.2f (3 is promised, 5 the aim); rate B/A %.2f; load average %s%n",
        medianA.cpuMicros() / medianB.cpuMicros(),
        medianB.framesPerSecond() / medianA.framesPerSecond(),
        Run.loadAverage());
  }

  private Run tardis(Peer tardis) throws IOException {
    Path file = Files.createTempFile("tardis", ".jsonl");
    try {
      tardis.say(file + " " + trades + " " + String.join(",", codes));
      tardis.hear("ready");
      long cpu = tardis.cpu().toNanos();
      long began = System.nanoTime();
      server.say("flood " + codes.size() + " " + trades);
      String[] done = tardis.hear("done").split(" ", -1);
      Run run = Run.of(trades, began, System.nanoTime(), tardis.cpu().toNanos() - cpu);
      server.hear("sent");
      long lines = count(file, "\"id\":\"2000".getBytes(StandardCharsets.UTF_8));
      System.out.printf("  A %,d of %,d trades in its file, %s bytes%n", lines, trades, done[1]);
      return run;
    } finally {
      Files.delete(file);
    }
  }

  private Run observer() throws Exception {
    Path data = Files.createTempDirectory("bench");
    Map<String, String> over = new TreeMap<>();
    over.put("http.port", "0");
    over.put("archive.dir", data.toString());
    over.put("provider.upbit.rest.url", urls[0]);
    over.put("provider.upbit.feed.url", urls[1]);
    over.put("universe.crypto.min-traded-value", "0");
    over.put("slot.upbit.count", Integer.toString(codes.size()));
    Collector.Options options =
        new Collector.Options(false, market, system, over, Path.of("."), List.of("upbit"));
    try (Collector collector = new Collector(options, Map.of())) {
      collector.start();
      await(collector, "every slot heard", s -> s.universeFrozen() && full(s));
      long before = counted(collector, "frames");
      long pump = Run.threadNanos("feed-stream");
      long loop = Run.threadNanos("vert.x-eventloop-thread-0");
      long cpu = Run.cpuNanos();
      long began = System.nanoTime();
      // Tickers, trades and books of all: the flood brings trades alone.
      server.say("flood " + 3 * codes.size() + " " + trades);
      await(collector, "every trade", s -> s.counters().get("frames") >= before + trades);
      Run run = Run.of(trades, began, System.nanoTime(), Run.cpuNanos() - cpu);
      double pumpMicros = (Run.threadNanos("feed-stream") - pump) / 1e3 / trades;
      double loopMicros = (Run.threadNanos("vert.x-eventloop-thread-0") - loop) / 1e3 / trades;
      server.hear("sent");
      RecorderState state = collector.venues().get(0).recorder();
      Map<String, Long> c = state.counters();
      collector.close();
      System.out.printf(
          "  B %,d of %,d trades on tape; kept %,d of %,d records of the whole run, set aside %,d,"
              + " shed %,d; of the processor %.2f us/trade in the socket's thread, %.2f behind the"
              + " queue%n",
          tape(data),
          trades,
          c.get("kept"),
          c.get("declared"),
          c.get("set_aside"),
          c.get("shed"),
          loopMicros,
          pumpMicros);
      return run;
    } finally {
      try (Stream<Path> all = Files.walk(data)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private boolean full(RecorderState state) {
    return state.slotsReceiving() == codes.size();
  }

  private static long counted(Collector collector, String what) {
    return collector.venues().get(0).recorder().counters().get(what);
  }

  private interface Question {
    boolean isTrue(RecorderState state);
  }

  private static void await(Collector collector, String what, Question question)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!question.isTrue(collector.venues().get(0).recorder())) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not " + what + " in three minutes");
      }
      Thread.sleep(10);
    }
  }

  /** Trades of the flood that are on the tape. */
  private static long tape(Path data) throws IOException {
    long[] found = new long[1];
    TapeFiles.lines(
        data,
        line -> {
          if (TapeFiles.contains(line, FLOODED)) {
            found[0]++;
          }
        });
    return found[0];
  }

  private static long count(Path file, byte[] part) throws IOException {
    long found = 0;
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        found += TapeFiles.contains(line.getBytes(StandardCharsets.UTF_8), part) ? 1 : 0;
      }
    }
    return found;
  }

  // ---- the child: a simulated Upbit that floods when told ----

  private static void serve(Instant market, Instant system) throws Exception {
    SimulatorOptions options =
        SimulatorOptions.at(MarketClock.startingAt(market, system)).withUpbitMarkets(PAIRS);
    try (Simulator simulator = Simulator.start(options);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      List<String> codes =
          simulator.upbit().markets().stream().filter(code -> code.startsWith("KRW-")).toList();
      System.out.println(
          "urls "
              + simulator.upbit().restUrl()
              + " "
              + simulator.upbit().feedUrl()
              + " "
              + String.join(",", codes));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        while (simulator.upbit().traffic().registrations() != Integer.parseInt(words[1])) {
          Thread.sleep(5);
        }
        System.out.println("sent " + simulator.upbit().floodTrades(Long.parseLong(words[2])).get());
      }
    }
  }
}
