package io.stockobserver.route.feed;

import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.vertx.websocket.VertxWebsocketProducer;

/**
 * Sends on the socket of the feed at the same address, so that a venue never sees a second one.
 * Waits until Vert.x has taken the message: messages of one thread arrive in order. Where no feed
 * listens it is Camel's own producer.
 */
final class FeedProducer extends VertxWebsocketProducer {
  private final FeedEndpoint endpoint;

  FeedProducer(FeedEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Optional<FeedConsumer> feed = endpoint.getComponent().feedAt(endpoint.address());
    if (feed.isEmpty()) {
      return super.process(exchange, callback);
    }
    try {
      Object body = exchange.getMessage().getBody();
      if (body instanceof byte[] bytes) {
        feed.get().send(bytes);
      } else if (body != null) {
        feed.get().send(exchange.getMessage().getMandatoryBody(String.class));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.setException(e);
    } catch (Exception e) {
      exchange.setException(e);
    }
    callback.done(true);
    return true;
  }
}
