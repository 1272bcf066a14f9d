package io.stockobserver.bench;

import io.stockobserver.Collector;
import io.stockobserver.market.MarketClock;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The feed path, measured: A copies KIS trade frames from a socket to a file and does nothing else;
 * B is the whole observer with the real routes: socket, tape, decoded, validated, latest state. In
 * turns, in one process; the servers are a child process, so that the CPU time is the client's
 * alone. Arguments: frames (default 2000000), rounds (default 5), {@code slow} to hold up every
 * append by 20 ms and look at the memory.
 */
public final class FeedPathBench {
  private static final String AT = "2026-11-20T10:15:33";

  /**
   * After these the compiler has nothing left to do in either way; before, it takes half a core.
   */
  private static final int WARM_ROUNDS = 3;

  private FeedPathBench() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 1 && args[0].equals("serve")) {
      serve(args[1]);
      return;
    }
    int frames = args.length > 0 ? Integer.parseInt(args[0]) : 2_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    boolean slow = args.length > 2 && args[2].equals("slow");
    System.setProperty("observer.log", "target/bench.log");
    Instant market = LocalDateTime.parse(AT).atZone(ZoneId.of("Asia/Seoul")).toInstant();
    long epochMs = System.currentTimeMillis();
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                FeedPathBench.class.getName(),
                "serve",
                market + "@" + epochMs)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String[] urls = out.readLine().split(" ", -1);
      Instant system = Instant.ofEpochMilli(epochMs);
      if (slow) {
        observer(urls, market, system, frames, true);
        return;
      }
      for (int i = 0; i < WARM_ROUNDS; i++) { // neither counted: a recorder runs all day
        copy(urls[0], frames);
        observer(urls, market, system, frames, false);
      }
      List<Run> a = new ArrayList<>();
      List<Run> b = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        a.add(copy(urls[0], frames).shown("A copy    "));
        b.add(observer(urls, market, system, frames, false).shown("B observer"));
      }
      Run medianA = Run.median(a).shown("A median  ");
      Run medianB = Run.median(b).shown("B median  ");
      System.out.printf(
          "B/A: rate %.2f (the aim is 0.50), CPU per frame %.2f; B %,.0f frames per CPU"
              + " second%n",
          medianB.framesPerSecond() / medianA.framesPerSecond(),
          medianB.cpuMicros() / medianA.cpuMicros(),
          1e6 / medianB.cpuMicros());
    } finally {
      server.destroy();
    }
  }

  private static Run copy(String url, int frames) throws Exception {
    Vertx vertx = Vertx.vertx();
    CountDownLatch done = new CountDownLatch(frames);
    Path file = Files.createTempFile("copy", ".txt");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      WebSocketClient client = vertx.createWebSocketClient();
      long[] began = new long[2];
      client
          .connect(Integer.parseInt(url), "localhost", "/" + frames)
          .onSuccess(
              socket -> {
                socket.textMessageHandler(
                    text -> {
                      append(out, text.getBytes(StandardCharsets.UTF_8));
                      done.countDown();
                    });
                began[0] = System.nanoTime();
                began[1] = Run.cpuNanos();
                socket.writeTextMessage("go");
              });
      if (!done.await(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException(done.getCount() + " frames never came");
      }
      return Run.of(frames, began[0], began[1]);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
      Files.delete(file);
    }
  }

  private static Run observer(
      String[] urls, Instant market, Instant system, int frames, boolean slow) throws Exception {
    Path data = Files.createTempDirectory("bench");
    Path home = slow ? slowed(data.resolve("home")) : Path.of(".");
    Map<String, String> over = new TreeMap<>();
    over.put("http.port", "0");
    over.put("archive.dir", data.resolve("data").toString());
    over.put("provider.kis.feed.url", "ws://localhost:" + urls[0] + "/" + frames);
    over.put("provider.kis.rest.url", urls[1]);
    over.put("provider.kis.master.url", urls[2]);
    over.put("slot.kis.count", "1");
    Map<String, String> env = Map.of("KIS_APP_KEY", urls[3], "KIS_APP_SECRET", urls[4]);
    try (Collector collector =
        new Collector(new Collector.Options(false, market, system, over, home, List.of()), env)) {
      collector.start();
      long began = 0;
      long cpu = 0;
      long pump = 0;
      long counted = 0;
      long peak = 0;
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
      while (counted < frames && System.nanoTime() < deadline) {
        RecorderState state = collector.venues().get(0).recorder();
        counted = state.counters().get("frames") + state.counters().get("shed");
        if (counted > 0 && began == 0) {
          began = System.nanoTime();
          cpu = Run.cpuNanos();
          pump = pumpNanos();
        }
        if (slow) {
          peak = Math.max(peak, heap());
        }
        Thread.sleep(10);
      }
      Run run = Run.of(frames, began, cpu);
      double pumpMicros = (pumpNanos() - pump) / 1e3 / frames;
      RecorderState state = collector.venues().get(0).recorder();
      Map<String, Long> c = state.counters();
      System.out.printf(
          "  kept %,d of %,d records, set aside %,d, shed %,d frames; pump %.2f CPU us/frame; socket to tape p99 %,d"
              + " us%s%n",
          c.get("kept"),
          c.get("declared"),
          c.get("set_aside"),
          c.get("shed"),
          pumpMicros,
          state.toTapeP99().toNanos() / 1000,
          slow ? String.format("; heap at most %,d MB", peak >> 20) : "");
      return run;
    } finally {
      try (Stream<Path> all = Files.walk(data, new FileVisitOption[0])) {
        all.sorted(Comparator.reverseOrder()).forEach(FeedPathBench::delete);
      }
    }
  }

  /** The CPU time of the one thread that takes a frame from the queue to the latest state. */
  private static long pumpNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals("feed-trade")) {
        return threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return 0;
  }

  /** The real routes, with a disk that takes 20 ms for every append to the tape. */
  private static Path slowed(Path home) throws IOException {
    for (String folder : List.of("routes", "config")) {
      try (Stream<Path> all = Files.walk(Path.of(folder))) {
        for (Path from : (Iterable<Path>) all::iterator) {
          Path to = home.resolve(from.toString());
          if (Files.isDirectory(from)) {
            Files.createDirectories(to);
          } else {
            Files.copy(from, to);
          }
        }
      }
    }
    Path tape = home.resolve("routes/archive-tape.camel.yaml");
    String yaml = Files.readString(tape);
    Files.writeString(
        tape, yaml.replace("      steps:\n", "      steps:\n        - delay: {constant: 20}\n"));
    return home;
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void append(OutputStream out, byte[] frame) {
    try {
      out.write(frame);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- the child: a simulated KIS for REST, and a socket that floods ----

  private static void serve(String at) throws Exception {
    String[] parts = at.split("@", -1);
    Simulator simulator =
        Simulator.start(
            SimulatorOptions.at(
                MarketClock.startingAt(
                    Instant.parse(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1])))));
    Vertx vertx = Vertx.vertx();
    String[] frames = Flood.frames();
    int port =
        vertx
            .createHttpServer()
            .webSocketHandler(
                socket -> {
                  int n = Integer.parseInt(socket.path().substring(1));
                  boolean[] going = new boolean[1];
                  socket.textMessageHandler(
                      first -> {
                        if (!going[0]) {
                          going[0] = true;
                          Flood.flood(socket, frames, 0, n);
                        }
                      });
                })
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .actualPort();
    System.out.println(
        port
            + " "
            + simulator.restUrl()
            + " "
            + simulator.masterUrl()
            + " "
            + simulator.appKey()
            + " "
            + simulator.appSecret());
  }
}
