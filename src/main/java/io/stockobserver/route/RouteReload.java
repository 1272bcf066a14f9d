package io.stockobserver.route;

import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a saved route file in the place of what runs: rehearsed first, and refused with file and
 * line where it is not sound, while what ran before runs on. A route that an operator stopped stays
 * stopped. Used by one thread.
 */
public final class RouteReload {
  /** A page of forty lines has two kilobytes. */
  private static final long LARGEST_BYTES = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

  private final CamelContext camel;
  private final RouteControl control;
  private final RouteFolder folder;
  private final Map<String, Object> beans;
  private final Clock clock;
  private final RouteAppender appender;
  private final RouteBook book;
  private final Map<String, RouteFile> running = new HashMap<>();
  private final Set<Path> refused = new TreeSet<>();
  private Map<String, String> settings;

  /**
   * Of the routes that were loaded from {@code folder} just now.
   *
   * @param settings what {@code {{key}}} stands for
   * @param beans what the routes may call
   * @param appender where batches wait while a route of the archive is exchanged
   * @throws IOException when the folder cannot be read
   */
  public RouteReload(
      CamelContext camel,
      RouteControl control,
      RouteFolder folder,
      Map<String, String> settings,
      Map<String, Object> beans,
      Clock clock,
      RouteAppender appender,
      RouteBook book)
      throws IOException {
    this.camel = camel;
    this.control = control;
    this.folder = folder;
    this.settings = Map.copyOf(settings);
    this.beans = Map.copyOf(beans);
    this.clock = clock;
    this.appender = appender;
    this.book = book;
    for (Path path : folder.files()) {
      if (path.toString().endsWith(RouteFile.ENDING)) {
        RouteFile file = RouteFile.read(path);
        running.put(file.name(), file);
      }
    }
  }

  /** What {@code {{key}}} stands for in the routes that run. */
  public Map<String, String> settings() {
    return settings;
  }

  /** Takes a file as it is saved now; true if it runs. */
  public boolean take(Path path) {
    boolean taken = look(path);
    if (taken) {
      refused.remove(path);
    } else {
      refused.add(path);
    }
    return taken;
  }

  /** Takes once more what was refused: what it lacked may be there now. */
  public void again() {
    List.copyOf(refused).forEach(this::take);
  }

  private boolean look(Path path) {
    String name = path.getFileName().toString();
    RouteFile file;
    try {
      file = read(path, name);
    } catch (NoSuchFileException gone) {
      return gone(name);
    } catch (IOException e) {
      return refuse(new RouteFinding(name, 0, "cannot be read: " + reason(e), "save it as UTF-8"));
    } catch (IllegalArgumentException e) {
      return refuse(new RouteFinding(name, 0, String.valueOf(e.getMessage()), "make it a page"));
    }
    RouteFile before = running.get(name);
    if (before != null && before.lines().equals(file.lines())) {
      return true;
    }
    if (before != null && before.words().equals(file.words())) {
      // Other comments are no reason to stop anything.
      running.put(name, file);
      book.applied(name, List.of(file.id()), sha256(file));
      return true;
    }
    return apply(file);
  }

