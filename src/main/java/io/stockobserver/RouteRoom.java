package io.stockobserver;

import io.stockobserver.market.MarketClock;
import io.stockobserver.route.Actors;
import io.stockobserver.route.RouteAppender;
import io.stockobserver.route.RouteControl;
import io.stockobserver.route.RouteFolder;
import io.stockobserver.route.RouteReload;
import io.stockobserver.route.RouteWatch;
import io.stockobserver.route.RoutesFace;
import io.stockobserver.route.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has to do with routes while they run: who acts, the one place where they are
 * stopped and started, and the look at what is saved. One thread opens and closes it.
 */
final class RouteRoom implements AutoCloseable {
  private final Actors actors;
  private final RouteActs book;
  private final RouteControl control;
  private @Nullable Shown shown;
  private @Nullable RouteWatch watch;

  /** Of a process that records into these. */
  RouteRoom(List<Room> rooms, Actors actors, MarketClock clock) {
    this.actors = actors;
    book = new RouteActs(rooms, clock);
    control = new RouteControl(actors, clock, book);
  }

  /** Who acts: to be told by whoever lets an operator in. */
  Actors actors() {
    return actors;
  }

  /** Where routes are stopped and started. */
  RouteControl control() {
    return control;
  }

  RouteActs book() {
    return book;
  }

  /** From now on somebody can act, and what is saved is taken. */
  void open(
      Routes routes,
      RouteFolder folder,
      RouteAppender appender,
      Path home,
      java.util.function.Function<RouteReload, LiveSettings> settings,
      LivePeople people,
      Map<String, Object> beans,
      MarketClock clock,
      Duration every)
      throws IOException {
    shown = RoutesFace.show(control);
    RouteReload reload =
        new RouteReload(
            routes.context(), control, folder, routes.settings(), beans, clock, appender, book);
    LiveSettings live = settings.apply(reload);
    Path properties = home.resolve("config/application.properties");
    RouteWatch looking =
        new RouteWatch(
            folder,
            List.of(properties, people.file()),
            file -> {
              if (file.equals(properties)) {
                live.take();
              } else if (file.equals(people.file())) {
                people.take(book);
              } else {
                reload.take(file);
              }
            });
    watch = looking;
    looking.every(every);
  }

  /** The session is about to end: nothing that happens to a route is anybody's act any more. */
  @Override
  public void close() {
    control.closing();
    if (watch != null) {
      watch.close();
    }
    if (shown != null) {
      shown.close();
    }
    book.close();
  }
}
