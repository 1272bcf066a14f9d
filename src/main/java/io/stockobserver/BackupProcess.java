package io.stockobserver;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.NightlyPull;
import io.stockobserver.backup.PullReport;
import io.stockobserver.backup.PullServer;
import io.stockobserver.backup.Puller;
import io.stockobserver.market.MarketClock;
import io.stockobserver.route.RouteFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A process whose only role is to be a backup: its routes, and no venue and no archive. */
public final class BackupProcess implements AutoCloseable {
  /** First words of the route files that are a backup's. */
  static final Set<String> VERBS = Set.of("pull", "drill");

  private final Routes routes;

  private BackupProcess(Routes routes) {
    this.routes = routes;
  }

  /**
   * Starts it.
   *
   * @param told of every pull
   * @throws Settings.SettingsException for a bad setting or a slip in a route
   */
  public static BackupProcess start(
      Path home, Settings settings, List<PullServer> servers, Consumer<PullReport> told)
      throws Exception {
    MarketClock clock = MarketClock.live();
    BackupSettings own = BackupSettings.read(settings, home);
    Routes routes =
        new Routes(
            RouteFolder.only(home.resolve("routes"), VERBS),
            settings.all(),
            beans(own, clock, () -> servers, told),
            clock);
    routes.start();
    return new BackupProcess(routes);
  }

  /** What its routes call, by name. */
  static Map<String, Object> beans(
      BackupSettings settings,
      Clock clock,
      Supplier<List<PullServer>> servers,
      Consumer<PullReport> told) {
    Puller puller = new Puller(settings.pull(), new LocalDisk(), clock);
    return Map.of(
        "nightlyPull", new NightlyPull(puller, servers, settings.at(), settings.every(), told));
  }

  @Override
  public void close() {
    routes.close();
  }
}
