package io.stockobserver.route;

import io.stockobserver.market.Stamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.engine.DefaultRouteController;
import org.jspecify.annotations.Nullable;

/**
 * The one place where routes are stopped and started, whichever way the call came: it refuses what
 * would leave others without whom they call, lets what is under way end, and has it written down.
 * The start and the end of the process, and edits, pass by. One act at a time; thread-safe.
 */
public final class RouteControl extends DefaultRouteController {
  private static final long DRAIN_SECONDS = 60;

  private final Actors actors;
  private final InstantSource clock;
  private final RouteBook book;
  private final Map<String, Since> since = new ConcurrentHashMap<>();
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Instant begun;
  private volatile @Nullable Thread unattended;
  private volatile boolean closing;
  private Collection<String> together = Set.of();

  /** How a route got where it is. */
  private record Since(Instant at, String actor, String reason) {}

  public RouteControl(Actors actors, InstantSource clock, RouteBook book) {
    this.actors = actors;
    this.clock = clock;
    this.book = book;
    this.begun = clock.instant();
  }

  /** The process ends: what is stopped from now on is nobody's act. */
  public void closing() {
    closing = true;
  }

  /** How they stand, in the order of their names. */
  public List<RouteRow> rows() {
    List<RouteRow> all = new ArrayList<>();
    for (Route route : getCamelContext().getRoutes()) {
      String id = route.getRouteId();
      ServiceStatus status = getRouteStatus(id);
      Since own = since.getOrDefault(id, new Since(begun, "", ""));
      all.add(
          new RouteRow(
              id,
              text(route.getDescription()),
              text(route.getGroup()),
              status == null ? "unknown" : status.name().toLowerCase(Locale.ROOT),
              Stamp.of(own.at()),
              own.actor(),
              own.reason()));
    }
    all.sort((a, b) -> a.getId().compareTo(b.getId()));
    return all;
  }

