package io.stockobserver;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.market.MarketClock;
import io.stockobserver.mitigation.Mitigation;
import io.stockobserver.route.RouteCheck;
import io.stockobserver.route.RouteFinding;
import io.stockobserver.route.RouteFolder;
import io.stockobserver.secret.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Would the observer start with these {@code routes/} and this {@code config/}? The rooms are built
 * over an empty archive in a temporary folder that is gone afterwards, so that the routes meet the
 * beans that they will call; the real archive is not touched, no key is needed, nothing starts.
 */
public final class Rehearsal {
  private static final String CONFIG = "config/application.properties";

  /**
   * What was found.
   *
   * @param files how many route files were looked at
   */
  public record Result(int files, List<RouteFinding> findings) {
    /** Whether a start would be accepted. */
    public boolean sound() {
      return findings.isEmpty();
    }
  }

  private Rehearsal() {}

  /**
   * Checks what is under {@code home}.
   *
   * @param overrides settings that win over file and environment
   * @throws IOException when a folder cannot be read, or there is no room for a temporary one
   */
  public static Result of(Path home, Map<String, String> environment, Map<String, String> overrides)
      throws IOException {
    Path scratch = Files.createTempDirectory("observer-rehearsal");
    try {
      return rehearse(home, environment, overrides, scratch);
    } finally {
      clear(scratch);
    }
  }

  private static Result rehearse(
      Path home, Map<String, String> environment, Map<String, String> overrides, Path scratch)
      throws IOException {
    Settings settings;
    Ground ground;
    Venues venues = Venues.all();
    try {
      settings = Settings.read(home.resolve(CONFIG), environment, overrides);
      ground = Ground.read(settings, home, false);
      venues.check(settings);
    } catch (Settings.SettingsException bad) {
      return new Result(0, List.of(finding(bad.getMessage())));
    }
    MarketClock clock = MarketClock.live();
    List<Room> rooms = new ArrayList<>();
    try {
      for (VenueDoor door : venues.known()) {
        rooms.add(room(door, settings, ground, scratch, clock));
      }
      Map<String, Mitigation> levels = LoadRoom.over(rooms, ground.mitigation(), clock);
      Map<String, Object> beans = LoadRoom.beans(rooms, levels);
      try (Packages packages = Packages.over(rooms, ground.packages(), clock)) {
        beans.putAll(packages.beans());
        try (Forgetting retention = Forgetting.over(rooms, ground.retention(), packages, clock)) {
          beans.putAll(retention.beans());
        }
      }
      try (Loads loads = new Loads(scratch, home, ground.loads(), clock, Map.of())) {
        beans.putAll(loads.beans(rooms));
      }
      beans.putAll(EtlKeys.report(settings, Map.of(), clock).beans());
      beans.put("alerts", AlertRoom.silent(clock));
      beans.putAll(
          BackupProcess.beans(BackupSettings.read(settings, home), clock, List::of, report -> {}));
      RouteCheck check =
          new RouteCheck(
              new RouteFolder(home.resolve("routes"), Set.of()), settings.all(), beans, clock);
      List<RouteFinding> findings = check.findings();
      return new Result(check.files(), findings);
    } finally {
      rooms.forEach(room -> room.archive().close());
    }
  }

  private static Room room(
      VenueDoor door, Settings settings, Ground ground, Path scratch, MarketClock clock)
      throws IOException {
    MarketDays days = ground.days(door);
    ArchiveSettings own =
        ArchiveSettings.of(scratch, door.provider(), door.market(), days.zone())
            .withSync(Duration.ZERO);
    Site site =
        new Site(
            ground,
            days,
            clock,
            Archive.open(own, clock),
            batch -> {},
            clock.instant(),
            settings.sha256(),
            new Secrets(),
            refusal -> {});
    return door.room(settings, Credentials.pretended(), site);
  }

  private static RouteFinding finding(String message) {
    int half = message.indexOf("; ");
    return half < 0
        ? new RouteFinding(CONFIG, 0, message, "correct it")
        : new RouteFinding(CONFIG, 0, message.substring(0, half), message.substring(half + 2));
  }

  private static void clear(Path scratch) {
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
