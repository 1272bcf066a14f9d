package io.stockobserver.route;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Rehearses a folder of route files: each is parsed and built in a throwaway Camel context of its
 * own, then all are asked whether they fit together. Nothing starts: no timer fires, no socket
 * opens, no file is written. Not thread-safe; a check takes a fraction of a second.
 */
public final class RouteCheck {
  private final RouteFolder folder;
  private final Map<String, String> settings;
  private final Map<String, Object> beans;
  private final Clock clock;
  private final List<RouteFinding> findings = new ArrayList<>();
  private final List<RouteSketch> sketches = new ArrayList<>();
  private final List<Resource> errorPlans = new ArrayList<>();
  private int files;

  /**
   * A check of {@code folder}.
   *
   * @param settings what {@code {{key}}} stands for, all resolved
   * @param beans what the routes may call, by name
   */
  public RouteCheck(
      RouteFolder folder, Map<String, String> settings, Map<String, Object> beans, Clock clock) {
    this.folder = folder;
    this.settings = settings;
    this.beans = beans;
    this.clock = clock;
  }

  /**
   * Everything that is wrong, one finding a cause, in the order of the files; empty when all is
   * sound. To be asked once.
   *
   * @throws IOException when the folder cannot be read
   */
  public List<RouteFinding> findings() throws IOException {
    List<RouteFile> all = read();
    List<RouteFile> plans = all.stream().filter(RouteFile::hasConfiguration).toList();
    List<RouteFile> routes = all.stream().filter(file -> !file.hasConfiguration()).toList();
    plans.forEach(this::rehearsePlan);
    routes.forEach(this::rehearse);
    if (findings.isEmpty()) {
      findings.addAll(new RouteReferences(sketches).findings());
    } else {
      // What refers to a file that cannot be read is not wrong for it.
      Set<String> broken = new LinkedHashSet<>();
      findings.forEach(finding -> broken.add(finding.file().replace(RouteFile.ENDING, "")));
      new RouteReferences(sketches)
          .findings().stream()
              .filter(finding -> broken.stream().noneMatch(id -> finding.what().contains(id)))
              .filter(finding -> !broken.contains(finding.file().replace(RouteFile.ENDING, "")))
              .forEach(findings::add);
    }
    return List.copyOf(findings);
  }

  /**
   * The same of one file that is to take its place among routes that run.
   *
   * @param running where they do; nothing is changed there
   */
  List<RouteFinding> findings(RouteFile file, CamelContext running) throws IOException {
    for (Path path : folder.files()) {
      if (!path.equals(file.path()) && path.toString().endsWith(RouteFile.ENDING)) {
        RouteFile other = RouteFile.read(path);
        if (other.hasConfiguration()) {
          errorPlans.add(resource(other));
        }
      }
    }
    if (file.hasConfiguration()) {
      rehearsePlan(file);
    } else {
      rehearse(file);
    }
    if (findings.isEmpty()) {
      List<RouteSketch> all = new ArrayList<>(RouteSketch.of(running));
      List<RouteFinding> before = new RouteReferences(all).findings();
      all.removeIf(sketch -> sketch.file().equals(file.name()));
      all.addAll(sketches);
      findings.addAll(new RouteReferences(all).findings());
      findings.removeAll(before);
    }
    return List.copyOf(findings);
  }

  /** How many files were looked at. */
  public int files() {
    return files;
  }

  private List<RouteFile> read() throws IOException {
    List<RouteFile> all = new ArrayList<>();
    for (Path path : folder.files()) {
      String name = path.getFileName().toString();
      files++;
      if (name.endsWith(RouteFile.ENDING)) {
        all.add(RouteFile.read(path));
      } else {
        findings.add(
            new RouteFinding(name, 0, "is never loaded", "end its name in " + RouteFile.ENDING));
      }
    }
    return all;
  }

  /** An error plan is only built into a route: it gets one that does nothing. */
  private void rehearsePlan(RouteFile file) {
    if (!keysExist(file)) {
      return;
    }
    Resource resource = resource(file);
    CamelContext camel = context();
    try {
      PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
      List<RouteSketch> own =
          RouteSketch.of(camel).stream().map(sketch -> sketch.in(file)).toList();
      camel.addRoutes(new Bystander(own.stream().map(RouteSketch::id).toList()));
      camel.start();
      sketches.addAll(own);
      errorPlans.add(resource);
    } catch (Exception e) {
      findings.add(RouteTrouble.finding(file, e, beans.keySet()));
    } finally {
      camel.stop();
    }
  }

  private void rehearse(RouteFile file) {
    if (!keysExist(file)) {
      return;
    }
    CamelContext camel = context();
    try {
      List<Resource> resources = new ArrayList<>(errorPlans);
      resources.add(resource(file));
      PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
      List<RouteSketch> own =
          RouteSketch.of(camel).stream()
              .filter(sketch -> sketch.file().equals(file.name()))
              .toList();
      if (own.isEmpty()) {
        findings.add(
            new RouteFinding(
                file.name(), 0, "has no route", "begin it with - route: or remove it"));
      }
      sketches.addAll(own);
      camel.start();
    } catch (Exception e) {
      findings.add(RouteTrouble.finding(file, e, beans.keySet()));
    } finally {
      camel.stop();
    }
  }

  private boolean keysExist(RouteFile file) {
    boolean all = true;
    for (RouteFile.Key secret : file.secrets()) {
      all = false;
      findings.add(
          new RouteFinding(
              file.name(),
              secret.line(),
              secret.name() + " is a secret, which no route may name",
              "take it out; what needs a key is a bean"));
    }
    for (RouteFile.Key key : file.keys()) {
      if (!settings.containsKey(key.name())) {
        all = false;
        findings.add(
            new RouteFinding(
                file.name(),
                key.line(),
                "{{" + key.name() + "}} is no setting",
                "correct it, or add it to config/application.properties (your own begin with my.)"));
      }
    }
    return all;
  }

  private CamelContext context() {
    DefaultCamelContext camel = new DefaultCamelContext(false);
    camel.disableJMX();
    camel.setAutoStartup(false);
    camel.setSourceLocationEnabled(true);
    Properties values = new Properties();
    values.putAll(settings);
    camel.getPropertiesComponent().setOverrideProperties(values);
    RouteParts.by(clock).forEach(camel.getRegistry()::bind);
    camel.getRegistry().bind("quartz", stillQuartz());
    beans.forEach(camel.getRegistry()::bind);
    camel.build();
    return camel;
  }

  /** Schedules and never fires: Quartz would beat even where no route starts. */
  private static QuartzComponent stillQuartz() {
    QuartzComponent quartz = new QuartzComponent();
    quartz.setAutoStartScheduler(false);
    quartz.setProperties(
        Map.of("org.quartz.threadPool.class", "org.quartz.simpl.ZeroSizeThreadPool"));
    return quartz;
  }

  static Resource resource(RouteFile file) {
    return ResourceHelper.fromString(
        "file:" + file.path().toAbsolutePath(), String.join("\n", file.lines()) + '\n');
  }

  /** A route that does nothing, once for each error plan. */
  private static final class Bystander extends RouteBuilder {
    private final List<String> plans;

    private Bystander(List<String> plans) {
      this.plans = plans;
    }

    @Override
    public void configure() {
      for (String plan : plans) {
        from("direct:bystander-" + plan).routeConfigurationId(plan).process(exchange -> {});
      }
    }
  }
}
