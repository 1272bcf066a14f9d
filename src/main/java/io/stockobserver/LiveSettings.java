package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.route.RouteBook;
import io.stockobserver.route.RouteFinding;
import io.stockobserver.route.RouteReload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an operator changes in {@code config/application.properties} while we run: it holds at once
 * where nothing but routes and budgets depends on it, and says so where it needs a restart. A file
 * with a bad value changes nothing. Used by one thread.
 */
final class LiveSettings {
  private static final String FILE = "config/application.properties";

  /** What only routes read; an operator's own keys are among them. */
  private static final Pattern ROUTES_ONLY =
      Pattern.compile("my\\..+|provider\\.[a-z]+\\.feed\\.(pace|queue)");

  private final Path home;
  private final Map<String, String> environment;
  private final Map<String, String> overrides;
  private final Venues venues;
  private final List<Room> rooms;
  private final RouteReload routes;
  private final RouteBook book;

  /** What the file said last, and what holds where that is something else. */
  private Map<String, String> said;

  private final Map<String, String> holds = new TreeMap<>();

  /** Beside what has been read already. */
  LiveSettings(
      Path home,
      Map<String, String> environment,
      Map<String, String> overrides,
      Venues venues,
      List<Room> rooms,
      RouteReload routes,
      RouteBook book) {
    this.home = home;
    this.environment = environment;
    this.overrides = overrides;
    this.venues = venues;
    this.rooms = rooms;
    this.routes = routes;
    this.book = book;
    this.said = read().all();
  }

  private Settings read() {
    Settings fresh = Settings.read(home.resolve(FILE), environment, overrides);
    Ground.read(fresh, home, false);
    venues.check(fresh);
    return fresh;
  }

  /** The file was saved. */
  void take() {
    Settings fresh;
    try {
      fresh = read();
    } catch (SettingsException bad) {
      book.refused(finding(String.valueOf(bad.getMessage())));
      return;
    }
    Map<String, String> says = new TreeMap<>(fresh.all());
    for (String key : changed(says)) {
      String to = says.getOrDefault(key, "");
      String from = holds.getOrDefault(key, said.getOrDefault(key, ""));
      if (to.equals(from)) {
        holds.remove(key);
      } else if (turn(key, to, fresh)) {
        holds.remove(key);
        book.setting(key, shown(key, from), shown(key, to), true);
      } else if (ROUTES_ONLY.matcher(key).matches()) {
        // A route refused it, and has said why.
        holds.put(key, from);
      } else {
        holds.put(key, from);
        book.setting(key, shown(key, from), shown(key, to), false);
      }
    }
    said = Map.copyOf(says);
    // A route may have waited for a key of the operator's own.
    routes.again();
  }

  private List<String> changed(Map<String, String> says) {
    TreeMap<String, String> all = new TreeMap<>(said);
    all.putAll(says);
    return all.keySet().stream()
        .filter(key -> !Objects.equals(said.get(key), says.get(key)))
        .toList();
  }

  private boolean turn(String key, String to, Settings fresh) {
    if (ROUTES_ONLY.matcher(key).matches()) {
      return routes.turn(Map.of(key, to));
    }
    boolean held = false;
    for (Room room : rooms) {
      held |= room.turn(key, fresh);
    }
    return held;
  }

  /** Addresses may carry a password. */
  private static String shown(String key, String value) {
    return key.endsWith(".url") ? "(an address)" : value;
  }

  private RouteFinding finding(String whole) {
    String message = whole.replace(" (" + home.resolve(FILE) + ")", "");
    int half = message.indexOf("; ");
    String what = half < 0 ? message : message.substring(0, half);
    String remedy = half < 0 ? "correct it" : message.substring(half + 2);
    return new RouteFinding(FILE, line(what.split(" ", 2)[0]), what, remedy);
  }

  /** The line of a key, from 1; 0 where it has none. */
  private int line(String key) {
    try {
      List<String> lines = Files.readAllLines(home.resolve(FILE));
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).split("[=:\\s]", 2)[0].equals(key)) {
          return i + 1;
        }
      }
    } catch (IOException unreadable) {
      return 0;
    }
    return 0;
  }
}
