package io.stockobserver.etl;

import io.stockobserver.evidence.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Has a provider's newest days loaded every so often by the market's clock, and tells what came of
 * it as events. The ledger in the database knows what is loaded, so nothing is remembered here that
 * counts: what a database that was down has missed is loaded when it is back. A route brings the
 * beat; the work is done by another thread.
 */
public final class LoadRound {
  /**
   * Evidence of a day may come while the next one runs, and a database may be away for a weekend.
   */
  private static final int DAYS = 4;

  private final Path root;
  private final String provider;
  private final Duration every;
  private final InstantSource clock;
  private final Executor worker;
  private final Loader loader;
  private final Consumer<Event> events;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Map<LocalDate, String> failures = new HashMap<>();
  private Instant next = Instant.MIN;

  /** Loads a day, however long it takes. */
  @FunctionalInterface
  public interface Loader {
    Result load(String provider, LocalDate day) throws IOException, InterruptedException;
  }

  /**
   * What came of a load.
   *
   * @param exit 0 when everything is in and proven
   * @param files that were loaded
   * @param words what it said last, when it did not go well
   */
  public record Result(int exit, int files, long rows, String words) {}

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
      Executor worker,
      Loader loader,
      Consumer<Event> events) {
    this.root = root;
    this.provider = provider;
    this.every = every;
    this.clock = clock;
    this.worker = worker;
    this.loader = loader;
    this.events = events;
  }

  /** Has what is due loaded; returns at once. */
  public void loadWhenDue() {
    Instant now = clock.instant();
    if (every.isZero() || now.isBefore(next) || !busy.compareAndSet(false, true)) {
      return;
    }
    next = now.plus(every);
    try {
      worker.execute(
          () -> {
            try {
              load();
            } finally {
              busy.set(false);
            }
          });
    } catch (RejectedExecutionException ending) {
      busy.set(false);
    }
  }

  private void load() {
    try {
      List<LocalDate> days = Vouched.days(root, provider);
      for (LocalDate day : days.subList(Math.max(0, days.size() - DAYS), days.size())) {
        tell(day, loader.load(provider, day));
      }
    } catch (IOException e) {
      events.accept(failed(e.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same failure of the same day is told once, until the day went well. */
  private void tell(LocalDate day, Result result) {
    if (result.exit() == 0) {
      failures.remove(day);
      if (result.files() > 0) {
        events.accept(
            Event.of("etl_loaded", clock.instant())
                .with("day", day.toString())
                .with("files", result.files())
                .with("rows", result.rows()));
      }
    } else if (!result.words().equals(failures.put(day, result.words()))) {
      events.accept(failed(result.words()).with("day", day.toString()).with("exit", result.exit()));
    }
  }

  private Event failed(String words) {
    return Event.of("etl_failed", clock.instant()).with("detail", words);
  }
}
