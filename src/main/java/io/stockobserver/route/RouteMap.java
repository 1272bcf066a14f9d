package io.stockobserver.route;

import io.stockobserver.archive.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;

/** The routes as they hang together at one moment: rooms, and who needs whom. */
final class RouteMap {
  private static final String VENUES = "provider.";
  private static final int NAMED = 3;
  private static final Set<String> LANES =
      Arrays.stream(Lane.values()).map(RouteAppender::route).collect(Collectors.toSet());

  private final CamelContext camel;
  private final Map<String, RouteSketch> sketches = new LinkedHashMap<>();
  private final Map<String, String> rooms = new LinkedHashMap<>();

  RouteMap(CamelContext camel) {
    this.camel = camel;
    RouteSketch.of(camel).stream()
        .filter(sketch -> !sketch.configuration())
        .forEach(sketch -> sketches.put(sketch.id(), sketch));
    for (Route route : camel.getRoutes()) {
      rooms.put(route.getRouteId(), route.getGroup() == null ? "" : route.getGroup());
    }
  }

  String room(String route) {
    return rooms.getOrDefault(route, "");
  }

  /** Whether the archive's lines go through it. */
  static boolean writes(String route) {
    return LANES.contains(route);
  }

  /**
   * A route, or all of a room: those with a source of their own before those that they call.
   *
   * @throws IllegalArgumentException naming what there is
   */
  List<String> named(String name) {
    if (rooms.containsKey(name)) {
      return List.of(name);
    }
    List<String> all = new ArrayList<>();
    rooms.forEach(
        (id, room) -> {
          if (room.equals(name)) {
            all.add(id);
          }
        });
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no route or room "
              + name
              + "; rooms: "
              + String.join(", ", new TreeSet<>(rooms.values()))
              + "; routes: "
              + String.join(", ", new TreeSet<>(rooms.keySet())));
    }
    all.sort((a, b) -> Boolean.compare(isCalled(a), isCalled(b)));
    return all;
  }

  private boolean isCalled(String route) {
    RouteSketch sketch = sketches.get(route);
    return sketch != null && !sketch.hears().isEmpty();
  }

  /** Who of these is called by others that run and stay; it may not rest. */
  List<String> callers(String route, Collection<String> resting) {
    RouteSketch own = sketches.get(route);
    if (own == null || own.hears().isEmpty()) {
      return List.of();
    }
    Set<String> all = new LinkedHashSet<>();
    for (RouteSketch other : sketches.values()) {
      boolean calls = other.calls().stream().anyMatch(call -> call.name().equals(own.hears()));
      boolean fills = writes(route) && isSource(other);
      if ((calls || fills) && !resting.contains(other.id()) && runs(other.id())) {
        all.add(other.id());
      }
    }
    return List.copyOf(all);
  }

  /** Whether a venue is heard or asked by it. */
  private boolean isSource(RouteSketch sketch) {
    return sketch.hears().isEmpty() && room(sketch.id()).startsWith(VENUES);
  }

  private boolean runs(String route) {
    ServiceStatus status = camel.getRouteController().getRouteStatus(route);
    return status != null && status.isStarted();
  }

  /** Why it may not rest, and what to stop first. */
  String sentence(String route, List<String> callers) {
    String some = String.join(", ", callers.subList(0, Math.min(NAMED, callers.size())));
    int more = callers.size() - NAMED;
    Set<String> behind = new TreeSet<>();
    callers.forEach(caller -> behind.add(room(caller)));
    return route
        + (writes(route) ? " writes down what is heard by " : " is called by ")
        + some
        + (more > 0 ? " and " + more + " more" : "")
        + ", which "
        + (callers.size() == 1 ? "runs" : "run")
        + "; stop "
        + (callers.size() == 1 ? callers.get(0) : "the room " + String.join(", ", behind))
        + " first";
  }
}
