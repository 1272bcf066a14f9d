package io.stockobserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.etl.LoadRound;
import io.stockobserver.etl.NotLoaded;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads days while they are recorded: each by {@code ./observer etl} in a process of its own, with
 * its own memory and behind everything else, so that no database can hold recording up. One at a
 * time. Thread-safe.
 */
public final class Loads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loads.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REMEMBERED_DAYS = 1000;

  private final Path root;
  private final Path home;
  private final Duration every;
  private final InstantSource clock;
  private final Map<String, String> environment;
  private final Map<String, LoadRound> rounds = new TreeMap<>();
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final Object ending = new Object();
  private @Nullable Process running;
  private boolean ended;

  /**
   * Of the archive at {@code root}, with the settings below {@code home}.
   *
   * @param environment what the processes see beside what this one was given
   */
  Loads(
      Path root, Path home, Duration every, InstantSource clock, Map<String, String> environment) {
    this.root = root;
    this.home = home;
    this.every = every;
    this.clock = clock;
    this.environment = Map.copyOf(environment);
  }

  /** As a process sees it that is to have the same settings of the database as this one. */
  static Map<String, String> environment(
      Map<String, String> environment, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(environment);
    settings.forEach(
        (key, value) -> {
          if (key.startsWith("etl.")) {
            all.put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value);
          }
        });
    return all;
  }

  /** What the routes call: {@code loads}, {@code loadedDays}, {@code kisLoads} and its like. */
  Map<String, Object> beans(List<Room> rooms) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Room room : rooms) {
      LoadRound round =
          new LoadRound(root, room.provider(), every, clock, this::load, room.recorder()::event);
      rounds.put(room.provider(), round);
      all.put(room.provider() + "Loads", round);
    }
    all.put("loads", this);
    // What this process has seen loaded; what is loaded stands in the database's own ledger.
    all.put("loadedDays", MemoryIdempotentRepository.memoryIdempotentRepository(REMEMBERED_DAYS));
    return all;
  }

  /**
   * Loads a day that is due.
   *
   * @return what {@link LoadRound#load} says
   */
  public String load(LoadRound.Day day) throws NotLoaded, IOException, InterruptedException {
    LoadRound round = rounds.get(day.provider());
    return round == null ? "" : round.load(day);
  }

  private LoadRound.Result load(String provider, LocalDate day)
      throws IOException, NotLoaded, InterruptedException {
    oneAtATime.lockInterruptibly();
    Path said = Files.createTempFile("observer-etl", ".out");
    try {
      int exit = start(provider, day, said).waitFor();
      synchronized (ending) {
        running = null;
        if (ended) {
          throw new NotLoaded("the observer ends; the next start loads " + day);
        }
      }
      return result(exit, Files.readString(said, StandardCharsets.UTF_8), provider, day);
    } finally {
      Files.deleteIfExists(said);
      oneAtATime.unlock();
    }
  }

  private Process start(String provider, LocalDate day, Path said) throws IOException, NotLoaded {
    ProcessBuilder builder =
        new ProcessBuilder(command(provider, day))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    synchronized (ending) {
      if (ended) {
        throw new NotLoaded("the observer ends; the next start loads " + day);
      }
      Process process = builder.start();
      running = process;
      return process;
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
    all.addAll(List.of(StockObserver.class.getName(), "etl", "--json", "--forget", "--untold"));
    all.addAll(List.of(DateTimeFormatter.BASIC_ISO_DATE.format(day), "--provider", provider));
    all.addAll(List.of("--data", root.toString()));
    return all;
  }

  private static LoadRound.Result result(int exit, String said, String provider, LocalDate day) {
    String last = said.strip().lines().reduce((a, b) -> b).orElse("it said nothing");
    int files = 0;
    long rows = 0;
    List<String> dead = new ArrayList<>();
    List<String> forgotten = new ArrayList<>();
    try {
      JsonNode all = JSON.readTree(last);
      JsonNode json = all.path("days").path(0);
      files = json.path("loaded").asInt();
      rows = json.path("rows").asLong();
      for (JsonNode refused : json.path("refused")) {
        ObjectNode line = JSON.createObjectNode().put("provider", provider);
        line.put("day", DateTimeFormatter.BASIC_ISO_DATE.format(day));
        dead.add(line.setAll((ObjectNode) refused).toString());
      }
      all.path("forgotten").forEach(gone -> forgotten.add(gone.asText()));
      if (exit != 0) {
        last =
            dead.size() + " files refused, " + json.path("differences").size() + " minutes differ";
      }
    } catch (IOException words) {
      // It could not even begin; its last line says why.
    }
    if (exit == 1) {
      // Where it could not even begin the route tells it, and not each time.
      LOG.error("{}'s {} is not in the trading database: {}", provider, day, said.strip());
    }
    return new LoadRound.Result(exit, files, rows, last, dead, forgotten);
  }

  /** Ends what is under way; nothing of it is left in the database, and the next start loads it. */
  @Override
  public void close() {
    Process process;
    synchronized (ending) {
      ended = true;
      process = running;
    }
    if (process != null) {
      process.destroy();
      try {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
