package io.stockobserver.route.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stockobserver.venue.FeedMessage.Kind;
import io.stockobserver.venue.FeedState;
import io.stockobserver.venue.FeedState.Phase;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class FeedSendTest {
  @Test
  void aVenuesPingIsAnsweredAtOnceAlsoWhileThePumpIsStuck() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    String ping = "{\"PING\":1}";
    try (LoopbackVenue venue =
            new LoopbackVenue(
                socket -> {
                  FeedOrderTest.flood(socket, 0, 1000);
                  socket.writeTextMessage(ping);
                });
        FeedRoute route =
            new FeedRoute(
                venue.port(), "", new TinyLadder(), batch -> FeedOrderTest.awaitQuietly(go))) {
      await().until(() -> venue.heard.contains(ping));
      assertThat(route.messages()).isEmpty();
      go.countDown();
      route.awaitKind(Kind.TEXT, 1001);
      assertThat(route.texts()).last().isEqualTo(ping);
      assertThat(route.state().sent()).isEqualTo(1);
    }
  }

  @Test
  void whatIsSentToTheFeedsAddressTravelsOnItsSocketInOrder() throws Exception {
    try (LoopbackVenue venue = new LoopbackVenue(socket -> {});
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.OPENED, 1);
      String to = "vertx-websocket:localhost:" + venue.port() + "/feed";
      ProducerTemplate producer = route.camel.createProducerTemplate();
      List<String> sent = IntStream.range(0, 300).mapToObj(i -> "subscribe " + i).toList();
      sent.forEach(text -> producer.sendBody(to, text));
      producer.sendBody(to, new byte[] {'b'});
      await().until(() -> venue.heard.size() == 301);
      assertThat(venue.heard.subList(0, 300)).isEqualTo(sent);
      assertThat(venue.heard.get(300)).isEqualTo("binary b");
      assertThat(venue.sockets).hasSize(1);
      assertThat(route.state().sent()).isEqualTo(301);
    }
  }

  @Test
  void withNoSocketOpenSendingThrowsAndNamesTheAddressWithoutItsQuery() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (FeedRoute route = new FeedRoute(port, "approval=secret")) {
      String to = "vertx-websocket:localhost:" + port + "/feed?approval=secret";
      assertThatThrownBy(() -> route.send("x", to))
          .cause()
          .isInstanceOf(FeedClosedException.class)
          .hasMessage("ws://localhost:" + port + "/feed: no socket is open, nothing was sent");
      route.camel.getRouteController().stopRoute("hear");
      assertThatThrownBy(() -> route.send("x", to)).cause().isInstanceOf(FeedClosedException.class);
    }
  }

  @Test
  void serversAndProducersWithoutAFeedStayCamelsOwn() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.addComponent("vertx-websocket", new FeedComponent());
      List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("vertx-websocket:localhost:" + port + "/echo")
                  .process(e -> heard.add(e.getMessage().getBody(String.class)));
            }
          });
      camel.start();
      camel.createProducerTemplate().sendBody("vertx-websocket:localhost:" + port + "/echo", "hi");
      await().until(() -> heard.contains("hi"));
    }
  }

  @Test
  void aYamlRouteUnderstandsTheOptionsAndHealthFollowsTheSocket() throws Exception {
    try (LoopbackVenue venue = new LoopbackVenue(socket -> FeedOrderTest.flood(socket, 0, 10));
        DefaultCamelContext camel = new DefaultCamelContext()) {
      FeedComponent component = new FeedComponent();
      camel.addComponent("vertx-websocket", component);
      HealthCheckRegistry checks = HealthCheckRegistry.get(camel);
      checks.register(checks.resolveById("consumers")); // as camel-main does
      TinyLadder ladder = new TinyLadder();
      camel.getRegistry().bind("kisPolicy", ladder);
      List<Object> bodies = new java.util.concurrent.CopyOnWriteArrayList<>();
      camel
          .getRegistry()
          .bind("keep", (org.apache.camel.Processor) e -> bodies.add(e.getMessage().getBody()));
      load(
          camel,
          """
          - route:
              id: hear-kis-trades
              from:
                uri: vertx-websocket:localhost:%d/tryitout
                parameters:
                  consumeAsClient: true
                  feed: kis-trades
                  policy: "#bean:kisPolicy"
                  batchSize: 4
                  queueSize: 1000
                  queueBytes: 8MB
                  idleTimeout: 30s
                  pingInterval: 20s
                  connectTimeout: 5s
                  drainTimeout: 2s
                  maxFrameSize: 1MB
                  maxMessageSize: 4MB
                steps:
                  - process:
                      ref: keep
          """
              .formatted(venue.port()));
      camel.start();
      await().until(() -> component.states().get(0).delivered() == 10);
      FeedState state = component.states().get(0);
      assertThat(state.feed()).isEqualTo("kis-trades");
      assertThat(state.host()).isEqualTo("ws://localhost:" + venue.port());
      assertThat(state.phase()).isEqualTo(Phase.OPEN);
      assertThat(state.lastMessageAge()).isPresent();
      assertThat(bodies.size()).isGreaterThanOrEqualTo(3);
      assertThat(venue.sockets.get(0).uri()).isEqualTo("/tryitout");
      assertThat(health(camel)).containsOnly(HealthCheck.State.UP);
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      String consumers = "org.apache.camel:context=" + camel.getName() + ",type=consumers,*";
      ObjectName consumer = beans.queryNames(new ObjectName(consumers), null).iterator().next();
      assertThat(beans.getAttribute(consumer, "FeedPhase")).isEqualTo("OPEN");
      assertThat(beans.getAttribute(consumer, "FeedMessages")).isEqualTo(10L);
      venue.goDown();
      await().until(() -> !ladder.asked.isEmpty());
      assertThat(health(camel)).containsOnly(HealthCheck.State.DOWN);
    }
  }

  private static List<HealthCheck.State> health(CamelContext camel) {
    Collection<HealthCheck.Result> results = HealthCheckHelper.invoke(camel);
    return results.stream()
        .filter(result -> result.getDetails().containsKey("feed"))
        .map(HealthCheck.Result::getState)
        .toList();
  }

  private static void load(CamelContext camel, String yaml) throws Exception {
    Resource resource = ResourceHelper.fromString("hear-kis-trades.camel.yaml", yaml);
    Collection<RoutesBuilder> routes =
        PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource);
    for (RoutesBuilder route : routes) {
      camel.addRoutes(route);
    }
  }
}
