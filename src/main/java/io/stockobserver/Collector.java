package io.stockobserver;

import io.stockobserver.access.Refusals;
import io.stockobserver.archive.Appender;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.archive.Batch;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.cli.LogLine;
import io.stockobserver.etl.LoadReport;
import io.stockobserver.evidence.Event;
import io.stockobserver.health.HealthReport;
import io.stockobserver.market.MarketClock;
import io.stockobserver.mitigation.Mitigation;
import io.stockobserver.recorder.Recorder;
import io.stockobserver.route.Actors;
import io.stockobserver.route.LevelFace;
import io.stockobserver.route.RouteAppender;
import io.stockobserver.route.RouteFolder;
import io.stockobserver.route.Shown;
import io.stockobserver.route.meter.Meters;
import io.stockobserver.route.meter.VenueSource;
import io.stockobserver.secret.Secrets;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The main job: takes the archive, recovers what an earlier process left, begins a session with
 * every venue, lets the routes run and ends cleanly. One instance a run; {@link #start()}, {@link
 * #await}, {@link #close()} in this order, by one thread; everything else by any.
 */
public final class Collector implements AutoCloseable {
  /**
   * What the command line says.
   *
   * @param simulate whether the venues are simulated inside, on loopback
   * @param at the market instant at start; null for the system's, or the simulation's own
   * @param atSystem the system instant at which {@code at} holds; null for now
   * @param overrides settings that win over file and environment
   * @param home the folder that holds {@code config} and {@code routes}
   * @param providers whom to observe; none for those that the settings enable
   */
  public record Options(
      boolean simulate,
      @Nullable Instant at,
      @Nullable Instant atSystem,
      Map<String, String> overrides,
      Path home,
      List<String> providers) {
    public Options {
      overrides = Map.copyOf(overrides);
      providers = List.copyOf(providers);
    }
  }

  /** A venue whose part of the archive is open. */
  private record Opened(VenueDoor door, MarketDays days, Archive archive) {}

  /** A shorter one, such as {@code /webhook}, says nothing. */
  private static final int LONG_PATH = 16;

  private final Options options;
  private final Map<String, String> environment;
  private final Venues venues = Venues.all();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final AtomicReference<Appender> appender = new AtomicReference<>();
  private final Rooms rooms = new Rooms();
  private final List<Shown> shown = new ArrayList<>();
  private final Actors actors = new Actors();
  private final Secrets secrets = new Secrets();
  private final SecretAlarm secretAlarm = new SecretAlarm(rooms, () -> clock().instant());
  private final AtomicReference<HealthRoom> health = new AtomicReference<>();
  private volatile MarketClock clock = MarketClock.live();
  private volatile int observed;
  private @Nullable ArchiveLock lock;
  private @Nullable Simulator simulator;
  private @Nullable Routes routes;
  private @Nullable RouteRoom routeRoom;
  private @Nullable HttpRoom http;
  private @Nullable Packages packages;
  private @Nullable Forgetting retention;
  private @Nullable Loads loads;
  private @Nullable Meters meters;
  private @Nullable Watchdog watchdog;
  private Map<String, Mitigation> mitigations = Map.of();
  private @Nullable Path root;
  private Instant startedAt = Instant.MIN;
  private boolean closed;

  public Collector(Options options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
  }

  /**
   * Begins to collect; returns once the sessions have begun and the routes run.
   *
   * @throws Settings.SettingsException for a bad setting, an unknown venue or a missing key
   * @throws ArchiveException for a directory that is held, full or not writable
   */
  public void start() throws Exception {
    Settings settings =
        Settings.read(
            options.home().resolve("config/application.properties"),
            environment,
            options.overrides());
    // A bad value is told before the archive is touched.
    Ground ground = Ground.read(settings, options.home(), options.simulate());
    venues.check(settings);
    List<VenueDoor> doors = venues.chosen(options.providers(), settings);
    observed = doors.size();
    Credentials own = new Credentials(environment);
    keepSecret(own);
    if (!options.simulate()) {
      doors.forEach(door -> door.checkKey(own));
    }
    // So is a port that is taken.
    http =
        HttpRoom.open(
            ground.http(),
            own,
            secrets,
            options.simulate(),
            new Refusals(() -> clock.instant(), System::nanoTime, this::tellAll));
    root = ground.root();
    lock = ArchiveLock.take(root(), () -> clock.instant());
    secrets.learn(SecretAlarm.CONTROL, lock.token());
    List<Opened> opened = open(ground, doors);
    clock = chooseClock(opened);
    if (options.simulate()) {
      simulator = Simulator.start(SimulatorOptions.at(clock));
    }
    appender.set(new ChannelAppender(root()));
    startedAt = clock.instant();
    List<Room> built = new ArrayList<>();
    for (Opened one : opened) {
      Credentials key = simulator == null ? own : one.door().simulate(simulator, settings);
      built.add(one.door().room(settings, key, site(one, ground, settings.sha256())));
    }
    String session = sessionId(opened.get(0).days());
    for (int i = 0; i < built.size(); i++) {
      Room room = built.get(i);
      Opened one = opened.get(i);
      // From here on it is closed cleanly; before, whatever an earlier process left stays so.
      rooms.add(room);
      new SessionBegin(room.recorder(), one.archive().recovery(), one.days())
          .begin(session, options.simulate(), startedAt, clock);
    }
    Set<String> others = venues.others(doors);
    others.addAll(BackupProcess.VERBS);
    run(settings, ground, new RouteFolder(options.home().resolve("routes"), others));
  }

  private List<Opened> open(Ground ground, List<VenueDoor> doors) throws IOException {
    List<Opened> all = new ArrayList<>();
    for (VenueDoor door : doors) {
      MarketDays days = ground.days(door);
      all.add(
          new Opened(
              door, days, Archive.open(ground.archive(door, days.zone()), () -> clock.instant())));
    }
    return all;
  }

  /** The simulation goes on where the directory ends. */
  private MarketClock chooseClock(List<Opened> opened) {
    Instant at = options.at();
    if (at != null) {
      return options.atSystem() == null
          ? MarketClock.startingAt(at)
          : MarketClock.startingAt(at, options.atSystem());
    }
    if (!options.simulate()) {
      return MarketClock.live();
    }
    return MarketClock.startingAt(
        SimulatedStart.after(
            opened.stream()
                .flatMap(one -> one.archive().recovery().lastHeardAt().stream())
                .toList(),
            opened.stream().map(Opened::days).toList()));
  }

  private Site site(Opened one, Ground ground, String configSha256) {
    String provider = one.door().provider();
    return new Site(
        ground,
        one.days(),
        clock,
        one.archive(),
        batch -> current().append(batch),
        startedAt,
        configSha256,
        secrets,
        why -> refuse(provider, why));
  }

  /** All sessions of a process have one name; it is in the time of the first market. */
  private String sessionId(MarketDays days) {
    return "sess_"
        + DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").format(startedAt.atZone(days.zone()));
  }

  private void run(Settings settings, Ground ground, RouteFolder folder) throws Exception {
    Map<String, Mitigation> levels = LoadRoom.over(rooms.all(), ground.mitigation(), clock);
    mitigations = levels;
    Packages frozen = Packages.over(rooms.all(), ground.packages(), clock);
    packages = frozen;
    Forgetting forgetting = Forgetting.over(rooms.all(), ground.retention(), frozen, clock);
    retention = forgetting;
    Map<String, Object> beans = LoadRoom.beans(rooms.all(), levels);
    beans.putAll(frozen.beans());
    beans.putAll(forgetting.beans());
    Loads into =
        new Loads(
            root(),
            options.home(),
            ground.loads(),
            clock,
            Loads.environment(environment, settings.all()));
    loads = into;
    beans.putAll(into.beans(rooms.all()));
    LoadReport asked = EtlKeys.report(settings, environment, clock);
    beans.putAll(asked.beans());
    Meters figures = new Meters();
    meters = figures;
    beans.put("routeFigures", figures.routes());
    beans.put(
        "alerts",
        AlertRoom.over(rooms, settings, new Credentials(environment), this::report, clock));
    Routes started = new Routes(folder, settings.all(), beans, clock);
    routes = started;
    RouteRoom acts = new RouteRoom(rooms.all(), actors, clock);
    routeRoom = acts;
    started.controlledBy(acts.control());
    rooms.all().forEach(room -> room.feeds(started.feeds()));
    started.start();
    levels.forEach((provider, level) -> shown.add(LevelFace.show(provider, level, actors)));
    rooms.all().forEach(room -> shown.addAll(Faces.show(room, started.feeds(), actors)));
    shown.addAll(forgetting.show());
    RouteAppender byRoute = new RouteAppender(started.context());
    appender.set(byRoute);
    acts.open(
        started,
        folder,
        byRoute,
        options.home(),
        reload ->
            new LiveSettings(
                options.home(),
                environment,
                options.overrides(),
                venues,
                rooms.all(),
                levels.values(),
                ground.scalpEvery(),
                reload,
                acts.book()),
        Objects.requireNonNull(http).people(),
        beans,
        clock,
        ground.routesReload());
    HttpRoom port = Objects.requireNonNull(http);
    watch(port, settings, ground, started, figures, asked);
    answer(port, Objects.requireNonNull(lock));
    watchdog = Watchdog.begin(environment, this::report);
  }

  /** How it is, and how much. */
  private void watch(
      HttpRoom port,
      Settings settings,
      Ground ground,
      Routes running,
      Meters figures,
      LoadReport asked) {
    HealthRoom watched =
        new HealthRoom(
            new HealthRoom.Parts(
                rooms,
                ground,
                startedAt,
                port.backups(),
                BackupSettings.read(settings, options.home()).pull().maxAge(),
                running.feeds(),
                running::stopped,
                () ->
                    Stream.of(secretAlarm.checks(), asked.checks()).flatMap(List::stream).toList(),
                clock,
                System::nanoTime));
    rooms.all().forEach(room -> figures.venue(source(room, running), System::nanoTime));
    figures.health(watched);
    port.watch(watched, figures);
    health.set(watched);
  }

  /** Before the first look there is nothing to report. */
  private HealthReport report() {
    HealthRoom watched = health.get();
    return watched == null ? new HealthReport(clock.instant(), List.of()) : watched.get();
  }

  /** What the environment holds must not leave; the venues add their keys, and what these bring. */
  private void keepSecret(Credentials own) {
    for (String name :
        List.of("BACKUP_TOKEN", "ETL_DB_PASSWORD", "OBSERVER_PASSWORD", AlertRoom.URL)) {
      own.find(name).ifPresent(secret -> secrets.learn(name, secret));
    }
    // Of a webhook's address the path is the secret, and clients tell it alone.
    own.find(AlertRoom.URL)
        .map(url -> url.replaceFirst("^https?://[^/]*", ""))
        .filter(path -> path.length() >= LONG_PATH)
        .ifPresent(path -> secrets.learn(AlertRoom.URL, path));
    secrets.alarm(secretAlarm);
    LogLine.hide(secrets);
  }

  private VenueSource source(Room room, Routes running) {
    Recorder recorder = room.recorder();
    return new VenueSource(
        room.provider(),
        recorder.settings().market(),
        recorder::state,
        recorder::minute,
        () -> {
          Instant data = recorder.lastData();
          return data == null
              ? Double.NaN
              : Duration.between(data, clock.instant()).toMillis() / 1000.0;
        },
        () ->
            running.feeds().get().stream()
                .filter(feed -> recorder.settings().streams().contains(feed.feed()))
                .findFirst());
  }

  /** Whoever looks into the lock file finds somebody who answers. */
  private void answer(HttpRoom port, ArchiveLock held) throws IOException {
    port.serveBackups(root(), () -> clock.instant(), this::verified);
    port.control(
        held.token(),
        new Commands(
            Objects.requireNonNull(packages),
            Objects.requireNonNull(retention),
            Objects.requireNonNull(routeRoom),
            rooms,
            mitigations,
            clock));
    port.console((account, act) -> actors.as(account, Actors.CONSOLE, act));
    port.show(PageRoom.over(rooms, root(), clock));
    held.url(port.url());
  }

  /** What concerns no venue is told to all. */
  private void tellAll(Event event) {
    rooms.all().forEach(room -> room.recorder().event(event));
  }

  /** A backup has given its word. */
  private void verified(Receipt receipt) {
    for (Room room : rooms.all()) {
      if (room.provider().equals(receipt.id().provider())) {
        room.recorder()
            .event(
                Event.of("backup_verified", clock.instant())
                    .with("package", receipt.id().toString())
                    .with("receipt", receipt.kind().name().toLowerCase(Locale.ROOT))
                    .with("by", receipt.by())
                    .with("share", receipt.share()));
      }
    }
  }

  /** Waits until the time is over, somebody stops it, or every venue refuses us for good. */
  public void await(@Nullable Duration limit) throws InterruptedException {
    try {
      if (limit == null) {
        ended.get();
      } else {
        Duration left = limit.minus(Duration.between(startedAt, clock.instant()));
        ended.get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException e) {
      ended.complete("time");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the waiting. */
  public void stop(String reason) {
    ended.complete(reason);
  }

  /** How each venue stands, or stood when it ended; none before the start. */
  public List<VenueState> venues() {
    return rooms.states();
  }

  /** The level of mitigation of each venue, by provider, for an operator; none before the start. */
  public Map<String, Mitigation> mitigations() {
    return Map.copyOf(mitigations);
  }

  /** Freezes days; null before the start. */
  public @Nullable Packages packages() {
    return packages;
  }

  public MarketClock clock() {
    return clock;
  }

  /** The system's time, whatever the market's clock shows. */
  public Instant systemNow() {
    return clock.instant().minus(clock.offset());
  }

  /** Where this process answers, and for whom; empty before the start. */
  public String listening() {
    HttpRoom open = http;
    return open == null ? "" : open.greeting();
  }

  /** What opens the console where nobody has an account; empty where it is not needed. */
  public String oneTimePassword() {
    HttpRoom open = http;
    return open == null ? "" : open.oneTimePassword();
  }

  public Path root() {
    return Objects.requireNonNull(root);
  }

  /** The simulated exchanges; null when the venues are real. */
  public @Nullable Simulator simulator() {
    return simulator;
  }

  /** Drains, seals and gives the directory back. Idempotent. */
  @Override
  public synchronized void close() {
    // From now on a batch that finds its route stopped goes to its file directly.
    ended.complete("closed");
    if (closed) {
      return;
    }
    closed = true;
    String reason = ended.getNow("closed");
    try {
      if (routeRoom != null) {
        routeRoom.close();
      }
      if (watchdog != null) {
        watchdog.close();
      }
      rooms.stopping(reason);
      shown.forEach(Shown::close);
      if (packages != null) {
        packages.close();
      }
      if (retention != null) {
        retention.close();
      }
      if (loads != null) {
        loads.close();
      }
      if (routes != null) {
        routes.close();
      }
      // The routes are gone; what is left to say is written directly.
      appender.set(this::appendDirectly);
      rooms.stop(reason);
      rooms.close();
    } finally {
      if (http != null) {
        http.close();
      }
      if (meters != null) {
        meters.close();
      }
      secretAlarm.close();
      if (simulator != null) {
        simulator.close();
      }
      if (lock != null) {
        lock.close();
      }
    }
  }

  private Appender current() {
    Appender now = appender.get();
    // While the routes stop, a batch that finds its route gone goes to its file directly.
    return ended.isDone() ? this::appendDirectly : now;
  }

  private void appendDirectly(Batch batch) throws IOException {
    new ChannelAppender(root()).append(batch);
  }

  /** Without any venue there is nothing left to do. */
  private void refuse(String provider, String why) {
    rooms.refuse(provider, why);
    if (rooms.refused() >= observed) {
      ended.complete("key refused");
    }
  }
}
