package io.stockobserver.route.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import io.stockobserver.venue.FeedState.Phase;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A route that takes nothing: the socket is read on, and what is given up is told in its place. */
class FeedShedTest {
  private static final int FRAMES = 20_000;
  private static final String PING = "{\"PING\":%d}";
  private static final String SMALL = "queueSize=2000&batchSize=50&patience=100ms";

  private final CountDownLatch go = new CountDownLatch(1);

  private FeedRoute stuck(LoopbackVenue venue, String options) throws Exception {
    return new FeedRoute(
        venue.port(), options, new TinyLadder(), batch -> FeedOrderTest.awaitQuietly(go));
  }

  @Test
  void pingsBehindAFloodAreAnsweredWhileNothingIsTaken() throws Exception {
    try (LoopbackVenue venue = new LoopbackVenue(socket -> flood(socket, 0));
        FeedRoute route = stuck(venue, SMALL)) {
      for (int i = 0; i < 5; i++) {
        String ping = PING.formatted(i);
        await().until(() -> !venue.sockets.isEmpty());
        venue.sockets.get(0).writeTextMessage(ping);
        await().until(() -> venue.heard.contains(ping));
      }
      await().until(() -> route.state().messages() == FRAMES + 5);
      assertThat(route.messages()).as("all the while nothing was taken").isEmpty();
      assertThat(route.state().queued()).isLessThanOrEqualTo(2000 + 64 * 1024 / 12);
      assertThat(route.state().phase()).isEqualTo(Phase.OPEN);
      go.countDown();
      await().until(() -> route.state().queued() == 0);
      holds(route);
      assertThat(route.texts()).filteredOn(text -> text.startsWith("{")).hasSize(5);
    }
  }

  @Test
  void afterTheHoleTheFeedGoesOnWhereItIs() throws Exception {
    try (LoopbackVenue venue = new LoopbackVenue(socket -> flood(socket, 0));
        FeedRoute route = stuck(venue, SMALL)) {
      await().until(() -> route.state().messages() == FRAMES);
      go.countDown();
      await().until(() -> route.state().queued() == 0);
      venue.sockets.get(0).writeTextMessage("frame " + FRAMES);
      await().until(() -> route.state().delivered() + route.state().shed() == FRAMES + 1);
      await().until(() -> route.texts().contains("frame " + FRAMES));
      holds(route);
      assertThat(route.messages(Kind.SHED)).hasSize(1);
      assertThat(route.messages(Kind.CLOSED)).isEmpty();
    }
  }

  @Test
  void aConnectionThatEndsMeanwhileEndsTheHoleToo() throws Exception {
    try (LoopbackVenue venue =
            new LoopbackVenue(
                socket -> {
                  flood(socket, 0);
                  socket.writeTextMessage("bye");
                });
        FeedRoute route = stuck(venue, SMALL)) {
      await().until(() -> route.state().messages() == FRAMES + 1);
      venue.sockets.get(0).close();
      await().until(() -> route.state().messages() > FRAMES + 1);
      go.countDown();
      await().until(() -> route.state().queued() == 0);
      List<Kind> kinds =
          route.messages().stream()
              .filter(message -> !message.isHeard())
              .map(FeedMessage::kind)
              .toList();
      assertThat(kinds).startsWith(Kind.OPENED, Kind.SHED, Kind.CLOSED, Kind.OPENED);
      FeedOrderTest.assertNothingAfterClosed(route.batches);
    }
  }

  @Test
  void whatAStoppedRouteLeftBehindIsToldWhenItStartsAgain() throws Exception {
    try (LoopbackVenue venue = new LoopbackVenue(socket -> FeedOrderTest.flood(socket, 0, 500));
        FeedRoute route = stuck(venue, "drainTimeout=100ms&batchSize=50")) {
      await().until(() -> route.state().messages() == 500);
      route.camel.getRouteController().stopRoute("hear");
      assertThat(route.messages()).isEmpty();
      go.countDown();
      await().until(() -> !route.messages().isEmpty());
      long taken = route.messages(Kind.TEXT).size();
      route.camel.getRouteController().startRoute("hear");
      route.awaitKind(Kind.OPENED, 2);
      List<FeedMessage> said =
          route.messages().stream().filter(message -> !message.isHeard()).toList();
      assertThat(said)
          .extracting(FeedMessage::kind)
          .startsWith(Kind.OPENED, Kind.SHED, Kind.CLOSED, Kind.OPENED);
      assertThat(said.get(1).shed().frames()).isEqualTo(500 - taken);
      assertThat(said.get(1).shed().stopped()).isTrue();
    }
  }

  /** Frames heard = taken + shed, each in its place. */
  private static void holds(FeedRoute route) {
    int next = 0;
    for (FeedMessage message : route.messages()) {
      if (message.kind() == Kind.SHED) {
        next += Math.toIntExact(message.shed().frames());
        assertThat(message.shed().firstNanos()).isLessThanOrEqualTo(message.shed().lastNanos());
      } else if (message.isHeard() && message.payload()[0] == 'f') {
        assertThat(new String(message.payload(), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo("frame " + next++);
      }
    }
    assertThat(next).isGreaterThanOrEqualTo(FRAMES);
    assertThat(route.state().shed()).isPositive();
    assertThat(route.state().delivered() + route.state().shed())
        .isEqualTo(route.state().messages());
  }

  private static void flood(ServerWebSocket socket, int from) {
    FeedOrderTest.flood(socket, from, FRAMES);
  }
}
