package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.market.MarketClock;
import io.stockobserver.universe.Universe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells who is in a day's universe, and who is not and why, as the archive has it frozen. */
@Command(
    name = "universe",
    description =
        "Tells who is in a day's universe and who is not and why, with the counts of each rule.",
    mixinStandardHelpOptions = true)
final class UniverseCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private Place place = new Place();
  @Mixin private AskedDay asked = new AskedDay();

  @Option(
      names = "--symbol",
      paramLabel = "S",
      description = "Only this symbol; may be given again.")
  private List<String> symbols = List.of();

  /** A frozen one and its file's name below the archive. */
  private record Frozen(String day, Path path) {}

  @Override
  public Integer call() throws IOException {
    Path root = place.archive().toAbsolutePath().normalize();
    List<Frozen> all = frozen(root);
    String named = day(all);
    List<Frozen> found = all.stream().filter(one -> one.day().equals(named)).toList();
    if (found.isEmpty()) {
      throw new ArchiveException(
          root
              + " has no universe"
              + (asked.providers().isEmpty() ? "" : " of " + String.join(", ", asked.providers()))
              + (named.isEmpty() ? "" : " of " + named)
              + (all.isEmpty()
                  ? "; collect freezes one a day"
                  : "; its newest is of " + all.get(all.size() - 1).day()));
    }
    ArrayNode told = JSON.createArrayNode();
    for (Frozen one : found) {
      Universe universe = read(one.path());
      if (place.json) {
        told.add(json(one.path(), universe));
      } else {
        UniverseTable.lines(universe, symbols, Words.columns()).forEach(System.out::println);
      }
    }
    if (place.json) {
      System.out.println(JSON.createObjectNode().set("universes", told));
    }
    return ObserverCommand.DONE;
  }

  private static Universe read(Path path) throws IOException {
    try {
      return Universe.parse(Files.readAllBytes(path));
    } catch (com.fasterxml.jackson.core.JsonProcessingException damaged) {
      throw new ArchiveException(
          path + " is no universe; ./observer verify says what it was", damaged);
    }
  }

  private ObjectNode json(Path file, Universe universe) throws IOException {
    ObjectNode told = JSON.readValue(file.toFile(), ObjectNode.class);
    if (!symbols.isEmpty()) {
      ArrayNode answers = told.putArray("asked");
      symbols.forEach(
          symbol ->
              answers
                  .addObject()
                  .put("symbol", symbol)
                  .put("why", UniverseTable.why(universe, symbol)));
      told.remove(List.of("symbols", "out"));
    }
    return told;
  }

  private String day(List<Frozen> all) {
    LocalDate named = asked.named(MarketClock.live().instant());
    if (named != null) {
      return DateTimeFormatter.BASIC_ISO_DATE.format(named);
    }
    return all.isEmpty() ? "" : all.get(all.size() - 1).day();
  }

  /** All of the providers that are asked about, by day. */
  private List<Frozen> frozen(Path root) throws IOException {
    List<Frozen> all = new ArrayList<>();
    for (Path venue : list(root.resolve("universe"))) {
      if (asked.wants(venue.getFileName().toString())) {
        for (Path market : list(venue)) {
          for (Path file : list(market)) {
            String name = file.getFileName().toString();
            if (name.matches("\\d{8}\\.json")) {
              all.add(new Frozen(name.substring(0, 8), file));
            }
          }
        }
      }
    }
    all.sort(java.util.Comparator.comparing(Frozen::day));
    return all;
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
