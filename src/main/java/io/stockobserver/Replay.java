package io.stockobserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Likeness;
import io.stockobserver.archive.TapeDays;
import io.stockobserver.market.MarketClock;
import io.stockobserver.secret.Secrets;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one provider's tape of a day once more, through the same recorder with the same settings,
 * into another directory, and compares what came of it with the archive (promise 8). No route, no
 * socket, no venue. One use, by one thread.
 */
public final class Replay {
  /** What is a function of the tape; events also tell what the disk and the process did. */
  private static final List<Lane> LANES =
      List.of(Lane.SWING, Lane.SCALP, Lane.OVERFLOW, Lane.SET_ASIDE);

  private static final Duration NEVER = Duration.ofDays(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What came of it.
   *
   * @param entries read
   * @param otherConfiguration whether the day was recorded with other settings than these
   * @param leftOut where on the tape lines stand that are no JSON
   */
  public record Result(
      String provider,
      long entries,
      boolean otherConfiguration,
      List<String> leftOut,
      List<Likeness> lanes) {
    public Result {
      leftOut = List.copyOf(leftOut);
      lanes = List.copyOf(lanes);
    }

    /** Whether every line is the same. */
    public boolean same() {
      return lanes.stream().allMatch(lane -> lane.difference().isEmpty());
    }
  }

  private final Path source;
  private final Path target;
  private final VenueDoor door;
  private final Settings settings;
  private final Ground ground;
  private final MarketDays days;
  private final Consumer<Entry> pace;
  private volatile Instant now = Instant.EPOCH;
  private @Nullable Room room;
  private long entries;
  private boolean otherConfiguration;
  private final List<String> leftOut = new ArrayList<>();

  private Replay(
      Path source, Path target, VenueDoor door, Settings settings, Ground ground, Consumer<Entry> p)
      throws IOException {
    this.source = source;
    this.target = target;
    this.door = door;
    this.settings = settings;
    this.ground = ground;
    this.days = ground.days(door);
    this.pace = p;
  }

  /**
   * Replays a day.
   *
   * @param home the folder that holds {@code config}
   * @param overrides settings that win over file and environment
   * @param target a directory that is empty or not there
   * @param provider whose
   * @param pace is asked before each entry, and may wait
   * @throws ArchiveException when there is no tape of that day, or the target is not empty
   * @throws IOException naming the file that is damaged
   */
  public static Result of(
      Path home,
      Map<String, String> environment,
      Map<String, String> overrides,
      Path target,
      String provider,
      LocalDate day,
      Consumer<Entry> pace)
      throws IOException {
    Venues venues = Venues.all();
    Settings given = Settings.read(home.resolve(CONFIG), environment, overrides);
    Path source = Ground.read(given, home, false).root();
    Map<String, String> there = new HashMap<>(overrides);
    there.put("archive.dir", target.toAbsolutePath().toString());
    Settings settings = Settings.read(home.resolve(CONFIG), environment, there);
    Ground ground = Ground.read(settings, home, false);
    venues.check(settings);
    VenueDoor door = venues.chosen(List.of(provider), settings).get(0);
    refuseUsed(target);
    return new Replay(source, ground.root(), door, settings, ground, pace).run(day);
  }

  private static final String CONFIG = "config/application.properties";

  private static void refuseUsed(Path target) throws IOException {
    if (Files.exists(target)) {
      try (var files = Files.list(target)) {
        if (files.findAny().isPresent()) {
          throw new ArchiveException(target + " is not empty; name another directory with --to");
        }
      }
    }
  }

  private Result run(LocalDate day) throws IOException {
    TapeDays tape = new TapeDays(source, door.provider(), door.market());
    if (!tape.days().contains(day)) {
      throw new ArchiveException(
          source + " has no tape of " + door.provider() + " of " + day + "; it has " + tape.days());
    }
    try {
      for (LocalDate next : tape.days().subSet(begin(tape, day), true, day, true)) {
        tape.read(next, this::again, leftOut::add);
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      end();
    }
    List<Likeness> lanes = new ArrayList<>();
    for (Lane lane : LANES) {
      lanes.add(Likeness.of(lane, door.provider(), door.market(), day, source, target));
    }
    return new Result(door.provider(), entries, otherConfiguration, leftOut, lanes);
  }

  /** The day on which the session began that this one goes on with: what it knew then counts. */
  private static LocalDate begin(TapeDays tape, LocalDate day) throws IOException {
    LocalDate from = day;
    for (LocalDate d : tape.days().headSet(day, true).descendingSet()) {
      from = d;
      Optional<Entry> first = tape.first(d);
      if (first.isPresent() && isNote(first.get(), "session_started")) {
        break;
      }
    }
    return from;
  }

  private void again(Entry entry) {
    pace.accept(entry);
    try {
      now = entry.heardAt();
      if (isNote(entry, "session_started")) {
        end();
        room = begin();
        JsonNode note = JSON.readTree(entry.body());
        otherConfiguration |= !settings.sha256().equals(note.path("config_sha256").asText());
      } else if (isNote(entry, "universe")) {
        fetch(JSON.readTree(entry.body()).path("path").asText());
      }
      if (room != null) {
        room.recorder().readAgain(entry);
        entries++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A universe that an earlier session froze is there already, as it was. */
  private void fetch(String path) throws IOException {
    Path frozen = source.resolve(path).normalize();
    Path copy = target.resolve(path).normalize();
    if (frozen.startsWith(source) && Files.exists(frozen) && !Files.exists(copy)) {
      Files.createDirectories(copy.getParent());
      Files.copy(frozen, copy);
    }
  }

  private Room begin() {
    // Nothing that a replay writes must outlive a power cut: what it is made from is still there.
    Archive archive = Archive.open(ground.archive(door, days.zone()).withSync(NEVER), () -> now);
    return door.room(
        settings,
        Credentials.pretended(),
        new Site(
            ground,
            days,
            MarketClock.live(),
            archive,
            new ChannelAppender(target),
            now,
            settings.sha256(),
            new Secrets(),
            refusal -> {}));
  }

  private void end() {
    if (room != null) {
      room.archive().close();
      room = null;
    }
  }

  private static boolean isNote(Entry entry, String name) {
    return entry.direction() == Direction.NOTE
        && entry.text().startsWith("{\"note\":\"" + name + "\"");
  }
}
