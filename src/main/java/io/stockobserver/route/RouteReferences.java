package io.stockobserver.route;

import io.stockobserver.archive.Lane;
import io.stockobserver.route.RouteSketch.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * Whether the routes fit together: what Camel does not ask. A misspelt error plan is a route
 * without one, a misspelt {@code direct:} target fails at the first message, and of two routes with
 * one id the second replaces the first.
 */
public final class RouteReferences {
  private final List<RouteSketch> sketches;

  RouteReferences(List<RouteSketch> sketches) {
    this.sketches = sketches;
  }

  /** What is wrong between the routes that {@code camel} has loaded; before it starts. */
  public static List<RouteFinding> in(CamelContext camel) {
    return new RouteReferences(RouteSketch.of(camel)).findings();
  }

  List<RouteFinding> findings() {
    List<RouteFinding> all = new ArrayList<>();
    names(all);
    errorPlans(all);
    directs(all);
    return all;
  }

  private void names(List<RouteFinding> all) {
    Map<String, String> files = new HashMap<>();
    for (RouteSketch one : sketches) {
      String wanted = one.file().replace(RouteFile.ENDING, "");
      String what = one.configuration() ? "route configuration" : "route";
      if (one.id().isEmpty()) {
        all.add(at(one, "its " + what + " has no id", "write id: " + wanted));
        continue;
      }
      String before = files.putIfAbsent(what + ' ' + one.id(), one.file());
      if (before != null) {
        all.add(at(one, "id " + one.id() + " is taken by " + before, "give each its own"));
      } else if (!one.id().equals(wanted)) {
        all.add(
            at(
                one,
                "its " + what + " is called " + one.id(),
                "write id: " + wanted + ", as the file is called, or rename the file"));
      }
    }
  }

  private void errorPlans(List<RouteFinding> all) {
    Set<String> known = new TreeSet<>();
    sketches.stream().filter(RouteSketch::configuration).forEach(one -> known.add(one.id()));
    for (RouteSketch one : sketches) {
      for (String plan : one.errorPlans()) {
        if (!known.contains(plan)) {
          all.add(
              at(
                  one,
                  "there is no route configuration "
                      + plan
                      + ": it would run without an error plan",
                  "write one of " + String.join(", ", known)));
        }
      }
    }
  }

  private void directs(List<RouteFinding> all) {
    Set<String> known =
        sketches.stream().map(RouteSketch::hears).collect(Collectors.toCollection(TreeSet::new));
    known.remove("");
    Map<String, String> listening = new HashMap<>();
    for (RouteSketch one : sketches) {
      String before = one.hears().isEmpty() ? null : listening.putIfAbsent(one.hears(), one.file());
      if (before != null && !before.equals(one.file())) {
        all.add(
            at(
                one,
                "direct:" + one.hears() + " is listened at by " + before,
                "give it another name"));
      }
    }
    for (RouteSketch one : sketches) {
      for (Reference call : one.calls()) {
        if (!known.contains(call.name())) {
          all.add(
              new RouteFinding(
                  one.file(),
                  Math.max(0, call.line()),
                  "no route listens at direct:" + call.name(),
                  "write one of " + String.join(", ", known)));
        }
      }
    }
    for (Lane lane : Lane.values()) {
      String name = RouteAppender.route(lane);
      if (!known.contains(name)) {
        all.add(
            new RouteFinding(
                name + RouteFile.ENDING,
                0,
                "no route listens at direct:" + name + ", where the archive's lines go",
                "restore it, a fresh clone has it"));
      }
    }
  }

  private static RouteFinding at(RouteSketch one, String what, String remedy) {
    return new RouteFinding(one.file(), Math.max(0, one.line()), what, remedy);
  }
}
