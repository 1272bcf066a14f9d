package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedMessage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.jspecify.annotations.Nullable;

/** One address with its options: makes the feed, the producer, or Camel's own server consumer. */
final class FeedEndpoint extends VertxWebsocketEndpoint {
  private @Nullable FeedOptions options;
  private List<FeedMessage> unsaid = List.of();

  FeedEndpoint(
      String uri, VertxWebsocketComponent component, VertxWebsocketConfiguration configuration) {
    super(uri, component, configuration);
  }

  void setOptions(FeedOptions options) {
    this.options = options;
  }

  @Override
  public FeedComponent getComponent() {
    return (FeedComponent) super.getComponent();
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (!getConfiguration().isConsumeAsClient() || options == null) {
      return super.createConsumer(processor);
    }
    FeedConsumer consumer = new FeedConsumer(this, processor, options);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    return new FeedProducer(this);
  }

  /**
   * Keeps what a consumer could not say any more (its closing, what was left behind) for the next
   * one: a route that starts again has another.
   */
  synchronized void leaveUnsaid(List<FeedMessage> messages) {
    unsaid = List.copyOf(messages);
  }

  synchronized List<FeedMessage> takeUnsaid() {
    List<FeedMessage> messages = unsaid;
    unsaid = List.of();
    return messages;
  }

  URI address() {
    return getConfiguration().getWebsocketURI();
  }

  Vertx vertx() {
    return getVertx();
  }

  /** Headers, path and TLS as the stock endpoint would have them, with our time limits. */
  WebSocketConnectOptions connectOptions(FeedOptions feed) {
    HttpClientOptions stock = getConfiguration().getClientOptions();
    WebSocketConnectOptions connect =
        getWebSocketConnectOptions(stock == null ? new HttpClientOptions() : stock);
    connect.setTimeout(feed.connectTimeout().toMillis());
    return connect;
  }

  WebSocketClientOptions clientOptions(FeedOptions feed) {
    HttpClientOptions stock = getConfiguration().getClientOptions();
    WebSocketClientOptions client =
        stock == null
            ? new WebSocketClientOptions()
            : new WebSocketClientOptions(stock.toJson()) // does not carry what is no plain value:
                .setKeyCertOptions(stock.getKeyCertOptions())
                .setTrustOptions(stock.getTrustOptions());
    if (getConfiguration().getSslContextParameters() != null) {
      // Vert.x's WebSocket client does not take the engine that Camel makes of them.
      throw new IllegalArgumentException(
          "sslContextParameters have no effect on a feed; add the certificate to a trust store and"
              + " name it with -Djavax.net.ssl.trustStore");
    }
    return client
        .setConnectTimeout(Math.toIntExact(feed.connectTimeout().toMillis()))
        .setMaxFrameSize(feed.maxFrameSize())
        .setMaxMessageSize(Math.max(feed.maxFrameSize(), feed.maxMessageSize()))
        .setClosingTimeout(1);
  }
}
