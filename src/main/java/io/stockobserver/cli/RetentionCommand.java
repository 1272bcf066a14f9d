package io.stockobserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.Forgetting;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.market.MarketClock;
import io.stockobserver.retention.RetentionPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Forgets days that a backup has proven; where an observer records, by that observer. */
@Command(
    name = "retention",
    description =
        "Deletes the raw files of days that are old enough and proven elsewhere, and tells of the"
            + " others.",
    mixinStandardHelpOptions = true)
final class RetentionCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();
  @Spec private @Nullable CommandSpec spec;

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
    Optional<ControlClient> observer = dryRun ? Optional.empty() : ControlClient.of(root);
    if (observer.isPresent()) {
      return byObserver(observer.get());
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

  private int byObserver(ControlClient observer) {
    if (!providers.isEmpty() || trustClock) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "an observer runs here and does it for all that it records, by its own clock; leave"
              + " --provider and --clock-is-right out");
    }
    JsonNode told = observer.post("/api/retention");
    if (place.json) {
      System.out.println(told);
      return ObserverCommand.DONE;
    }
    for (JsonNode day : told.path("days")) {
      System.out.println(
          "%s %s, %d d, %s: %s %s, %s"
              .formatted(
                  day.path("day").asText(),
                  day.path("provider").asText(),
                  day.path("age_days").asLong(),
                  Words.bytes(day.path("bytes").asLong()),
                  day.path("verdict").asText(),
                  day.path("reason").asText(),
                  day.path("detail").asText()));
    }
    System.out.println("(by the observer that runs)");
    return ObserverCommand.DONE;
  }
}
