package io.stockobserver.cli;

import io.stockobserver.BackupProcess;
import io.stockobserver.BackupSettings;
import io.stockobserver.Settings;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.pulling.PullReport;
import io.stockobserver.backup.pulling.PullServer;
import io.stockobserver.backup.pulling.Puller;
import io.stockobserver.market.MarketClock;
import io.stockobserver.secret.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fetches what the servers have and this backup has not, and proves it on the way. */
@Command(
    name = "pull",
    description = "Fetches packages from the servers, verifies and acknowledges them.",
    mixinStandardHelpOptions = true)
final class PullCommand implements Callable<Integer> {
  private final Place place = new Place();

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = "Only this server: a URL, or a name of backup.servers.")
  private @Nullable String from;

  @Option(
      names = {"--to", "--data"},
      paramLabel = "DIR",
      description = "The backup's root (default: the setting backup.dir).")
  private @Nullable Path to;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--scheduled",
      description = "Stay, and pull every evening at backup.pull.at; end with Ctrl-C.")
  private boolean scheduled;

  @Override
  public Integer call() throws Exception {
    Settings settings =
        Settings.read(
            place.home().resolve("config/application.properties"), System.getenv(), overrides());
    BackupSettings backup = BackupSettings.read(settings, place.home());
    List<PullServer> servers = backup.servers(from, System.getenv());
    if (System.getProperty("observer.log") == null) {
      System.setProperty(
          "observer.log", backup.pull().root().resolve("log/observer.log").toString());
    }
    // Only now: who asks for the log opens its file.
    Secrets tokens = new Secrets();
    servers.forEach(server -> tokens.learn(server.name(), server.token()));
    LogLine.hide(tokens);
    return scheduled ? stay(settings, servers) : once(backup, servers);
  }

  private Map<String, String> overrides() {
    Map<String, String> all = new TreeMap<>();
    if (to != null) {
      all.put("backup.dir", to.toAbsolutePath().toString());
    }
    return all;
  }

  private int once(BackupSettings backup, List<PullServer> servers) throws Exception {
    Clock clock = MarketClock.live();
    PullReport report;
    try (PullBar bar = new PullBar(json)) {
      report = new Puller(backup.pull(), new LocalDisk(), clock).pull(servers, bar);
    }
    print(report, backup.pull().root());
    return report.exit();
  }

  private void print(PullReport report, Path root) {
    if (json) {
      System.out.println(PullTable.json(report, root));
    } else {
      int columns = Math.max(60, Integer.getInteger("observer.columns", 100));
      PullTable.lines(report, root, columns).forEach(System.out::println);
    }
  }

  private int stay(Settings settings, List<PullServer> servers) throws Exception {
    Path root = BackupSettings.read(settings, place.home()).pull().root();
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (BackupProcess process =
        BackupProcess.start(place.home(), settings, servers, report -> print(report, root))) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    ended.countDown();
                    try {
                      closed.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  },
                  "backup-stop"));
      if (!json) {
        System.out.println(
            "Pulling into " + root + " every day at " + settings.text("backup.pull.at") + " KST");
      }
      ended.await();
    }
    closed.countDown();
    return ObserverCommand.DONE;
  }
}
