package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.Replay;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.Likeness;
import io.stockobserver.audit.Shelf;
import io.stockobserver.market.MarketClock;
import io.stockobserver.playback.Playback;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a day's tape through the same pipeline and compares what comes of it. */
@Command(
    name = "replay",
    description =
        "Runs a day's tape through the same pipeline into an empty directory and compares every"
            + " line that comes of it with the archive's.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();
  @Mixin private AskedDay asked = new AskedDay();
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where to (default: a temporary directory that is gone afterwards).")
  private @Nullable Path to;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description =
          "So many times as fast as it was (default: as fast as it goes; with --serve as fast as it"
              + " was).")
  private @Nullable Double speed;

  @Option(
      names = "--serve",
      paramLabel = "PORT",
      description =
          "Compare nothing: tell the day once more on this loopback port (0: any free one) as its"
              + " venue told it, for any client of the venue.")
  private @Nullable Integer port;

  @Option(
      names = "--from",
      paramLabel = "HH:MM[:SS]",
      description = "With --serve: the market's time to begin at (default: the day's first word).")
  private @Nullable LocalTime from;

  @Override
  public Integer call() throws Exception {
    Path root = place.archive().toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      throw new ArchiveException(root + " is not there; name an archive with --data");
    }
    if (speed != null && (speed <= 0 || speed.isNaN())) {
      throw bad("--speed " + speed + " never ends; write a number above 0");
    }
    List<Shelf> shelves = Shelf.in(root);
    LocalDate date = asked.date(MarketClock.live().instant(), () -> newest(root, shelves));
    if (port != null) {
      return serve(root, date, chosen(root, date, shelves), port);
    }
    if (from != null) {
      throw bad("--from is for --serve; a comparison reads the whole day");
    }
    List<Shelf> chosen = chosen(root, date, shelves);
    List<Replay.Result> results = new ArrayList<>();
    Path target = to == null ? Files.createTempDirectory("observer-replay") : to;
    try (TapeProgress bar = progress(root, date, chosen)) {
      for (Shelf shelf : chosen) {
        results.add(
            Replay.of(
                place.home(),
                System.getenv(),
                place.overrides(),
                target.resolve(shelf.provider()),
                shelf.provider(),
                date,
                pace().andThen(bar)));
      }
    } finally {
      if (to == null) {
        clear(target);
      }
    }
    tell(date, results);
    return results.stream().allMatch(Replay.Result::same)
        ? ObserverCommand.DONE
        : ObserverCommand.NO;
  }

  private List<Shelf> chosen(Path root, LocalDate date, List<Shelf> shelves) throws IOException {
    List<Shelf> chosen = new ArrayList<>();
    for (Shelf shelf : shelves) {
      if (asked.providers().isEmpty()
          ? Files.isDirectory(tape(root, shelf, date))
          : asked.wants(shelf.provider())) {
        chosen.add(shelf);
      }
    }
    if (chosen.isEmpty()) {
      throw new ArchiveException(
          root
              + " has no tape of "
              + (asked.providers().isEmpty()
                  ? date
                  : String.join(", ", asked.providers()) + " of " + date));
    }
    return chosen;
  }

  private static Path tape(Path root, Shelf shelf, LocalDate date) {
    return root.resolve("tape")
        .resolve(shelf.provider())
        .resolve(shelf.market())
        .resolve(DateTimeFormatter.BASIC_ISO_DATE.format(date));
  }

  private TapeProgress progress(Path root, LocalDate date, List<Shelf> shelves) throws IOException {
    List<Path> folders = shelves.stream().map(shelf -> tape(root, shelf, date)).toList();
    return new TapeProgress(root, folders, place.json);
  }

  /** Until somebody ends it: the day is over long before some clients are. */
  private int serve(Path root, LocalDate date, List<Shelf> shelves, int number) throws Exception {
    if (to != null) {
      throw bad("--serve writes nothing; leave --to out");
    }
    if (number < 0 || number > 65_535) {
      throw bad("--serve " + number + " is no port; write 0 to 65535");
    }
    Instant begin = from == null ? null : date.atTime(from).atZone(AskedDay.SEOUL).toInstant();
    Playback.Options options =
        new Playback.Options(
            root,
            date,
            shelves.stream().map(s -> new Playback.Tape(s.provider(), s.market())).toList(),
            number,
            speed == null ? 1 : speed,
            begin);
    Consumer<String> log = line -> System.err.println("observer: " + line);
    try (TapeProgress bar = progress(root, date, shelves);
        Playback playback = Playback.start(options, MarketClock.live(), bar, log)) {
      bar.close();
      CountDownLatch interrupted = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown, "replay-stop"));
      System.out.println(ServedDay.begun(date, options.speed(), playback));
      playback.awaitEnd();
      System.out.println(ServedDay.ended(date, playback));
      interrupted.await();
    }
    return ObserverCommand.DONE;
  }

  private static LocalDate newest(Path root, List<Shelf> shelves) throws IOException {
    return Shelf.newestDay(root, shelves)
        .orElseThrow(() -> new ArchiveException(root + " holds no day to replay"));
  }

  private ParameterException bad(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }

  /** Waits as long as it took then, divided by the speed. */
  private Consumer<Entry> pace() {
    Double times = speed;
    if (times == null) {
      return entry -> {};
    }
    Instant[] before = {null};
    return entry -> {
      if (before[0] != null) {
        long nanos = (long) (Duration.between(before[0], entry.heardAt()).toNanos() / times);
        if (nanos > 0) {
          try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      }
      before[0] = entry.heardAt();
    };
  }

  private void tell(LocalDate date, List<Replay.Result> results) throws IOException {
    PrintStream out = System.out;
    if (place.json) {
      out.println(json(date, results));
      return;
    }
    for (Replay.Result result : results) {
      out.println(
          result.provider() + " " + date + ": " + Words.count(result.entries()) + " entries read");
      if (result.otherConfiguration()) {
        out.println(
            "  the day was recorded with other settings: lines may differ where the tape does not tell them");
      }
      for (String place : result.leftOut()) {
        out.println("  left out: " + place + " is no JSON");
      }
      for (Likeness lane : result.lanes()) {
        String name = lane.lane().folder();
        out.println(
            lane.difference().isEmpty()
                ? "  %-16s the same, %s lines in %s files"
                    .formatted(name, Words.count(lane.lines()), Words.count(lane.files()))
                : "  %-16s DIFFERS after %s lines: %s"
                    .formatted(name, Words.count(lane.lines()), lane.difference()));
      }
    }
  }

  private static String json(LocalDate date, List<Replay.Result> results) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode all = mapper.createObjectNode();
    all.put("day", DateTimeFormatter.BASIC_ISO_DATE.format(date));
    all.put("same", results.stream().allMatch(Replay.Result::same));
    ArrayNode array = all.putArray("providers");
    for (Replay.Result result : results) {
      ObjectNode one = array.addObject();
      one.put("provider", result.provider());
      one.put("entries", result.entries());
      one.put("other_configuration", result.otherConfiguration());
      ArrayNode left = one.putArray("left_out");
      result.leftOut().forEach(left::add);
      ArrayNode lanes = one.putArray("lanes");
      for (Likeness lane : result.lanes()) {
        ObjectNode l = lanes.addObject();
        l.put("lane", lane.lane().folder());
        l.put("files", lane.files());
        l.put("lines", lane.lines());
        l.put("same", lane.difference().isEmpty());
        if (!lane.difference().isEmpty()) {
          l.put("difference", lane.difference());
        }
      }
    }
    return mapper.writeValueAsString(all);
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
