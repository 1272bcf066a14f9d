package io.stockobserver;

import io.stockobserver.archive.packages.PackageStanding;
import io.stockobserver.evidence.Event;
import io.stockobserver.health.Check;
import io.stockobserver.health.Health;
import io.stockobserver.health.HealthBoard;
import io.stockobserver.health.HealthReport;
import io.stockobserver.health.VenueChecks;
import io.stockobserver.health.VenueFacts;
import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import io.stockobserver.recorder.RecorderSettings;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.venue.FeedState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what is known of every venue and of the process, and has it judged. Whoever asks within
 * a second of another gets the same answer. Thread-safe; it may wait a moment, so no event loop
 * asks.
 */
final class HealthRoom implements Supplier<HealthReport> {
  private static final Logger LOG = LoggerFactory.getLogger(HealthRoom.class);
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PACKAGES_NANOS = Duration.ofMinutes(1).toNanos();

  private static final Duration MARKED = Duration.ofHours(1);

  /** After a day's end its package is made, and a long day takes its time. */
  private static final Duration PACKAGED_WITHIN = Duration.ofHours(3);

  /**
   * What it is built with.
   *
   * @param since when this process began to observe
   * @param backups whether somebody may fetch packages
   * @param unprovenAtMost how long a package may wait for a receipt
   * @param stopped the names of routes that are not running
   * @param more further checks
   */
  record Parts(
      Rooms rooms,
      Ground ground,
      Instant since,
      boolean backups,
      Duration unprovenAtMost,
      Supplier<List<FeedState>> feeds,
      Supplier<List<String>> stopped,
      Supplier<List<Check>> more,
      Clock clock,
      LongSupplier nanos) {}

  /** What lies on the disk is looked at once a minute. */
  private static final class Packages {
    private final PackageStanding standing;
    private PackageStanding.@Nullable Found found;
    private long nanos;

    private Packages(Path root, String provider) {
      standing = new PackageStanding(root, provider);
    }
  }

  private final Parts parts;
  private final HealthBoard board = new HealthBoard();
  private final Map<String, Packages> packages = new HashMap<>();
  private @Nullable HealthReport last;
  private long lastNanos;

  HealthRoom(Parts parts) {
    this.parts = parts;
  }

  @Override
  public synchronized HealthReport get() {
    HealthReport known = last;
    long now = parts.nanos().getAsLong();
    if (known != null && now - lastNanos < FRESH_NANOS) {
      return known;
    }
    HealthReport fresh = board.look(checks(), parts.clock().instant());
    last = fresh;
    lastNanos = now;
    return fresh;
  }

  /** Whether it can do its work: its routes run, and what comes is written. */
  boolean ready() {
    return get().lines().stream()
        .map(HealthReport.Line::check)
        .noneMatch(check -> check.name().equals("archive") && check.health() == Health.DOWN);
  }

  private List<Check> checks() {
    List<Check> all = new ArrayList<>();
    List<VenueState> states = parts.rooms().states();
    List<Room> rooms = parts.rooms().all();
    for (int i = 0; i < states.size(); i++) {
      all.addAll(VenueChecks.of(facts(rooms.get(i), states.get(i))));
      all.add(anomaly(rooms.get(i)));
    }
    all.add(disk());
    all.add(routes());
    all.addAll(parts.more().get());
    return all;
  }

  private VenueFacts facts(Room room, VenueState state) {
    RecorderState s = state.recorder();
    return new VenueFacts(
        room.provider(),
        parts.clock().instant(),
        parts.since(),
        feed(room, s),
        sweeps(room, state),
        keeping(room, s));
  }

  private VenueFacts.Feed feed(Room room, RecorderState s) {
    RecorderSettings settings = room.recorder().settings();
    Window scalp = room.recorder().rules().scalpWindow();
    TradingDay day = s.day();
    boolean stopped =
        parts.feeds().get().stream()
            .anyMatch(
                feed ->
                    settings.streams().contains(feed.feed())
                        && feed.phase() == FeedState.Phase.CLOSED);
    return new VenueFacts.Feed(
        day.open() ? scalp.start(day) : null,
        day.open() ? scalp.end(day) : null,
        stopped,
        s.feedOpen(),
        room.recorder().lastData(),
        s.feedOpen() ? room.recorder().deadFeed() : room.recorder().nobodyTries(),
        s.slotsWanted(),
        s.notReceiving());
  }