  private static RouteFile read(Path path, String name) throws IOException {
    if (!name.endsWith(RouteFile.ENDING)) {
      throw new IllegalArgumentException(
          "is never loaded: its name has another end than .camel.yaml");
    }
    long bytes = Files.size(path);
    if (bytes > LARGEST_BYTES) {
      throw new IllegalArgumentException("has " + bytes + " bytes, more than " + LARGEST_BYTES);
    }
    RouteFile file = RouteFile.read(path);
    if (file.words().isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    return file;
  }

  /** A file is not there any more; its route is not taken away by that. */
  private boolean gone(String name) {
    if (!running.containsKey(name)) {
      return true;
    }
    return refuse(
        new RouteFinding(
            name,
            0,
            "is gone; its route runs on until the observer ends",
            "restore it, or stop the route with ./observer routes stop"));
  }

  /**
   * Has every route that uses one of these keys built anew; all of them, or none.
   *
   * @param changed the new values by key
   * @return whether they hold now
   */
  public boolean turn(Map<String, String> changed) {
    Map<String, String> before = settings;
    Map<String, String> after = new TreeMap<>(settings);
    after.putAll(changed);
    settings = Map.copyOf(after);
    tellCamel(changed);
    List<RouteFile> done = new ArrayList<>();
    for (RouteFile file : List.copyOf(new TreeMap<>(running).values())) {
      if (file.keys().stream().anyMatch(key -> changed.containsKey(key.name()))) {
        if (!apply(file)) {
          settings = before;
          tellCamel(before);
          done.forEach(this::apply);
          return false;
        }
        done.add(file);
      }
    }
    return true;
  }

  private void tellCamel(Map<String, String> values) {
    Properties all = new Properties();
    Properties had = ((PropertiesComponent) camel.getPropertiesComponent()).getOverrideProperties();
    if (had != null) {
      all.putAll(had);
    }
    all.putAll(values);
    camel.getPropertiesComponent().setOverrideProperties(all);
  }

  private boolean apply(RouteFile file) {
    try {
      List<RouteFinding> findings =
          new RouteCheck(folder, settings, beans, clock).findings(file, camel);
      if (!findings.isEmpty()) {
        return refuse(findings.get(0));
      }
    } catch (IOException e) {
      return refuse(new RouteFinding(file.name(), 0, reason(e), "look at the folder"));
    }
    if (file.hasConfiguration()) {
      return plan(file);
    }
    RouteFile before = running.get(file.name());
    try {
      Set<String> routes = control.unattended(() -> exchange(file));
      running.put(file.name(), file);
      book.applied(file.name(), List.copyOf(routes), sha256(file));
      return true;
    } catch (Exception e) {
      LOG.warn("{} is sound and cannot run", file.name(), e);
      back(file, before);
      return refuse(RouteTrouble.finding(file, e, beans.keySet()));
    }
  }

  /**
   * An error plan is built into every route that names it, once, when that is built: it can be
   * taken while none of those that run does. To exchange them all would close the feeds for it.
   */
  private boolean plan(RouteFile file) {
    String named = "routeConfigurationId: " + file.id();
    List<RouteFile> users =
        running.values().stream()
            .filter(route -> route.words().stream().anyMatch(word -> word.strip().equals(named)))
            .toList();
    if (!users.isEmpty()) {
      return refuse(
          new RouteFinding(
              file.name(),
              0,
              "is sound, but built into " + users.size() + " routes that run",
              "save it under another name and name that in the routes that want it, or restart"));
    }
    try {
      for (RoutesBuilder builder :
          PluginHelper.getRoutesLoader(camel).findRoutesBuilders(RouteCheck.resource(file))) {
        if (builder instanceof RouteConfigurationsBuilder plans) {
          plans.updateRouteConfigurationsToCamelContext(camel);
        }
      }
      running.put(file.name(), file);
      book.applied(file.name(), List.of(), sha256(file));
      return true;
    } catch (Exception e) {
      LOG.warn("{} is sound and cannot be used", file.name(), e);
      return refuse(RouteTrouble.finding(file, e, beans.keySet()));
    }
  }

  private Set<String> exchange(RouteFile file) throws Exception {
    // Batches wait for the one route that takes them; elsewhere nobody does.
    return RouteMap.writes(file.id()) ? appender.between(() -> swap(file)) : swap(file);
  }

  private Set<String> swap(RouteFile file) throws Exception {
    boolean rests = control.rests(file.id());
    Resource resource = RouteCheck.resource(file);
    Set<String> ids = new TreeSet<>();
    for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource)) {
      if (rests && builder instanceof RouteBuilder routes) {
        routes.addLifecycleInterceptor(new AtRest());
      }
      ids.addAll(builder.updateRoutesToCamelContext(camel));
    }
    return ids;
  }

  /** What ran before runs again; what is new is taken away. */
  private void back(RouteFile file, @Nullable RouteFile before) {
    try {
      control.unattended(
          () -> {
            if (before != null) {
              return exchange(before);
            }
            control.stopRoute(file.id());
            camel.removeRoute(file.id());
            return Set.of();
          });
    } catch (Exception e) {
      LOG.error("{} does not run any more; save it once more as it was", file.name(), e);
    }
  }

  private boolean refuse(RouteFinding finding) {
    book.refused(finding);
    return false;
  }

  private static String sha256(RouteFile file) {
    String text = String.join("\n", file.lines()) + '\n';
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What was stopped before stays so. */
  private static final class AtRest implements RouteBuilderLifecycleStrategy {
    @Override
    public void afterConfigure(RouteBuilder builder) {
      builder.getRouteCollection().getRoutes().forEach(route -> route.setAutoStartup("false"));
    }
  }
}
