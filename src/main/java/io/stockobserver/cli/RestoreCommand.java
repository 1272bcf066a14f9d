package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.Caretaker;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.backup.drilling.Restore;
import io.stockobserver.backup.drilling.RestoreReport;
import io.stockobserver.backup.drilling.RestoreSource;
import io.stockobserver.evidence.Event;
import io.stockobserver.market.MarketClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a day back from a backup, where no process records into the archive. */
@Command(
    name = "restore",
    description =
        "Brings a day back into an empty or damaged archive, never over a good file. Exit 1 if"
            + " something of it could not be brought back.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DAY", description = "YYYYMMDD.")
  private String day = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "A backup, or the folder of a package.")
  private Path from = Path.of("");

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = "Only this provider; may be given again (default: every one that has the day).")
  private List<String> providers = List.of();

  @Override
  public Integer call() throws IOException {
    LocalDate date = Days.parse(day, spec, "YYYYMMDD");
    if (!Files.isDirectory(from)) {
      throw new ArchiveException(from + " is not there; name a backup with --from");
    }
    List<RestoreSource> sources;
    try {
      sources =
          RestoreSource.of(from.toAbsolutePath().normalize(), date).stream()
              .filter(s -> providers.isEmpty() || providers.contains(s.table().id().provider()))
              .toList();
    } catch (IOException damaged) {
      System.err.println(
          "observer: " + damaged.getMessage() + "; nothing is brought back, try another backup");
      return ObserverCommand.NO;
    }
    if (sources.isEmpty()) {
      System.err.println("observer: " + from + " has no package of " + day);
      return ObserverCommand.NO;
    }
    List<RestoreReport> reports = restore(sources);
    boolean ok = reports.stream().allMatch(RestoreReport::ok);
    if (place.json) {
      System.out.println(json(reports));
    } else {
      reports.forEach(RestoreCommand::tell);
    }
    List<String> stopped = reports.stream().flatMap(report -> report.stopped().stream()).toList();
    if (!stopped.isEmpty()) {
      System.err.println("observer: " + stopped.get(0));
      return ObserverCommand.UNUSABLE;
    }
    return ok ? ObserverCommand.DONE : ObserverCommand.NO;
  }

  private List<RestoreReport> restore(List<RestoreSource> sources) throws IOException {
    Path root = place.archive().toAbsolutePath().normalize();
    List<RestoreReport> reports = new ArrayList<>();
    // Not opened yet: a start would take what is damaged for what there is, and list it anew.
    try (ArchiveLock lock = ArchiveLock.take(root, MarketClock.live());
        Bar bar = new Bar("bringing back", place.json)) {
      bar.all(
          sources.stream()
              .flatMap(source -> source.table().files().stream())
              .mapToLong(PackageFile::bytes)
              .sum());
      for (RestoreSource source : sources) {
        if (reports.stream().allMatch(report -> report.stopped().isEmpty())) {
          reports.add(new Restore(root, new LocalDisk(), bar::done).restore(source));
        }
      }
    }
    try {
      leaveEvents(reports);
    } catch (ArchiveException full) {
      if (reports.stream().allMatch(report -> report.stopped().isEmpty())) {
        throw full;
      }
      System.err.println("observer: no event says so: " + full.getMessage());
    }
    return reports;
  }

  private void leaveEvents(List<RestoreReport> reports) throws IOException {
    List<String> whose = reports.stream().map(report -> report.id().provider()).toList();
    try (Caretaker caretaker =
        Caretaker.take(place.home(), System.getenv(), place.overrides(), whose)) {
      for (Caretaker.Part part : caretaker.parts()) {
        for (RestoreReport report : reports) {
          boolean tells = !report.written().isEmpty() || report.stopped().isPresent();
          if (report.id().provider().equals(part.provider()) && tells) {
            part.event(event(report, caretaker));
          }
        }
      }
    }
  }

  private Event event(RestoreReport report, Caretaker caretaker) {
    return Event.of("day_restored", caretaker.clock().instant())
        .with("day", day)
        .with("package", report.id().toString())
        .with("files", report.written().size())
        .with("bytes", report.bytes())
        .with("aside", report.aside().isEmpty() ? null : report.aside())
        .with("problems", report.problems().isEmpty() ? null : report.problems().size())
        .with("stopped", report.stopped().orElse(null))
        .with("actor", System.getProperty("user.name"))
        .with("reason", "restore from " + from);
  }

  private static void tell(RestoreReport report) {
    System.out.println(
        "%s: %s files brought back (%s), %s were good"
            .formatted(
                report.id(),
                Words.count(report.written().size()),
                Words.bytes(report.bytes()),
                Words.count(report.good())));
    report.aside().forEach(each -> System.out.println("  damaged, moved aside: " + each));
    report.problems().forEach(each -> System.out.println("  NOT brought back: " + each));
  }

  private static String json(List<RestoreReport> reports) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.put("ok", reports.stream().allMatch(RestoreReport::ok));
    ArrayNode days = all.putArray("packages");
    for (RestoreReport report : reports) {
      ObjectNode one = days.addObject();
      one.put("package", report.id().toString());
      report.written().forEach(one.putArray("written")::add);
      one.put("bytes", report.bytes());
      one.put("good", report.good());
      report.aside().forEach(one.putArray("aside")::add);
      report.problems().forEach(one.putArray("problems")::add);
      report.stopped().ifPresent(why -> one.put("stopped", why));
    }
    return all.toString();
  }
}
