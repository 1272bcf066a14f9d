package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedState;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Endpoint;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * Drop-in for Camel's {@code vertx-websocket}, to be added under that scheme before the routes:
 * client consumers become feeds (see the package). {@link FeedOptions} lists what a URI may add.
 * Thread-safe.
 */
@Component("vertx-websocket")
public final class FeedComponent extends VertxWebsocketComponent {
  private final List<FeedConsumer> feeds = new CopyOnWriteArrayList<>();
  private final AtomicLong connections = new AtomicLong();

  /** How every feed of this process is now, stopped ones included, in the order of their routes. */
  public List<FeedState> states() {
    return feeds.stream().map(FeedConsumer::state).toList();
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    // Ours first: what the stock component does not know it sends to the venue as a query.
    FeedOptions options = FeedOptions.takenFrom(getCamelContext(), parameters);
    FeedEndpoint endpoint = (FeedEndpoint) super.createEndpoint(uri, remaining, parameters);
    endpoint.setOptions(options);
    return endpoint;
  }

  @Override
  protected VertxWebsocketEndpoint createEndpointInstance(
      String uri, VertxWebsocketConfiguration configuration) {
    return new FeedEndpoint(uri, this, configuration);
  }

  /**
   * Camel makes a new consumer each time a route starts: it takes the place of the route's last.
   */
  synchronized void add(FeedConsumer feed) {
    feeds.removeIf(last -> Objects.equals(last.getRouteId(), feed.getRouteId()));
    feeds.add(feed);
  }

  void remove(FeedConsumer feed) {
    feeds.remove(feed);
  }

  long nextConnection() {
    return connections.incrementAndGet();
  }

  /**
   * The feed that listens at this address: the one with the same query, or the only one there. A
   * stopped feed is found too: a producer must not open a second socket beside it.
   */
  Optional<FeedConsumer> feedAt(URI address) {
    List<FeedConsumer> there =
        feeds.stream()
            .filter(
                feed ->
                    Addresses.withoutQuery(feed.address()).equals(Addresses.withoutQuery(address)))
            .toList();
    if (there.size() == 1) {
      return Optional.of(there.get(0));
    }
    return there.stream()
        .filter(feed -> Objects.equals(feed.address().getQuery(), address.getQuery()))
        .findFirst();
  }
}
