package io.stockobserver.route;

import io.stockobserver.route.feed.FeedComponent;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every Camel context of ours has beside the beans of a venue, by its name in the routes. */
public final class RouteParts {
  private RouteParts() {}

  /** New ones, whose ticks follow {@code clock}. */
  public static Map<String, Object> by(Clock clock) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("vertx-websocket", new FeedComponent());
    parts.put("market-tick", new MarketTickComponent(clock));
    parts.put("trouble", new Trouble());
    return parts;
  }
}
