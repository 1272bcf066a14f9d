package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.Caretaker;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.audit.Shelf;
import io.stockobserver.backup.packing.PackageRefused;
import io.stockobserver.backup.packing.Packaged;
import io.stockobserver.backup.packing.Packager;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Freezes a day as a signed package; where an observer runs, it is asked to. */
@Command(
    name = "package",
    description =
        "Freezes a day as a signed package that a backup can pull. Exit 1 if a file of the day is"
            + " damaged.",
    mixinStandardHelpOptions = true)
final class PackageCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();
  @Mixin private AskedDay asked = new AskedDay();

  @Override
  public Integer call() throws IOException {
    LocalDate named = asked.byDate();
    Path root = place.archive().toAbsolutePath().normalize();
    Optional<ControlClient> observer = ControlClient.of(root);
    if (observer.isPresent()) {
      return new PackageByObserver(observer.get(), root, place.json).make(named, asked.providers());
    }
    @Nullable LocalDate newest = asked.isLatest() ? newest(root) : null;
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode told = mapper.createArrayNode();
    int exit = ObserverCommand.DONE;
    try (Caretaker caretaker =
            Caretaker.take(place.home(), System.getenv(), place.overrides(), asked.providers());
        Bar bar = new Bar("packaging", place.json)) {
      List<Shelf> shelves =
          caretaker.parts().stream()
              .map(part -> new Shelf(part.provider(), part.market()))
              .toList();
      LocalDate date = named != null ? named : newest != null ? newest : today(caretaker);
      boolean any = false;
      for (Shelf shelf : shelves) {
        if (!asked.providers().isEmpty() || shelf.has(caretaker.root(), date)) {
          any = true;
          exit = Math.max(exit, one(caretaker, shelf.provider(), date, bar, told.addObject()));
        }
      }
      if (!any) {
        throw new ArchiveException(
            caretaker.root() + " has nothing of " + DateTimeFormatter.BASIC_ISO_DATE.format(date));
      }
    }
    if (place.json) {
      System.out.println(
          mapper.writeValueAsString(mapper.createObjectNode().set("packages", told)));
    }
    return exit;
  }

  /** Asked before the archive is taken: a command leaves events on the day on which it is used. */
  private LocalDate newest(Path root) throws IOException {
    List<Shelf> shelves =
        Shelf.in(root).stream().filter(shelf -> asked.wants(shelf.provider())).toList();
    return Shelf.newestDay(root, shelves)
        .orElseThrow(
            () ->
                new ArchiveException(
                    root + " holds no day to package; name an archive with --data"));
  }

  private static LocalDate today(Caretaker caretaker) {
    return caretaker.clock().instant().atZone(caretaker.parts().get(0).zone()).toLocalDate();
  }

  private int one(Caretaker caretaker, String provider, LocalDate date, Bar bar, ObjectNode json) {
    json.put("provider", provider);
    try {
      Packaged made = caretaker.packages().make(provider, date, progress(bar));
      bar.close();
      json(made, json);
      if (!place.json) {
        tell(made, System.out);
      }
      return ObserverCommand.DONE;
    } catch (PackageRefused refused) {
      bar.close();
      json.put("reason", refused.reason().word()).put("detail", refused.getMessage());
      System.err.println("observer: " + refused.getMessage());
      return switch (refused.reason()) {
        case DAMAGED -> ObserverCommand.NO;
        case KEY -> ObserverCommand.BAD_INPUT;
        case DISK, NOTHING, STOPPED -> ObserverCommand.UNUSABLE;
        case FORGOTTEN -> ObserverCommand.DONE;
      };
    }
  }

  private static Packager.Progress progress(Bar bar) {
    return new Packager.Progress() {
      @Override
      public void all(long bytes) {
        bar.all(bytes);
      }

      @Override
      public void done(long bytes) {
        bar.done(bytes);
      }
    };
  }

  private static void tell(Packaged made, PrintStream out) {
    out.println(
        "%s: %s files, %s as %s (%s of that shared with the archive), %s"
            .formatted(
                made.id(),
                Words.count(made.files()),
                Words.bytes(made.bytes()),
                Words.bytes(made.storedBytes()),
                Words.bytes(made.linkedBytes()),
                made.complete() ? "complete" : "not complete"));
    if (!made.made()) {
      out.println("  nothing has changed since it was made: no new version");
    }
    made.open().stream().limit(3).forEach(why -> out.println("  not complete: " + why));
    if (made.open().size() > 3) {
      out.println("  and " + Words.count(made.open().size() - 3) + " more reasons");
    }
    if (!made.anomalies().isEmpty()) {
      out.println("  anomalies: " + String.join(", ", made.anomalies()));
    }
  }

  private static void json(Packaged made, ObjectNode json) {
    json.put("package", made.id().toString());
    json.put("made", made.made());
    json.put("complete", made.complete());
    made.open().forEach(json.putArray("open")::add);
    json.put("files", made.files());
    json.put("bytes", made.bytes());
    json.put("stored_bytes", made.storedBytes());
    json.put("linked_bytes", made.linkedBytes());
    made.anomalies().forEach(json.putArray("anomalies")::add);
    json.put("sha256", made.sha256());
  }
}
