package io.stockobserver.playback;

import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.TapeDays;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recorded day, told once more on one plain-HTTP port of 127.0.0.1 as its venues told it: REST,
 * WebSocket and master files. Serves from {@link #start} to {@link #close} on daemon threads of its
 * own; reads the archive only. Behind the day's end the answers stay, and sockets hear heartbeats.
 */
public final class Playback implements AutoCloseable {
  private static final long BEAT_MILLIS = 5;
  private static final long HEARTBEAT_MILLIS = 10_000;

  /**
   * One provider's tape.
   *
   * @param provider with a face: {@code kis} or {@code upbit}
   */
  public record Tape(String provider, String market) {}

  /**
   * What is to be told.
   *
   * @param root of the archive
   * @param port 0 for any free one
   * @param speed market seconds in one of the system's, above 0
   * @param from the market's instant to begin at; null for the day's first entry
   */
  public record Options(
      Path root, LocalDate day, List<Tape> tapes, int port, double speed, @Nullable Instant from) {
    /** Refuses a speed that never ends. */
    public Options {
      tapes = List.copyOf(tapes);
      if (!(speed > 0) || Double.isInfinite(speed)) {
        throw new IllegalArgumentException("a speed is above 0: " + speed);
      }
    }
  }

  private final InstantSource system;
  private final Port port;
  private final List<Face> faces = new ArrayList<>();
  private final List<Player> players = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final double speed;
  private final Consumer<String> log;
  private volatile Pace pace;
  private Instant last = Instant.MIN;
  private long messages;
  private long answers;

  private Playback(Options options, InstantSource system, Consumer<String> log) {
    this.system = system;
    this.log = log;
    this.speed = options.speed();
    this.pace = new Pace(Instant.EPOCH, system.instant(), speed);
    this.port = new Port(options.port(), this::market, this::millisUntil);
  }

  /**
   * Opens the port, reads the day once to see that it is whole, and begins to tell it.
   *
   * @param system the system's clock
   * @param progress is shown each entry of that reading
   * @param log takes a line for what was asked and never answered, and for who was hung up
   * @throws ArchiveException when the port is taken, a provider has no face, or there is nothing to
   *     tell
   * @throws IOException naming the file that is damaged, and the remedy
   */
  public static Playback start(
      Options options, InstantSource system, Consumer<Entry> progress, Consumer<String> log)
      throws IOException {
    Playback playback = new Playback(options, system, log);
    try {
      playback.begin(options, progress);
      return playback;
    } catch (IOException | RuntimeException e) {
      playback.close();
      throw e;
    }
  }

  private void begin(Options options, Consumer<Entry> progress) throws IOException {
    Instant first = Instant.MAX;
    List<TapeDays> tapes = new ArrayList<>();
    for (Tape tape : options.tapes()) {
      Face face = face(tape.provider());
      TapeDays days = new TapeDays(options.root(), tape.provider(), tape.market());
      Survey survey =
          Survey.of(
              days,
              options.day(),
              entry -> {
                face.survey(entry);
                progress.accept(entry);
              },
              place -> log.accept(place + " is no JSON; left out"));
      first = survey.first().isBefore(first) ? survey.first() : first;
      last = survey.last().isAfter(last) ? survey.last() : last;
      messages += survey.messages();
      answers += survey.answers();
      faces.add(face);
      tapes.add(days);
    }
    Instant from = options.from() == null ? first : options.from();
    if (from.isAfter(last)) {
      throw new ArchiveException("the tape ends at " + last + ", before " + from);
    }
    // Until the clock runs it shows the beginning, so that what was known then is current.
    pace = new Pace(from, system.instant(), Double.MIN_NORMAL);
    List<Port.Part> parts = new ArrayList<>();
    for (int i = 0; i < faces.size(); i++) {
      Answers told = new Answers(this::market);
      parts.add(new Port.Part(faces.get(i), told));
      players.add(new Player(tapes.get(i), options.day(), faces.get(i), told, from, system, log));
    }
    try {
      for (Player player : players) {
        player.prepare();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ArchiveException("interrupted while reading the tape", e);
    }
    Pace running = new Pace(from, system.instant().truncatedTo(ChronoUnit.MILLIS), speed);
    pace = running;
    players.forEach(player -> player.start(running));
    port.serve(parts);
    port.every(BEAT_MILLIS, this::tell);
    port.every(HEARTBEAT_MILLIS, () -> faces.forEach(Face::beat));
  }

  private Face face(String provider) {
    return switch (provider) {
      case "kis" -> new KisFace(this::market, log);
      case "upbit" -> new UpbitFace(this::market, log);
      default ->
          throw new ArchiveException(
              "a day of " + provider + " cannot be served; name kis or upbit with --provider");
    };
  }

  private void tell() {
    Instant now = market();
    players.forEach(player -> player.tellDue(now));
    if (ended.getCount() > 0 && players.stream().allMatch(Player::ended)) {
      ended.countDown();
    }
  }

  private long millisUntil(Instant market) {
    return 1 + TimeUnit.NANOSECONDS.toMillis(pace.nanosUntil(market, system.instant()));
  }

  /** What the market's clock shows. */
  public Instant market() {
    return pace.market(system.instant());
  }

  /** The market's instant at which it began, and the system's at that moment. */
  public Map.Entry<Instant, Instant> began() {
    return Map.entry(pace.market(), pace.system());
  }

  /** The market's instant of the last entry. */
  public Instant last() {
    return last;
  }

  /** Messages of feeds on the tapes. */
  public long messages() {
    return messages;
  }

  /** Answers to requests on the tapes. */
  public long answers() {
    return answers;
  }

  /** URLs and keys by the names that {@code simulate} gives them. */
  public Map<String, String> told() {
    Map<String, String> told = new LinkedHashMap<>();
    faces.forEach(face -> told.putAll(face.told(port.number())));
    return told;
  }

  /** Waits until all of the day has been told. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Frees the port and the threads; sockets still open are closed. */
  @Override
  public void close() {
    players.forEach(Player::close);
    port.close();
  }
}
