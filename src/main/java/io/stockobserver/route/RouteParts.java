package io.stockobserver.route;

import io.stockobserver.route.feed.FeedComponent;
import io.stockobserver.venue.FeedState;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What every Camel context of ours has beside the beans of a venue, by its name in the routes. */
public final class RouteParts {
  private static final String FEEDS = "vertx-websocket";

  private RouteParts() {}

  /** New ones, whose ticks follow {@code clock}. */
  public static Map<String, Object> by(Clock clock) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put(FEEDS, new FeedComponent());
    parts.put("market-tick", new MarketTickComponent(clock));
    parts.put("trouble", new Trouble());
    return parts;
  }

  /** How the feeds are that these parts hear. */
  public static Supplier<List<FeedState>> feeds(Map<String, Object> parts) {
    return ((FeedComponent) parts.get(FEEDS))::states;
  }
}
