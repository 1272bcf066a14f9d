package io.stockobserver;

import io.stockobserver.archive.Appender;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.Batch;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Finding;
import io.stockobserver.archive.OpenFile;
import io.stockobserver.archive.Recovery;
import io.stockobserver.evidence.Event;
import io.stockobserver.evidence.GapMarker;
import io.stockobserver.market.MarketClock;
import io.stockobserver.market.TradingCalendar;
import io.stockobserver.market.TradingDay;
import io.stockobserver.mitigation.Mitigation;
import io.stockobserver.provider.kis.KisKey;
import io.stockobserver.recorder.Recorder;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.route.LevelFace;
import io.stockobserver.route.RouteAppender;
import io.stockobserver.route.RouteCheck;
import io.stockobserver.route.RouteFinding;
import io.stockobserver.route.RouteParts;
import io.stockobserver.route.RouteReferences;
import io.stockobserver.route.Shown;
import io.stockobserver.route.SlotsFace;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job: takes the archive, recovers what an earlier process left, begins a session, lets
 * the routes run and ends cleanly. One instance a run; {@link #start()}, {@link #await}, {@link
 * #close()} in this order, by one thread; {@link #stop} by any.
 */
public final class Collector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final ZoneId SEOUL = Ground.SEOUL;

  /** At the lowest frequency two samples are two seconds apart. */
  private static final Duration LONGEST_BETWEEN_SAMPLES = Duration.ofSeconds(4);

  private static final String SIMULATED_START = "2026-11-20T09:29:50";

  /**
   * What the command line says.
   *
   * @param simulate whether the venues are simulated inside, on loopback
   * @param at the market instant at start; null for the system's, or the simulation's own
   * @param atSystem the system instant at which {@code at} holds; null for now
   * @param overrides settings that win over file and environment
   * @param home the folder that holds {@code config} and {@code routes}
   */
  public record Options(
      boolean simulate,
      @Nullable Instant at,
      @Nullable Instant atSystem,
      Map<String, String> overrides,
      Path home) {}

  private final Options options;
  private final Map<String, String> environment;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final AtomicReference<Appender> appender = new AtomicReference<>();
  private volatile MarketClock clock = MarketClock.live();
  private @Nullable ArchiveLock lock;
  private @Nullable Simulator simulator;
  private @Nullable Main main;
  private @Nullable Room room;
  private @Nullable Mitigation mitigation;
  private final List<Shown> shown = new ArrayList<>();
  private volatile @Nullable String refusal;
  private @Nullable Path root;
  private Instant startedAt = Instant.MIN;

  public Collector(Options options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
  }

  /**
   * Begins to collect; returns once the session has begun and the routes run.
   *
   * @throws Settings.SettingsException for a bad setting or a missing key
   * @throws ArchiveException for a directory that is held, full or not writable
   */
  public void start() throws Exception {
    Settings settings =
        Settings.read(
            options.home().resolve("config/application.properties"),
            environment,
            options.overrides());
    Ground ground = Ground.read(settings, options.home(), options.simulate());
    root = ground.root();
    // A bad value is told before the archive is touched, a simulated venue's addresses follow.
    KisRoom.KisSettings.read(settings);
    settings.refuseUnknown();
    KisKey key = options.simulate() ? null : key();
    TradingCalendar calendar = ground.calendar();
    ArchiveSettings archiveSettings = ground.archive();

    lock = ArchiveLock.take(root, () -> clock.instant());
    Archive archive = Archive.open(archiveSettings, () -> clock.instant());
    Recovery found = archive.recovery();
    clock = chooseClock(found, calendar);
    if (options.simulate()) {
      Simulator started = Simulator.start(SimulatorOptions.at(clock));
      simulator = started;
      settings.set("provider.kis.rest.url", started.restUrl().toString());
      settings.set("provider.kis.feed.url", started.feedUrl().toString());
      settings.set("provider.kis.master.url", started.masterUrl().toString());
      key = new KisKey(started.appKey(), started.appSecret());
    }
    KisRoom.KisSettings kis = KisRoom.KisSettings.read(settings);

    Appender direct = new ChannelAppender(root);
    appender.set(direct);
    Instant now = clock.instant();
    KisRoom built =
        new KisRoom(
            kis,
            java.util.Objects.requireNonNull(key),
            clock,
            ground.calendarDir(),
            ground.evidenceDir(),
            calendar,
            archive,
            archiveSettings,
            batch -> current().append(batch),
            now,
            this::refuse);
    room = built;
    begin(built, found, now, archiveSettings, calendar);

    Mitigation level = LoadRoom.over(List.of(built), ground.mitigation(), clock);
    mitigation = level;
    Map<String, Object> beans = LoadRoom.beans(built, level);
    Main camel = camel(settings, built, beans);
    main = camel;
    run(camel, settings, beans);
    shown.add(LevelFace.show(level));
    shown.add(SlotsFace.show(built.recorder()));
    appender.set(new RouteAppender(camel.getCamelContext()));
  }

  /** Waits until the time is over, somebody stops it, or the venue refuses us for good. */
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
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the waiting. */
  public void stop(String reason) {
    ended.complete(reason);
  }

  /** Why the venue refused us for good; null when it did not. */
  public @Nullable String refusal() {
    return refusal;
  }

  /** How it stands; null before the start. */
  public @Nullable RecorderState state() {
    Room r = room;
    return r == null ? null : r.recorder().state();
  }

  /** The level of mitigation, for an operator; null before the start. */
  public @Nullable Mitigation mitigation() {
    return mitigation;
  }

  public MarketClock clock() {
    return clock;
  }

  /** The system's time, whatever the market's clock shows. */
  public Instant systemNow() {
    return clock.instant().minus(clock.offset());
  }

  /** What a person should know of the venue; empty for nothing. */
  public String greeting() {
    Room r = room;
    return r == null ? "" : r.greeting(r.recorder().universe().size());
  }

  /** The files being written. */
  public List<OpenFile> openFiles() {
    Room r = room;
    return r == null ? List.of() : r.archive().open();
  }

  public Path root() {
    return java.util.Objects.requireNonNull(root);
  }

  /** The simulated exchanges; null when the venues are real. */
  public @Nullable Simulator simulator() {
    return simulator;
  }

  /** Drains, seals and gives the directory back. Idempotent. */
  @Override
  public synchronized void close() {
    Room r = room;
    // From now on a batch that finds its route stopped goes to its file directly.
    ended.complete("closed");
    if (r != null) {
      r.closing();
      r.recorder().closing();
      r.recorder().stopping(ended.getNow("closed"));
    }
    shown.forEach(Shown::close);
    shown.clear();
    Main camel = main;
    main = null;
    if (camel != null) {
      camel.stop();
    }
    if (r != null) {
      // The routes are gone; what is left to say is written directly.
      appender.set(new ChannelAppender(root()));
      r.recorder().stop(ended.getNow("closed"));
      r.archive().close();
      room = null;
      last = r;
    }
    if (simulator != null) {
      simulator.close();
      simulator = null;
    }
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }

  private @Nullable Room last;

  /** How it stood when it ended; null before. */
  public @Nullable RecorderState lastState() {
    return last == null ? null : last.recorder().state();
  }

  private Appender current() {
    Appender now = appender.get();
    // While the routes stop, a batch that finds its route gone goes to its file directly.
    return ended.isDone() ? this::appendStopping : now;
  }

  private void appendStopping(Batch batch) throws IOException {
    new ChannelAppender(root()).append(batch);
  }

  private void refuse(String message) {
    LOG.error("{}", message);
    refusal = message;
    ended.complete("key refused");
  }

  private KisKey key() {
    Credentials credentials = new Credentials(environment);
    String remedy =
        "set KIS_APP_KEY and KIS_APP_SECRET as KIS issued them, or try --simulate, which needs none";
    try {
      return new KisKey(
          credentials.secret("KIS_APP_KEY", remedy), credentials.secret("KIS_APP_SECRET", remedy));
    } catch (IllegalArgumentException e) {
      throw new Settings.SettingsException(
          "KIS_APP_KEY or KIS_APP_SECRET cannot be right: " + e.getMessage());
    }
  }

  /** The simulation goes on where the directory ends, or on the next trading day. */
  private MarketClock chooseClock(Recovery found, TradingCalendar calendar) {
    Instant at = options.at();
    if (at != null) {
      return options.atSystem() == null
          ? MarketClock.startingAt(at)
          : MarketClock.startingAt(at, options.atSystem());
    }
    if (!options.simulate()) {
      return MarketClock.live();
    }
    Instant first = java.time.LocalDateTime.parse(SIMULATED_START).atZone(SEOUL).toInstant();
    Instant lastHeard = found.lastHeardAt().orElse(null);
    if (lastHeard == null || lastHeard.isBefore(first)) {
      return MarketClock.startingAt(first);
    }
    LocalDate date = lastHeard.atZone(SEOUL).toLocalDate();
    TradingDay day = calendar.day(date);
    Instant next = lastHeard.plusSeconds(1);
    if (day.open() && next.isBefore(day.closes().plusSeconds(90))) {
      return MarketClock.startingAt(next);
    }
    return MarketClock.startingAt(
        calendar.next(date).opens().plus(Duration.ofMinutes(30)).minusSeconds(10));
  }

  private void begin(
      KisRoom built,
      Recovery found,
      Instant now,
      ArchiveSettings archiveSettings,
      TradingCalendar calendar) {
    Recorder recorder = built.recorder();
    startedAt = now;
    String session =
        "sess_"
            + now.atZone(archiveSettings.zone())
                .format(DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss"));
    Map<String, Object> more = new HashMap<>();
    more.put("simulated", options.simulate());
    more.put("recovered_findings", found.findings().size());
    recorder.start(session, new java.util.TreeMap<>(more));
    // What an earlier process left ends here and not before: the start itself takes its time.
    Instant begun = clock.instant();
    for (Finding finding : found.findings()) {
      recorder.event(
          Event.of("segment_recovered", now)
              .with("kind", finding.kind())
              .with("path", finding.path())
              .with("kept_lines", finding.keptLines())
              .with("kept_bytes", finding.keptBytes())
              .with("set_aside_bytes", finding.asideBytes())
              .with("set_aside_at", finding.asideAt().isEmpty() ? null : finding.asideAt())
              .with("detail", finding.detail().isEmpty() ? null : finding.detail()));
    }
    if (!found.cleanEnd()) {
      found
          .lastHeardAt()
          .ifPresent(
              lastHeard -> {
                explain(recorder, lastHeard, begun, calendar, archiveSettings);
                found.lastSampleAt().ifPresent(at -> unwritten(recorder, at, lastHeard));
              });
    }
    recorder.useFrozenUniverse();
  }

  /** A process that ended without a word left a gap on every day between its end and now. */
  private static void explain(
      Recorder recorder,
      Instant lastHeard,
      Instant now,
      TradingCalendar calendar,
      ArchiveSettings archiveSettings) {
    GapMarker whole = new GapMarker(lastHeard, now, "all", "restart", null, null);
    LocalDate date = lastHeard.atZone(archiveSettings.zone()).toLocalDate();
    LocalDate end = now.atZone(archiveSettings.zone()).toLocalDate();
    for (; !date.isAfter(end); date = date.plusDays(1)) {
      TradingDay day = calendar.day(date);
      if (day.open()) {
        // The closing sweep is a minute after the close and stands for a minute.
        GapMarker part = whole.clip(day.opens(), day.closes().plusSeconds(120));
        if (part != null) {
          recorder.pastGap(part);
        }
      }
    }
  }

  /**
   * What the tape had and a kill kept from its files: the lines of one sample, those of the last
   * instant that has any included, for a batch can be torn.
   */
  private static void unwritten(Recorder recorder, Instant lastSample, Instant lastHeard) {
    if (lastSample.isBefore(lastHeard)
        && Duration.between(lastSample, lastHeard).compareTo(LONGEST_BETWEEN_SAMPLES) <= 0) {
      recorder.pastGap(
          new GapMarker(lastSample, lastHeard, "scalp", "restart", "lines-lost", null));
    }
  }

  /** Starts the routes; a slip in a file stops the start in one line. */
  private void run(Main camel, Settings settings, Map<String, Object> beans) throws Exception {
    try {
      camel.init();
      refuse(RouteReferences.in(camel.getCamelContext()));
      camel.start();
    } catch (Settings.SettingsException e) {
      throw e;
    } catch (Exception e) {
      // Camel tells of it in forty lines without the file: the check knows file, line and remedy.
      LOG.error("the routes do not start", e);
      refuse(
          new RouteCheck(
                  options.home().resolve("routes"), settings.all(), beans, MarketClock.live())
              .findings());
      throw e;
    }
  }

  private static void refuse(List<RouteFinding> findings) {
    if (!findings.isEmpty()) {
      int more = findings.size() - 1;
      throw new Settings.SettingsException(
          "routes/"
              + findings.get(0).sentence()
              + (more > 0 ? " (and " + more + " more: ./observer verify-routes)" : ""));
    }
  }

  private Main camel(Settings settings, Room built, Map<String, Object> beans) {
    Main camel = new Main();
    Properties overrides = new Properties();
    overrides.putAll(settings.all());
    overrides.put("camel.main.name", "stock-observer");
    overrides.put("camel.main.basePackageScanEnabled", "false");
    overrides.put(
        "camel.main.routesIncludePattern",
        "file:" + options.home().toAbsolutePath().resolve("routes") + "/*.camel.yaml");
    overrides.put("camel.main.shutdownTimeout", "15");
    overrides.put("camel.main.startupSummaryLevel", "Off");
    overrides.put("camel.main.useMdcLogging", "false");
    camel.setOverrideProperties(overrides);
    camel.setDefaultPropertyPlaceholderLocation("false");
    Map<String, Object> parts = RouteParts.by(clock);
    parts.forEach(camel::bind);
    built.feeds(RouteParts.feeds(parts));
    beans.forEach(camel::bind);
    return camel;
  }
}
