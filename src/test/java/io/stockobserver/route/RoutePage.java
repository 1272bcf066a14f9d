package io.stockobserver.route;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A route file as an operator reads it: its text and its tree. */
record RoutePage(String name, List<String> lines, List<Map<String, Object>> items) {
  private static final Set<String> LISTS =
      Set.of("steps", "doCatch", "when", "doFinally", "otherwise");

  static RoutePage read(Path path) throws java.io.IOException {
    return of(path.getFileName().toString(), java.nio.file.Files.readString(path));
  }

  @SuppressWarnings("unchecked")
  static RoutePage of(String name, String text) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
    return new RoutePage(name, text.lines().toList(), (List<Map<String, Object>>) tree);
  }

  String id() {
    return name.replace(".camel.yaml", "");
  }

  boolean isErrorPlan() {
    return items.stream().allMatch(item -> item.containsKey("routeConfiguration"));
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> route() {
    return (Map<String, Object>) items.get(0).get("route");
  }

  /** The names of all steps, wherever they are: {@code bean}, {@code to}, {@code doTry} ... */
  List<String> steps() {
    List<String> names = new ArrayList<>();
    collect(from().get("steps"), names);
    return names;
  }

  /** How many levels of steps there are; 1 where no step holds others. */
  int depth() {
    return depth(from().get("steps"));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> from() {
    return (Map<String, Object>) route().get("from");
  }

  /** Every step is a map of one entry in a list of steps. */
  private static void collect(Object steps, List<String> names) {
    for (Object step : (Collection<?>) steps) {
      Map.Entry<?, ?> only = ((Map<?, ?>) step).entrySet().iterator().next();
      names.add(only.getKey().toString());
      nested(only.getValue()).forEach(inner -> collect(inner, names));
    }
  }

  private static int depth(Object steps) {
    int deepest = 0;
    for (Object step : (Collection<?>) steps) {
      for (Object inner : nested(((Map<?, ?>) step).values().iterator().next())) {
        deepest = Math.max(deepest, depth(inner));
      }
    }
    return deepest + 1;
  }

  /** The lists of steps below one step: its own, and those of its branches. */
  private static List<Object> nested(Object body) {
    List<Object> all = new ArrayList<>();
    if (body instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (key.equals("steps")) {
              all.add(value);
            } else if (LISTS.contains(key.toString()) && value instanceof List<?> branches) {
              branches.forEach(branch -> all.addAll(nested(branch)));
            } else if (LISTS.contains(key.toString())) {
              all.addAll(nested(value));
            }
          });
    }
    return all;
  }
}
