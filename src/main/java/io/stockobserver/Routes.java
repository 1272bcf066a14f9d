package io.stockobserver;

import io.stockobserver.market.MarketClock;
import io.stockobserver.route.RouteCheck;
import io.stockobserver.route.RouteControl;
import io.stockobserver.route.RouteFinding;
import io.stockobserver.route.RouteFolder;
import io.stockobserver.route.RouteParts;
import io.stockobserver.route.RouteReferences;
import io.stockobserver.venue.FeedState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of this process in their one Camel context. Used by one thread at a time. */
final class Routes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final RouteFolder folder;
  private final Map<String, String> settings;
  private final Map<String, Object> beans;
  private final Supplier<List<FeedState>> feeds;
  private final Main camel = new Main();
  private @Nullable RouteControl control;

  /**
   * Looks which files there are; loads and starts none.
   *
   * @param settings what {@code {{key}}} stands for
   * @throws IOException when the folder cannot be read
   */
  Routes(
      RouteFolder folder,
      Map<String, String> settings,
      Map<String, Object> beans,
      MarketClock clock)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.beans = beans;
    Properties overrides = new Properties();
    overrides.putAll(settings);
    overrides.put("camel.main.name", "stock-observer");
    overrides.put("camel.main.basePackageScanEnabled", "false");
    overrides.put("camel.main.routesIncludePattern", folder.pattern());
    overrides.put("camel.main.shutdownTimeout", "15");
    overrides.put("camel.main.startupSummaryLevel", "Off");
    overrides.put("camel.main.useMdcLogging", "false");
    // The client repeats a 429 or a 503 a second later by itself: neither budget nor tape knew.
    for (String scheme : List.of("http", "https")) {
      overrides.put("camel.component." + scheme + ".automaticRetriesDisabled", "true");
    }
    camel.setOverrideProperties(overrides);
    camel.setDefaultPropertyPlaceholderLocation("false");
    Map<String, Object> parts = RouteParts.by(clock);
    parts.forEach(camel::bind);
    feeds = RouteParts.feeds(parts);
    beans.forEach(camel::bind);
  }

  /** Has {@code control} stop and start them, instead of Camel's own; before they start. */
  void controlledBy(RouteControl other) {
    control = other;
  }

  /** What {@code {{key}}} stands for. */
  Map<String, String> settings() {
    return settings;
  }

  /** How the feeds are. */
  Supplier<List<FeedState>> feeds() {
    return feeds;
  }

  /** The names of those that do not run; what the context knows, at this moment. */
  List<String> stopped() {
    CamelContext context = context();
    return context.getRoutes().stream()
        .map(Route::getId)
        .filter(id -> !context.getRouteController().getRouteStatus(id).isStarted())
        .sorted()
        .toList();
  }

  CamelContext context() {
    return camel.getCamelContext();
  }

  /**
   * Starts them.
   *
   * @throws Settings.SettingsException telling a slip in a file in one line
   */
  void start() throws Exception {
    try {
      camel.init();
      if (control != null) {
        camel.getCamelContext().setRouteController(control);
      }
      refuse(RouteReferences.in(camel.getCamelContext()));
      camel.start();
    } catch (Settings.SettingsException e) {
      throw e;
    } catch (Exception e) {
      // Camel tells of it in forty lines without the file: the check knows file, line and remedy.
      LOG.error("the routes do not start", e);
      refuse(new RouteCheck(folder, settings, beans, MarketClock.live()).findings());
      throw e;
    }
  }

  private static void refuse(List<RouteFinding> findings) {
    if (!findings.isEmpty()) {
      int more = findings.size() - 1;
      throw new Settings.SettingsException(
          "routes/"
              + findings.get(0).sentence()
              + (more > 0 ? " (and " + more + " more: ./observer verify-routes)" : ""));
    }
  }

  /** Stops them; what is under way ends first. */
  @Override
  public void close() {
    camel.stop();
  }
}
