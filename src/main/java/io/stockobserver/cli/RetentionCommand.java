package io.stockobserver.cli;

import io.stockobserver.Forgetting;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.market.MarketClock;
import io.stockobserver.retention.RetentionPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Forgets days that a backup has proven, where no process records into the archive. */
@Command(
    name = "retention",
    description =
        "Deletes the raw files of days that are old enough and proven elsewhere, and tells of the"
            + " others.",
    mixinStandardHelpOptions = true)
final class RetentionCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();

  @Option(names = "--dry-run", description = "Only print the plan; needs no lock.")
  private boolean dryRun;

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = "Only this provider; may be given again (default: all that the archive has).")
  private List<String> providers = List.of();

  @Option(
      names = "--clock-is-right",
      description = "You vouch for this machine's clock, though nobody has recorded for a day.")
  private boolean trustClock;

  @Override
  public Integer call() throws IOException {
    Path root = place.archive().toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      throw new ArchiveException(root + " is not there; name an archive with --data");
    }
    List<RetentionPlan> plans =
        dryRun
            ? Forgetting.plan(
                place.home(), System.getenv(), place.overrides(), providers, MarketClock.live())
            : Forgetting.carryOut(
                place.home(),
                System.getenv(),
                place.overrides(),
                providers,
                trustClock,
                MarketClock.live());
    if (place.json) {
      System.out.println(RetentionTable.json(plans, dryRun));
    } else {
      int columns = Math.max(60, Integer.getInteger("observer.columns", 100));
      RetentionTable.lines(plans, dryRun, columns).forEach(System.out::println);
    }
    return ObserverCommand.DONE;
  }
}
