package io.stockobserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.etl.LoadRound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads days while they are recorded: each by {@code ./observer etl} in a process of its own, with
 * its own memory and behind everything else, so that no database can hold recording up. One at a
 * time. Thread-safe.
 */
final class Loads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loads.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Path home;
  private final Duration every;
  private final InstantSource clock;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(Loads::thread);

  /** Of the archive at {@code root}, with the settings below {@code home}. */
  Loads(Path root, Path home, Duration every, InstantSource clock) {
    this.root = root;
    this.home = home;
    this.every = every;
    this.clock = clock;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "load");
    thread.setDaemon(true);
    return thread;
  }

  /** {@code kisLoads} and its like, which the routes call. */
  Map<String, Object> beans(List<Room> rooms) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Room room : rooms) {
      all.put(
          room.provider() + "Loads",
          new LoadRound(
              root, room.provider(), every, clock, worker, this::load, room.recorder()::event));
    }
    return all;
  }

  private LoadRound.Result load(String provider, LocalDate day)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("observer-etl", ".out");
    try {
      Process process =
          new ProcessBuilder(command(provider, day))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        return result(process.waitFor(), Files.readString(said, StandardCharsets.UTF_8));
      } finally {
        process.destroy(); // when this process ends first; a load that is cut leaves nothing
      }
    } finally {
      Files.deleteIfExists(said);
    }
  }

  private List<String> command(String provider, LocalDate day) {
    List<String> all = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
      all.addAll(List.of("/usr/bin/nice", "-n", "10"));
    }
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-XX:+UseSerialGC", "-Xmx192m", "-Dobserver.home=" + home));
    all.add("-Dobserver.log=" + root.resolve("log/etl.log"));
    all.addAll(List.of("-cp", System.getProperty("java.class.path")));
    all.addAll(List.of(StockObserver.class.getName(), "etl", "--json"));
    all.addAll(List.of(DateTimeFormatter.BASIC_ISO_DATE.format(day), "--provider", provider));
    all.addAll(List.of("--data", root.toString()));
    return all;
  }

  private static LoadRound.Result result(int exit, String said) {
    String last = said.strip().lines().reduce((a, b) -> b).orElse("it said nothing");
    int files = 0;
    long rows = 0;
    try {
      JsonNode json = JSON.readTree(last).path("days").path(0);
      files = json.path("loaded").asInt();
      rows = json.path("rows").asLong();
      if (exit != 0) {
        last =
            json.path("refused").size()
                + " files refused, "
                + json.path("differences").size()
                + " minutes differ";
      }
    } catch (IOException words) {
      // It could not even begin; its last line says why.
    }
    if (exit != 0) {
      LOG.error("A day is not in the trading database: {}", said.strip());
    }
    return new LoadRound.Result(exit, files, rows, last);
  }

  /** Ends what is under way; nothing of it is left in the database, and the next start loads it. */
  @Override
  public void close() {
    worker.shutdownNow();
    try {
      worker.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
