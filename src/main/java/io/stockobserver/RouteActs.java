package io.stockobserver;

import io.stockobserver.evidence.Event;
import io.stockobserver.recorder.TrackWord;
import io.stockobserver.route.RouteAct;
import io.stockobserver.route.RouteBook;
import io.stockobserver.route.RouteFinding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what operators do to routes, files and settings: an event at every provider that it
 * concerns, and a note on the tape where it is a track that rests. In one order, by a thread of its
 * own: while the archive takes nothing, the act that would let it take again must not wait for it.
 */
final class RouteActs implements RouteBook, AutoCloseable {
  /** So long an operator waits for his act to be in the archive. */
  private static final long PATIENCE_SECONDS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(RouteActs.class);

  private final List<Room> rooms;
  private final InstantSource clock;
  private final ExecutorService pen = Executors.newSingleThreadExecutor(RouteActs::thread);

  /**
   * Into the archives of these.
   *
   * @param rooms whose sessions have begun; may become more
   */
  RouteActs(List<Room> rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "route-acts");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void done(RouteAct act) {
    LOG.info("{} {}: {} ({})", act.verb().event(), act.route(), act.reason(), act.actor());
    Instant at = clock.instant();
    write(
        () -> {
          for (Room room : concerned(act.route(), act.room())) {
            @Nullable TrackWord track = beat(act.route(), room.provider());
            if (track != null) {
              room.recorder().session().halt(track, act.verb().rests(), act.route());
            }
            room.recorder()
                .event(
                    Event.of(act.verb().event(), at)
                        .with("route", act.route())
                        .with("actor", act.actor())
                        .with("reason", act.reason()));
          }
        });
  }

  /** The track that stands still when this route does; null for none. */
  private static @Nullable TrackWord beat(String route, String provider) {
    return route.equals("observe-" + provider + "-scalp")
        ? TrackWord.SCALP
        : route.equals("poll-" + provider + "-swing") ? TrackWord.SWING : null;
  }

  @Override
  public void refused(RouteAct act, String detail) {
    LOG.info("{} {} refused: {} ({})", act.verb().word(), act.route(), detail, act.actor());
    tell(
        act.route(),
        act.room(),
        Event.of("route_act_refused", clock.instant())
            .with("route", act.route())
            .with("act", act.verb().word())
            .with("actor", act.actor())
            .with("reason", act.reason())
            .with("detail", detail));
  }

  @Override
  public void applied(String file, List<String> routes, String sha256) {
    LOG.info("routes/{} is applied", file);
    tell(
        file,
        "",
        Event.of("routes_applied", clock.instant())
            .with("file", file)
            .with("routes", routes)
            .with("sha256", sha256));
  }

  @Override
  public void refused(RouteFinding finding) {
    LOG.warn("{}; what ran before runs on", finding.sentence());
    tell(
        finding.file(),
        "",
        Event.of("routes_refused", clock.instant())
            .with("file", finding.file())
            .with("line", finding.line() > 0 ? finding.line() : null)
            .with("reason", finding.what() + "; " + finding.remedy()));
  }

  @Override
  public void setting(String key, String from, String to, boolean applied) {
    LOG.info("{}: {} -> {}{}", key, from, to, applied ? "" : ", from the next start on");
    tell(
        key,
        "",
        Event.of(applied ? "setting_applied" : "setting_needs_restart", clock.instant())
            .with("key", key)
            .with("from", from)
            .with("to", to));
  }

  private void tell(String name, String room, Event event) {
    write(() -> concerned(name, room).forEach(one -> one.recorder().event(event)));
  }

  /** Whose name is a word of the route's, or of its room's; all where nobody's is. */
  private List<Room> concerned(String name, String room) {
    List<String> words = Arrays.asList((name + '.' + room).split("[-.]", -1));
    List<Room> own = rooms.stream().filter(one -> words.contains(one.provider())).toList();
    return own.isEmpty() ? rooms : own;
  }

  private void write(Runnable lines) {
    if (pen.isShutdown()) {
      return;
    }
    Future<?> written = pen.submit(lines);
    try {
      written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("the archive takes nothing now; the act will be written when it does");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      LOG.error("an act could not be written", e.getCause());
    }
  }

  /** Nothing more is written. */
  @Override
  public void close() {
    pen.shutdown();
    try {
      if (!pen.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the last acts are not in the archive");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
