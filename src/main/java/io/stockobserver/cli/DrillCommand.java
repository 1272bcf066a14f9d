package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.BackupProcess;
import io.stockobserver.BackupSettings;
import io.stockobserver.Settings;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.backup.drilling.Damage;
import io.stockobserver.backup.drilling.DrillRound;
import io.stockobserver.backup.drilling.Drilled;
import io.stockobserver.market.MarketClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a backup back from the disk that it lies on, and gives or takes back its word. */
@Command(
    name = "drill",
    description =
        "Reads a backup back: each day all of it the first time, a share of it later. Exit 1 if"
            + " anything is not as it was packaged.",
    mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {
  private final Place place = new Place();
  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DAY",
      defaultValue = "all",
      description = "YYYYMMDD, or latest (default: every day of the backup).")
  private String day = "all";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The backup's root (default: the setting backup.dir).")
  private @Nullable Path data;

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = "Only this provider; may be given again.")
  private List<String> providers = List.of();

  @Option(
      names = "--share",
      paramLabel = "1%",
      description = "Of a day that was read in full before (default: backup.drill.share).")
  private @Nullable String share;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Read the files again that an earlier drill with this seed has read.")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Settings settings =
        Settings.read(
            place.home().resolve("config/application.properties"), System.getenv(), overrides());
    BackupSettings backup = BackupSettings.read(settings, place.home());
    Path root = backup.pull().root();
    if (!Files.isDirectory(root)) {
      throw new ArchiveException(root + " is not there; name a backup with --data");
    }
    Random random = new Random();
    DrillRound round =
        BackupProcess.drills(
            backup,
            MarketClock.live(),
            () -> backup.servers(null, System.getenv()),
            () -> seed != null ? seed : random.nextLong());
    List<DrillRound.Task> tasks = tasks(round);
    if (tasks.isEmpty()) {
      System.err.println(
          "observer: "
              + root
              + " has no package"
              + (day.equals("all") ? "" : " of " + day)
              + "; ./observer pull fetches them");
      return ObserverCommand.NO;
    }
    List<Drilled> done = new ArrayList<>();
    try (Bar bar = new Bar("reading back", json)) {
      bar.all(tasks.stream().filter(DrillRound.Task::all).mapToLong(t -> t.storedBytes()).sum());
      round.run(
          tasks,
          bar::done,
          drilled -> {
            bar.close();
            done.add(drilled);
            if (!json) {
              tell(drilled);
            }
          });
    }
    boolean ok = done.stream().allMatch(Drilled::ok);
    if (json) {
      System.out.println(json(done, root));
    } else {
      System.out.println(
          ok ? "The backup holds (" + root + ")" : "NOT as it was packaged (" + root + ")");
    }
    return ok ? ObserverCommand.DONE : ObserverCommand.NO;
  }

  private Map<String, String> overrides() {
    Map<String, String> all = new TreeMap<>();
    if (data != null) {
      all.put("backup.dir", data.toAbsolutePath().toString());
    }
    if (share != null) {
      all.put("backup.drill.share", share);
    }
    return all;
  }

  private List<DrillRound.Task> tasks(DrillRound round) throws IOException {
    List<DrillRound.Task> all =
        round.tasks(id -> providers.isEmpty() || providers.contains(id.provider()));
    if (day.equals("all") || all.isEmpty()) {
      return all;
    }
    var date =
        day.equals("latest")
            ? all.get(all.size() - 1).id().date()
            : Days.parse(day, spec, "YYYYMMDD or latest");
    return all.stream().filter(task -> task.id().date().equals(date)).toList();
  }

  private static void tell(Drilled drilled) {
    if (drilled.ok()) {
      System.out.println(
          "%s: %s, %s in %s lines%s"
              .formatted(
                  drilled.id(),
                  drilled.share() == 1
                      ? "all of its " + Words.count(drilled.ofFiles()) + " files read back"
                      : String.format(
                          Locale.ROOT,
                          "%d of %d files read back (seed %d)",
                          drilled.files().size(),
                          drilled.ofFiles(),
                          drilled.seed()),
                  Words.bytes(drilled.bytes()),
                  Words.count(drilled.lines()),
                  drilled.direct() ? "" : ", through the system's cache"));
    }
    drilled.damage().forEach(damage -> System.out.println(drilled.id() + ": " + damage.words()));
  }

  private static String json(List<Drilled> done, Path root) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.put("path", root.toString());
    all.put("ok", done.stream().allMatch(Drilled::ok));
    ArrayNode packages = all.putArray("packages");
    for (Drilled drilled : done) {
      ObjectNode one = packages.addObject();
      one.put("package", drilled.id().toString());
      one.put("ok", drilled.ok());
      one.put("share", drilled.share());
      one.put("seed", drilled.seed());
      one.put("files", drilled.files().size());
      one.put("of_files", drilled.ofFiles());
      one.put("bytes", drilled.bytes());
      one.put("lines", drilled.lines());
      one.put("past_cache", drilled.direct());
      ArrayNode damage = one.putArray("damage");
      for (Damage each : drilled.damage()) {
        ObjectNode what = damage.addObject();
        what.put("path", each.path()).put("kind", each.kind());
        if (each.line() > 0) {
          what.put("line", each.line());
        }
        if (each.at() >= 0) {
          what.put("at", each.at());
        }
        what.put("what", each.what());
      }
    }
    return all.toString();
  }
}
