package io.stockobserver.etl;

import io.stockobserver.evidence.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says every so often by the market's clock which of a provider's days are to be loaded, has each
 * loaded, and tells what came of it as events. The ledger in the database knows what is loaded;
 * nothing is remembered here that counts. Used by one route's thread.
 */
public final class LoadRound {
  /**
   * Evidence of a day may come while the next one runs, and a database may be away for a weekend.
   */
  private static final int DAYS = 4;

  /** Of a load that ended with more than this nothing is known: it is tried again. */
  private static final int ANSWERED = 1;

  private final Path root;
  private final String provider;
  private final Duration every;
  private final InstantSource clock;
  private final Loader loader;
  private final Consumer<Event> events;
  private final Map<LocalDate, String> failures = new HashMap<>();
  private Instant next = Instant.MIN;

  /** Loads a day, however long it takes. */
  @FunctionalInterface
  public interface Loader {
    /**
     * Loads.
     *
     * @throws NotLoaded when it was ended before it could answer
     */
    Result load(String provider, LocalDate day) throws NotLoaded, IOException, InterruptedException;
  }

  /**
   * A day that may have to be loaded.
   *
   * @param key another one when the manifests vouch for something else, and on another date
   */
  public record Day(String provider, LocalDate date, String key) {}

  /**
   * What came of a load.
   *
   * @param exit 0 when everything is in and proven, 1 when a file was refused or a minute differs
   * @param files that were loaded
   * @param words what it said last, when it did not go well
   * @param deadLetters a JSON line for each file that was refused
   * @param forgotten days that the database has no more
   */
  public record Result(
      int exit,
      int files,
      long rows,
      String words,
      List<String> deadLetters,
      List<String> forgotten) {

    /** Copies the lists. */
    public Result {
      deadLetters = List.copyOf(deadLetters);
      forgotten = List.copyOf(forgotten);
    }
  }

  /**
   * Of one provider.
   *
   * @param every zero for never
   */
  public LoadRound(
      Path root,
      String provider,
      Duration every,
      InstantSource clock,
      Loader loader,
      Consumer<Event> events) {
    this.root = root;
    this.provider = provider;
    this.every = every;
    this.clock = clock;
    this.loader = loader;
    this.events = events;
  }

  /**
   * The newest days, the oldest first, when it is time to look at them; else none.
   *
   * @throws IOException when the manifests cannot be read
   */
  public List<Day> due() throws IOException {
    Instant now = clock.instant();
    if (every.isZero() || now.isBefore(next)) {
      return List.of();
    }
    next = now.plus(every);
    List<LocalDate> all = Vouched.days(root, provider);
    List<Day> days = new ArrayList<>();
    for (LocalDate day : all.subList(Math.max(0, all.size() - DAYS), all.size())) {
      // Once a date each is asked about anyway: somebody may have changed the database.
      String key = provider + ' ' + day + ' ' + now.toString().substring(0, 10);
      days.add(new Day(provider, day, key + ' ' + Vouched.seal(root, provider, day)));
    }
    return days;
  }

  /**
   * Has a day loaded, and waits for it.
   *
   * @return a line for each file that the database refused, for whoever keeps them; "" for none
   * @throws NotLoaded when it has to be tried again
   */
  public String load(Day day) throws NotLoaded, IOException, InterruptedException {
    Result result = loader.load(provider, day.date());
    tell(day.date(), result);
    if (result.exit() > ANSWERED) {
      throw new NotLoaded(result.words());
    }
    return result.deadLetters().isEmpty() ? "" : String.join("\n", result.deadLetters()) + '\n';
  }

  /**
   * The same failure of the same day is told once, until the day went well. A database that is away
   * is away, whatever it says of it each time.
   */
  private void tell(LocalDate day, Result result) {
    if (result.exit() == 0) {
      failures.remove(day);
      if (result.files() > 0) {
        events.accept(
            Event.of("etl_loaded", clock.instant())
                .with("day", name(day))
                .with("files", result.files())
                .with("rows", result.rows()));
      }
    } else if (!failure(result).equals(failures.put(day, failure(result)))) {
      events.accept(failed(day, result.exit(), result.words(), clock.instant()));
    }
    for (String gone : result.forgotten()) {
      events.accept(Event.of("etl_forgotten", clock.instant()).with("day", gone));
    }
  }

  private static String failure(Result result) {
    return result.exit() > ANSWERED ? "exit " + result.exit() : result.words();
  }

  /**
   * That a day is not in the database. It marks the day: retention keeps it for longer.
   *
   * @param exit of the command that loads
   * @param words one line
   */
  public static Event failed(LocalDate day, int exit, String words, Instant at) {
    return Event.of("etl_failed", at)
        .with("day", name(day))
        .with("exit", exit)
        .with("detail", words);
  }

  private static String name(LocalDate day) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }
}
