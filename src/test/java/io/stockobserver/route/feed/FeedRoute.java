package io.stockobserver.route.feed;

import static org.awaitility.Awaitility.await;

import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import io.stockobserver.venue.FeedPolicy;
import io.stockobserver.venue.FeedState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with one route, {@code hear}, that keeps every batch a test venue sent. */
final class FeedRoute implements AutoCloseable {
  final DefaultCamelContext camel = new DefaultCamelContext();
  final FeedComponent component = new FeedComponent();
  final List<FeedBatch> batches = new CopyOnWriteArrayList<>();
  final TinyLadder ladder;

  FeedRoute(int port, String options) throws Exception {
    this(port, options, new TinyLadder(), batch -> {});
  }

  /** {@code first} sees each batch before it is kept, on the pump's thread. */
  FeedRoute(int port, String options, TinyLadder ladder, Consumer<FeedBatch> first)
      throws Exception {
    this("localhost:" + port, options, ladder, first);
  }

  /** A venue behind TLS, whom Java trusts or not. */
  static FeedRoute secure(int port) throws Exception {
    return new FeedRoute("wss://localhost:" + port, "", new TinyLadder(), batch -> {});
  }

  private FeedRoute(String host, String options, TinyLadder ladder, Consumer<FeedBatch> first)
      throws Exception {
    this.ladder = ladder;
    camel.disableJMX();
    camel.getShutdownStrategy().setTimeout(3);
    camel.addComponent("vertx-websocket", component);
    camel.getRegistry().bind("ladder", FeedPolicy.class, ladder);
    String uri = "vertx-websocket:" + host + "/feed?consumeAsClient=true&policy=#ladder";
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri + (options.isEmpty() ? "" : "&" + options))
                .routeId("hear")
                .process(
                    exchange -> {
                      FeedBatch batch = exchange.getMessage().getBody(FeedBatch.class);
                      first.accept(batch);
                      batches.add(batch);
                    });
          }
        });
    camel.start();
  }

  List<FeedMessage> messages() {
    return batches.stream().flatMap(batch -> batch.messages().stream()).toList();
  }

  List<FeedMessage> messages(Kind kind) {
    return messages().stream().filter(message -> message.kind() == kind).toList();
  }

  List<String> texts() {
    return messages(Kind.TEXT).stream()
        .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  FeedState state() {
    return component.states().get(0);
  }

  void awaitMessages(Predicate<List<FeedMessage>> enough) {
    await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> enough.test(messages()));
  }

  void awaitKind(Kind kind, int count) {
    awaitMessages(all -> all.stream().filter(m -> m.kind() == kind).count() >= count);
  }

  void send(Object body, String path) {
    camel.createProducerTemplate().sendBody(path, body);
  }

  @Override
  public void close() {
    camel.stop();
  }
}
