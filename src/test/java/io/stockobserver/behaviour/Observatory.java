package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.Collector;
import io.stockobserver.Replay;
import io.stockobserver.archive.Likeness;
import io.stockobserver.market.MarketClock;
import io.stockobserver.playback.Playback;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Simulated venues, one archive and one observer at a time of them, all on one market clock. The
 * observer is the whole program with the real routes and settings; what a test turns, it turns as
 * an operator would, by key.
 */
final class Observatory implements AutoCloseable {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  static final Path HOME = Path.of("").toAbsolutePath();
  static final String DAY = "20261120";

  private final Path dir;
  private final Instant system;
  private final Instant market;
  private final MarketClock clock;
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> providers;
  private SimulatorOptions options;
  private Path home = HOME;
  private @Nullable Simulator venue;
  private @Nullable Collector collector;

  /** Of KIS, on 2026-11-20 at this time of Seoul; what it writes is below {@code dir}. */
  Observatory(Path dir, String time) {
    this(dir, time, "kis");
  }

  /** Of these venues; where a test names none, the first is meant. */
  Observatory(Path dir, String time, String... providers) {
    this(dir, at(time), Instant.now(), List.of(providers));
  }

  /** Of a day of KIS that is served: its clock is that of the day, its venue the tape. */
  static Observatory of(Path dir, Playback served) {
    Instant market = served.began().getKey();
    Observatory other = new Observatory(dir, market, served.began().getValue(), List.of("kis"));
    Map<String, String> told = served.told();
    return other
        .set("provider.kis.rest.url", told.get("rest_url"))
        .set("provider.kis.feed.url", told.get("feed_url"))
        .set("provider.kis.master.url", told.get("master_url"))
        .environment("KIS_APP_KEY", told.get("app_key"))
        .environment("KIS_APP_SECRET", told.get("app_secret"));
  }

  private Observatory(Path dir, Instant market, Instant system, List<String> providers) {
    this.dir = dir;
    this.providers = providers;
    this.market = market;
    this.system = system;
    clock = MarketClock.startingAt(market, system);
    options = SimulatorOptions.at(clock);
    set("http.port", "0");
    set("archive.dir", dir.resolve("data").toString());
    set("calendar.dir", calendar(dir).toString());
    set("package.key", dir.resolve("keys/package.key").toString());
    set("provider.kis.feed.pace", "20ms");
  }

  static Instant at(String time) {
    return LocalDateTime.parse("2026-11-20T" + time).atZone(SEOUL).toInstant();
  }