  private static VenueFacts.Sweeps sweeps(Room room, VenueState state) {
    RecorderState s = state.recorder();
    SweepGrid grid = room.recorder().rules().sweeps();
    TradingDay day = s.day();
    RecorderState.Trouble trouble = s.trouble();
    return new VenueFacts.Sweeps(
        day.open() ? grid.window().start(day) : null,
        day.open() ? grid.window().end(day) : null,
        grid.every(),
        s.sweeping(),
        s.lastSweep(),
        s.sweepRecorded(),
        s.members(),
        state.refusal(),
        trouble == null ? null : trouble.text(),
        trouble == null ? null : trouble.at());
  }

  private VenueFacts.Keeping keeping(Room room, RecorderState s) {
    Optional<PackageStanding.Found> found = packages(room, s.day());
    Instant dayBegan = s.day().date().atStartOfDay(s.day().zone()).toInstant();
    boolean due =
        parts
            .clock()
            .instant()
            .isAfter(dayBegan.plus(parts.ground().packages().finalAfter()).plus(PACKAGED_WITHIN));
    return new VenueFacts.Keeping(
        s.diskTrouble(),
        room.archive().trouble().orElse(null),
        s.mitigationLevel(),
        s.day().known(),
        offset(room.recorder().minute()),
        found
            .filter(f -> due && !f.packaged())
            .flatMap(PackageStanding.Found::lastDay)
            .map(day -> day.toString().replace("-", ""))
            .orElse(""),
        found.flatMap(PackageStanding.Found::unprovenSince).orElse(null),
        parts.unprovenAtMost(),
        parts.backups() || found.map(PackageStanding.Found::receipts).orElse(false));
  }

  /** How the packages of a provider stand; empty where that cannot be read. */
  Optional<PackageStanding.Found> packages(Room room, TradingDay day) {
    Packages known =
        packages.computeIfAbsent(
            room.provider(), provider -> new Packages(room.archive().settings().root(), provider));
    long now = parts.nanos().getAsLong();
    if (known.found == null || now - known.nanos >= PACKAGES_NANOS) {
      try {
        known.found = known.standing.look(day.date());
        known.nanos = now;
      } catch (IOException unreadable) {
        LOG.warn("the packages of {} cannot be looked at", room.provider(), unreadable);
        return Optional.empty();
      }
    }
    return Optional.of(known.found);
  }

  private static @Nullable Duration offset(@Nullable Event minute) {
    return minute != null && minute.get("venue_clock_offset_ms") instanceof Number millis
        ? Duration.ofMillis(millis.longValue())
        : null;
  }

  /** What marks a day is looked at by somebody, also when it has passed. */
  private Check anomaly(Room room) {
    Event marked = room.recorder().anomaly();
    if (marked == null
        || Duration.between(marked.at(), parts.clock().instant()).compareTo(MARKED) > 0) {
      return Check.well("anomaly", room.provider(), "nothing marked the day in the last hour");
    }
    return new Check(
        "anomaly",
        room.provider(),
        Health.DEGRADED,
        marked.get("reason") + ": " + marked.get("detail"),
        "./observer audit today shows what it cost");
  }

  private Check disk() {
    double used = Forgetting.diskUsedPercent(parts.ground().root());
    double most = parts.ground().retention().diskPercent();
    String detail = String.format(java.util.Locale.ROOT, "%.1f %% used", used);
    return used <= most
        ? Check.well("disk", "", detail)
        : new Check(
            "disk",
            "",
            Health.DEGRADED,
            detail + ", " + (long) most + " % is the limit (retention.disk)",
            "see that backups give their receipts, so that days can be forgotten; or make room");
  }

  private Check routes() {
    List<String> stopped = parts.stopped().get();
    return stopped.isEmpty()
        ? Check.well("routes", "", "all run")
        : new Check(
            "routes",
            "",
            Health.DEGRADED,
            "not running: " + String.join(", ", stopped),
            "start them again, or see in system/events who stopped them and why");
  }
}
