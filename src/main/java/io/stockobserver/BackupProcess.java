package io.stockobserver;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.drilling.DrillRound;
import io.stockobserver.backup.drilling.NightlyDrills;
import io.stockobserver.backup.pulling.Acknowledging;
import io.stockobserver.backup.pulling.NightlyPull;
import io.stockobserver.backup.pulling.PullReport;
import io.stockobserver.backup.pulling.PullServer;
import io.stockobserver.backup.pulling.PullSettings;
import io.stockobserver.backup.pulling.Puller;
import io.stockobserver.backup.pulling.ReceiptDelivery;
import io.stockobserver.market.MarketClock;
import io.stockobserver.route.RouteFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
        "nightlyPull",
        new NightlyPull(puller, servers, settings.at(), settings.every(), told),
        "drills",
        new NightlyDrills(
            drills(settings, clock, servers, new Random()::nextLong), settings.drillAt()));
  }

  /**
   * Reads a backup back.
   *
   * @param servers who gets its word at once; who is not among them gets it with the next pull
   * @param seeds choose the files of a share
   */
  public static DrillRound drills(
      BackupSettings settings,
      Clock clock,
      Supplier<List<PullServer>> servers,
      LongSupplier seeds) {
    PullSettings pull = settings.pull();
    LocalDisk disk = new LocalDisk();
    ReceiptDelivery delivery =
        settings.urls().isEmpty()
            ? ReceiptDelivery.LATER
            : new Acknowledging(pull.root(), disk, servers, pull.patience());
    return new DrillRound(
        pull.root(), pull.by(), settings.drillShare(), disk, clock, seeds, delivery);
  }

  @Override
  public void close() {
    routes.close();
  }
}