  /**
   * Does something to a route, or to all of a room; of a room, a route that is called from
   * elsewhere stays. Returns what was done, in a sentence.
   *
   * @param reason for the evidence
   * @throws IllegalArgumentException when it is not done: no such name, no reason, or others need
   *     it
   */
  public String act(RouteVerb verb, String name, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("say why: a reason belongs to every act of an operator");
    }
    return actors.call(actors.who().actor(), reason.strip(), () -> inTurn(() -> act(verb, name)));
  }

  private String act(RouteVerb verb, String name) throws Exception {
    RouteMap map = new RouteMap(getCamelContext());
    List<String> routes = new ArrayList<>(map.named(name));
    Map<String, String> left = Map.of();
    boolean room = !routes.equals(List.of(name));
    if (verb.rests() && room) {
      left = calledFromElsewhere(verb, map, routes);
      routes.removeAll(left.keySet());
    }
    if (!verb.rests()) {
      // Who is called is there before its callers.
      Collections.reverse(routes);
    }
    together = routes;
    List<String> done = new ArrayList<>();
    try {
      for (String route : routes) {
        if (attend(verb, route, () -> step(verb, route))) {
          done.add(route);
        }
      }
    } finally {
      together = Set.of();
    }
    String what = done.isEmpty() ? "nothing to do" : verb.event().substring(6) + " " + list(done);
    return what + (left.isEmpty() ? "" : " (goes on: " + String.join("; ", left.values()) + ")");
  }

  /** Who of a room has to stay, and why; where that is who writes, nothing of it rests. */
  private Map<String, String> calledFromElsewhere(
      RouteVerb verb, RouteMap map, List<String> routes) {
    Map<String, String> left = new LinkedHashMap<>();
    for (String route : routes) {
      List<String> callers = map.callers(route, routes);
      if (!callers.isEmpty()) {
        String why = map.sentence(route, callers);
        if (RouteMap.writes(route)) {
          Actors.Who who = actors.who();
          throw refused(new RouteAct(verb, route, map.room(route), who.actor(), who.reason()), why);
        }
        left.put(route, why);
      }
    }
    return left;
  }

  private IllegalArgumentException refused(RouteAct act, String why) {
    book.refused(act, why);
    return new IllegalArgumentException(why);
  }

  private static String list(List<String> routes) {
    return String.join(", ", routes);
  }

  private boolean step(RouteVerb verb, String route) throws Exception {
    switch (verb) {
      case START -> super.startRoute(route);
      case RESUME -> super.resumeRoute(route);
      case STOP -> super.stopRoute(route);
      case SUSPEND -> super.suspendRoute(route);
      case DRAIN -> {
        if (!super.stopRoute(route, DRAIN_SECONDS, TimeUnit.SECONDS, true)) {
          throw new IllegalArgumentException(
              route + " is not through within " + DRAIN_SECONDS + "s and runs on; try again");
        }
      }
    }
    return true;
  }

  /** What {@code change} does to routes, the process itself does. */
  <T> T unattended(Callable<T> change) throws Exception {
    return inTurn(
        () -> {
          unattended = Thread.currentThread();
          try {
            return change.call();
          } finally {
            unattended = null;
          }
        });
  }

  /** Whether it stands still, by whomever. */
  boolean rests(String route) {
    ServiceStatus status = getRouteStatus(route);
    return status != null && (status.isStopped() || status.isSuspended());
  }

  private <T> T inTurn(Callable<T> work) throws Exception {
    turn.lockInterruptibly();
    try {
      return work.call();
    } finally {
      turn.unlock();
    }
  }

  /** Does it unless somebody needs the route; true if there was something to do. */
  private boolean attend(RouteVerb verb, String route, Callable<Boolean> step) throws Exception {
    boolean own = Thread.currentThread() == unattended || closing;
    if (own || !getCamelContext().isStarted() || getCamelContext().getRoute(route) == null) {
      return step.call();
    }
    return inTurn(() -> attended(verb, route, step));
  }

  private boolean attended(RouteVerb verb, String route, Callable<Boolean> step) throws Exception {
    if (verb.isDone(getRouteStatus(route))) {
      return false;
    }
    RouteMap map = new RouteMap(getCamelContext());
    Actors.Who who = actors.who();
    RouteAct act = new RouteAct(verb, route, map.room(route), who.actor(), who.reason());
    List<String> callers = verb.rests() ? map.callers(route, together) : List.of();
    if (!callers.isEmpty()) {
      throw refused(act, map.sentence(route, callers));
    }
    boolean before = verb.rests() && RouteMap.writes(route);
    if (before) {
      book.done(act);
    }
    boolean done;
    try {
      done = step.call();
    } catch (Exception e) {
      book.refused(act, String.valueOf(e.getMessage()));
      throw e;
    }
    since.put(route, new Since(clock.instant(), who.actor(), who.reason()));
    if (!before) {
      book.done(act);
    }
    return done;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  // ---- what Camel asks, for its JMX beans, its controlbus and whoever has the context ----

  @Override
  public void startRoute(String route) throws Exception {
    attend(RouteVerb.START, route, () -> step(RouteVerb.START, route));
  }

  @Override
  public void resumeRoute(String route) throws Exception {
    attend(RouteVerb.RESUME, route, () -> step(RouteVerb.RESUME, route));
  }

  @Override
  public void stopRoute(String route) throws Exception {
    attend(RouteVerb.STOP, route, () -> step(RouteVerb.STOP, route));
  }

  @Override
  public void stopRoute(String route, Throwable cause) throws Exception {
    attend(
        RouteVerb.STOP,
        route,
        () -> {
          super.stopRoute(route, cause);
          return true;
        });
  }

  @Override
  public void stopRoute(String route, long timeout, TimeUnit unit) throws Exception {
    attend(
        RouteVerb.STOP,
        route,
        () -> {
          super.stopRoute(route, timeout, unit);
          return true;
        });
  }

  @Override
  public boolean stopRoute(String route, long timeout, TimeUnit unit, boolean abort)
      throws Exception {
    return attend(RouteVerb.STOP, route, () -> super.stopRoute(route, timeout, unit, abort));
  }

  @Override
  public void suspendRoute(String route) throws Exception {
    attend(RouteVerb.SUSPEND, route, () -> step(RouteVerb.SUSPEND, route));
  }

  @Override
  public void suspendRoute(String route, long timeout, TimeUnit unit) throws Exception {
    attend(
        RouteVerb.SUSPEND,
        route,
        () -> {
          super.suspendRoute(route, timeout, unit);
          return true;
        });
  }

  @Override
  public void startRouteGroup(String group) {
    act(RouteVerb.START, group, actors.who().reason());
  }

  @Override
  public void stopRouteGroup(String group) {
    act(RouteVerb.STOP, group, actors.who().reason());
  }

  @Override
  public void stopAllRoutes() {
    throw refusedForAll();
  }

  @Override
  public void removeAllRoutes() {
    throw refusedForAll();
  }

  @Override
  public void reloadAllRoutes() {
    throw refusedForAll();
  }

  private IllegalArgumentException refusedForAll() {
    Actors.Who who = actors.who();
    String why = "all routes at once are no act of an operator; end the process, or name a room";
    return refused(new RouteAct(RouteVerb.STOP, "*", "", who.actor(), who.reason()), why);
  }
}