  /** What the venue says of holidays is filed here, not beside the real calendar. */
  private static Path calendar(Path dir) {
    try {
      Path copy = Files.createDirectories(dir.resolve("calendar"));
      for (String market : List.of("kr_stocks.json", "crypto.json")) {
        if (!Files.exists(copy.resolve(market))) {
          Files.copy(HOME.resolve("config/calendar").resolve(market), copy.resolve(market));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Observatory set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  Observatory environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Observatory home(Path folder) {
    home = folder;
    return this;
  }

  Observatory venue(UnaryOperator<SimulatorOptions> change) {
    options = change.apply(options);
    return this;
  }

  /** Opens the venue, unless it is open. */
  Simulator open() {
    if (venue == null) {
      venue = Simulator.start(options);
      options = options.withPort(venue.port());
    }
    return venue;
  }

  /** Takes the venue off the network; {@link #open} brings it back on the same port. */
  void shut() {
    venue().close();
    venue = null;
  }

  /** A new observer of the venue, not started. */
  Collector observer() {
    Map<String, String> all = keys();
    return new Collector(
        new Collector.Options(false, market, system, Map.copyOf(settings), home, providers), all);
  }

  /** Where the venue is, as a setting unless a test has set it; and the keys that it accepts. */
  private Map<String, String> keys() {
    Simulator open = open();
    settings.putIfAbsent("provider.kis.rest.url", open.restUrl().toString());
    settings.putIfAbsent("provider.kis.feed.url", open.feedUrl().toString());
    settings.putIfAbsent("provider.kis.master.url", open.masterUrl().toString());
    settings.putIfAbsent("provider.upbit.rest.url", open.upbit().restUrl().toString());
    settings.putIfAbsent("provider.upbit.feed.url", open.upbit().feedUrl().toString());
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("KIS_APP_KEY", open.appKey());
    all.putIfAbsent("KIS_APP_SECRET", open.appSecret());
    return all;
  }

  /** Promise 8: the tape, read once more, gives every line again. */
  void replays(Path other) {
    assertThat(replaysOtherwise(other).otherConfiguration()).isFalse();
  }

  /** The same, where the settings may be others by now than those of the start. */
  Replay.Result replaysOtherwise(Path other) {
    try {
      Replay.Result again =
          Replay.of(
              home,
              keys(),
              settings,
              other,
              providers.get(0),
              LocalDate.parse(DAY, DateTimeFormatter.BASIC_ISO_DATE),
              entry -> {});
      assertThat(again.lanes()).extracting(Likeness::difference).containsOnly("");
      assertThat(again.lanes().stream().mapToLong(Likeness::lines).sum()).isPositive();
      return again;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An observer of the venue in a process of its own, on the same clock. */
  Child child() {
    Map<String, String> all = keys();
    settings.forEach(
        (key, value) -> all.put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    String at = market + "@" + system.toEpochMilli();
    List<String> words = new ArrayList<>(List.of("--data", root().toString(), "--at", at));
    providers.forEach(provider -> words.addAll(List.of("--provider", provider)));
    return Child.observing(all, words.toArray(String[]::new));
  }

  /** Sets the observer's clock, not the venue's. */
  void step(Duration by) {
    running().clock().step(by);
  }

  /** Starts an observer; it must not have one that runs. */
  Observatory observe() {
    assertThat(collector).as("one observer at a time").isNull();
    Collector started = observer();
    collector = started;
    try {
      started.start();
    } catch (RuntimeException e) {
      end();
      throw e;
    } catch (Exception e) {
      end();
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Lets the venue fall silent, so that nothing is under way any more; then ends the observer. */
  void hushAndEnd() {
    venue().faults().trickle(Duration.ofHours(1));
    venue().upbit().faults().trickle(Duration.ofHours(1));
    long frames = -1;
    while (frames != counter("frames")) {
      frames = counter("frames");
      pass(Duration.ofMillis(700));
    }
    end();
  }

  /** Ends the observer cleanly. */
  void end() {
    Collector running = collector;
    collector = null;
    if (running != null) {
      running.close();
    }
  }

  Simulator venue() {
    return Objects.requireNonNull(venue, "open() first");
  }

  Collector running() {
    return Objects.requireNonNull(collector, "observe() first");
  }

  RecorderState state() {
    return state(providers.get(0));
  }

  RecorderState state(String provider) {
    return running().venues().stream()
        .filter(venue -> venue.provider().equals(provider))
        .findFirst()
        .orElseThrow()
        .recorder();
  }

  long counter(String name) {
    return state().counters().getOrDefault(name, 0L);
  }

  Path root() {
    return dir.resolve("data");
  }

  Books books() {
    return new Books(root());
  }

  MarketClock clock() {
    return clock;
  }

  /** Waits until the market's clock shows this time. */
  void until(String time) {
    Instant when = at(time);
    Duration left = Duration.between(clock.instant(), when);
    Awaitility.await()
        .atMost(left.isNegative() ? Duration.ofSeconds(1) : left.plusSeconds(2))
        .until(() -> !clock.instant().isBefore(when));
  }

  /** Waits until so much time has passed. */
  void pass(Duration time) {
    Instant when = clock.instant().plus(time);
    Awaitility.await().atMost(time.plusMinutes(1)).until(() -> !clock.instant().isBefore(when));
  }

  /** Waits for something that takes seconds, or minutes on a machine that others use too. */
  static void await(String what, Callable<Boolean> done) {
    Awaitility.await(what)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(done);
  }

  /** Waits until so many slots are acknowledged. */
  void awaitSlots(int count) {
    await(count + " slots", () -> state().slotsAcknowledged() >= count);
  }

  /** Waits until a line of every slot has been written since now. */
  void awaitSamples(int each) {
    long lines = counter("scalp_lines") + (long) each * state().slotsAcknowledged();
    await(each + " samples", () -> counter("scalp_lines") >= lines);
  }

  void awaitEvents(String type, int count) {
    await(count + " of " + type, () -> books().events(type).size() >= count);
  }

  @Override
  public void close() {
    end();
    if (venue != null) {
      venue.close();
    }
  }
}
