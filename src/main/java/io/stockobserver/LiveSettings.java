package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.mitigation.Mitigation;
import io.stockobserver.mitigation.MitigationSettings;
import io.stockobserver.recorder.Rules;
import io.stockobserver.route.RouteBook;
import io.stockobserver.route.RouteFinding;
import io.stockobserver.route.RouteReload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an operator changes in {@code config/application.properties} while we run: it holds from
 * then on where that can be ({@link Reach}), through the tape where records depend on it, and says
 * so where it needs a restart. A file with a bad value changes nothing. Used by one thread.
 */
final class LiveSettings {
  private static final String FILE = "config/application.properties";
  private static final String ADD = "save the whole file; a fresh clone has it with every default";

  /** The venue of a key that is one venue's. */
  private static final Pattern VENUE = Pattern.compile("(?:slot|provider)\\.([a-z]+)\\..+");

  private final Path home;
  private final Map<String, String> environment;
  private final Map<String, String> overrides;
  private final Venues venues;
  private final List<Room> rooms;
  private final Collection<Mitigation> mitigations;
  private final Duration scalpRotate;
  private final RouteReload routes;
  private final RouteBook book;

  /** What the file said last, and what holds where that is something else. */
  private Map<String, String> said;

  private final Map<String, String> holds = new TreeMap<>();

  /**
   * Beside what has been read already.
   *
   * @param scalpRotate how long a scalp file lasts at level 0, which a restart alone changes
   */
  LiveSettings(
      Path home,
      Map<String, String> environment,
      Map<String, String> overrides,
      Venues venues,
      List<Room> rooms,
      Collection<Mitigation> mitigations,
      Duration scalpRotate,
      RouteReload routes,
      RouteBook book) {
    this.home = home;
    this.environment = environment;
    this.overrides = overrides;
    this.venues = venues;
    this.rooms = rooms;
    this.mitigations = mitigations;
    this.scalpRotate = scalpRotate;
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
    Map<String, String> turned = new TreeMap<>();
    for (String key : changed(says)) {
      String to = says.getOrDefault(key, "");
      String from = holds.getOrDefault(key, said.getOrDefault(key, ""));
      if (to.equals(from)) {
        holds.remove(key);
      } else if (!reaches(key)) {
        holds.put(key, from);
        book.setting(key, shown(key, from), shown(key, to), false);
      } else if (routes.turn(Map.of(key, to))) {
        holds.remove(key);
        turned.put(key, from);
      } else {
        // A route refused it, and has said why.
        holds.put(key, from);
      }
    }
    // What waits for a restart, or was refused, is as it was for everything else too.
    follow(turned.keySet(), fresh.with(holds));
    turned.forEach(
        (key, from) ->
            book.setting(key, shown(key, from), shown(key, says.getOrDefault(key, "")), true));
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

  /** Not the next start alone, and not only for a venue that is not observed now. */
  private boolean reaches(String key) {
    Matcher venue = VENUE.matcher(key);
    return Reach.of(key) != Reach.RESTART
        && (!venue.matches()
            || rooms.stream().anyMatch(room -> room.provider().equals(venue.group(1))));
  }

  private void follow(Set<String> turned, Settings inForce) {
    String rules =
        turned.stream()
            .filter(Reach::isRule)
            .map(key -> key + " = " + inForce.text(key))
            .collect(Collectors.joining(", "));
    for (Room room : rooms) {
      turned.forEach(key -> room.turn(key, inForce));
      Rules other = room.rules(inForce);
      if (!rules.isEmpty() && !other.equals(room.recorder().rules())) {
        room.recorder().session().follow(other, rules);
      }
    }
    if (turned.stream().anyMatch(key -> key.startsWith("mitigation."))) {
      MitigationSettings levels = LoadRoom.read(inForce, scalpRotate);
      mitigations.forEach(one -> one.turn(levels));
    }
  }

  /** Addresses may carry a password. */
  private static String shown(String key, String value) {
    return key.endsWith(".url") ? "(an address)" : value;
  }

  private RouteFinding finding(String whole) {
    String file = home.resolve(FILE).toString();
    String message = whole.replace(" (" + file + ")", "").replace(file + "; ", "");
    if (message.startsWith(file + " has no ")) {
      return new RouteFinding(FILE, lines().size(), ended(message.substring(file.length())), ADD);
    }
    message = message.replace(file + " ", "");
    int half = message.indexOf("; ");
    String what = half < 0 ? message : message.substring(0, half);
    String remedy = half < 0 ? "correct it" : message.substring(half + 2);
    return new RouteFinding(FILE, line(what.split(" ", 2)[0]), what, remedy);
  }

  /** An empty file lacks every key, and a half-saved one those behind where it ends. */
  private String ended(String hasNo) {
    return lines().stream().allMatch(String::isBlank)
        ? "is empty"
        : hasNo.strip().split(";", 2)[0] + ", down to its last line";
  }

  /** The line of a key, from 1; 0 where it has none. */
  private int line(String key) {
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).split("[=:\\s]", 2)[0].equals(key)) {
        return i + 1;
      }
    }
    return 0;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(home.resolve(FILE));
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
