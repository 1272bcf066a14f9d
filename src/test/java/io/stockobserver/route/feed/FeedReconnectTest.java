package io.stockobserver.route.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import io.stockobserver.venue.FeedState.Phase;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FeedReconnectTest {
  @Test
  void aRouteStartsWithItsVenueDownAndHearsItOnceItIsUp() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (FeedRoute route = new FeedRoute(port, "")) {
      assertThat(route.camel.getRouteController().getRouteStatus("hear").isStarted()).isTrue();
      route.awaitKind(Kind.FAILED, 3);
      FeedMessage second = route.messages(Kind.FAILED).get(1);
      assertThat(second.event().reason()).isEqualTo("connect refused");
      assertThat(second.event().attempt()).isEqualTo(1);
      assertThat(second.event().waited()).isEqualTo(Duration.ofMillis(20));
      assertThat(second.event().connection()).isZero();
      try (LoopbackVenue venue =
          new LoopbackVenue(port, socket -> socket.writeTextMessage("good morning"))) {
        route.awaitKind(Kind.TEXT, 1);
        assertThat(venue.sockets).hasSize(1);
        FeedMessage opened = route.messages(Kind.OPENED).get(0);
        assertThat(opened.event().connection()).isEqualTo(1);
        assertThat(opened.event().attempt()).isEqualTo(route.ladder.asked.size());
        FeedOrderTest.assertNothingAfterClosed(route.batches);
      }
    }
  }

  @Test
  void aCloseRightAfterConnectClimbsTheLadderInsteadOfLooping() throws Exception {
    try (LoopbackVenue venue = new LoopbackVenue(socket -> socket.close());
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.CLOSED, 5);
      assertThat(route.ladder.asked).startsWith(1, 2, 3, 4, 5);
      assertThat(venue.sockets.size()).isLessThanOrEqualTo(route.ladder.asked.size() + 1);
    }
  }

  @Test
  void aFeedThatHasProvenAliveBeginsTheLadderAnew() throws Exception {
    TinyLadder ladder =
        new TinyLadder() {
          @Override
          public boolean provenAlive(Duration connectedFor) {
            return connectedFor.compareTo(Duration.ofMillis(30)) > 0;
          }
        };
    try (LoopbackVenue venue =
            new LoopbackVenue(
                socket ->
                    Vertx.currentContext()
                        .owner()
                        .setTimer(
                            50,
                            timer -> {
                              socket.writeTextMessage("data");
                              socket.close();
                            }));
        FeedRoute route = new FeedRoute(venue.port(), "", ladder, batch -> {})) {
      route.awaitKind(Kind.CLOSED, 4);
      assertThat(ladder.asked).startsWith(1, 1, 1).doesNotContain(2);
    }
  }

  @Test
  void aSlowHandshakeStillGivesOneSocketAtATime() throws Exception {
    try (RawVenue venue =
            new RawVenue(
                (n, socket, answer) ->
                    Vertx.currentContext()
                        .owner()
                        .setTimer(
                            n < 4 ? 60_000 : 300,
                            timer -> socket.write(answer.appendBuffer(RawVenue.text("at last")))));
        FeedRoute route = new FeedRoute(venue.port(), "connectTimeout=100ms")) {
      route.awaitKind(Kind.FAILED, 3);
      assertThat(venue.mostOpen.get()).isEqualTo(1);
      assertThat(route.messages(Kind.FAILED).get(0).event().reason()).contains("handshake");
    }
    try (RawVenue venue =
            new RawVenue(
                (n, socket, answer) ->
                    Vertx.currentContext().owner().setTimer(400, timer -> socket.write(answer)));
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.OPENED, 1);
      assertThat(venue.handshakes.get()).isEqualTo(1);
      assertThat(venue.mostOpen.get()).isEqualTo(1);
    }
  }

  /** Vert.x gives its first timer the number 0 and takes that for "no timer". */
  @Test
  void aConnectionOutlivesTheTimeGrantedForItsHandshake() throws Exception {
    try (LoopbackVenue venue =
            new LoopbackVenue(
                socket ->
                    Vertx.currentContext()
                        .owner()
                        .setTimer(600, timer -> socket.writeTextMessage("still here")));
        FeedRoute route = new FeedRoute(venue.port(), "connectTimeout=200ms&pingInterval=0")) {
      route.awaitKind(Kind.TEXT, 1);
      assertThat(route.messages(Kind.CLOSED)).isEmpty();
      assertThat(venue.sockets).hasSize(1);
    }
  }

  @Test
  void aSilentPeerIsNoticed() throws Exception {
    try (RawVenue venue =
            RawVenue.greeting((n, answer) -> answer.appendBuffer(RawVenue.text("last words")));
        FeedRoute route = new FeedRoute(venue.port(), "idleTimeout=200ms&pingInterval=50ms")) {
      route.awaitKind(Kind.CLOSED, 1);
      FeedMessage closed = route.messages(Kind.CLOSED).get(0);
      assertThat(closed.event().reason()).isEqualTo("idle 200 ms");
      long heard = route.messages(Kind.TEXT).get(0).monoNanos();
      assertThat(Duration.ofNanos(closed.monoNanos() - heard))
          .isBetween(Duration.ofMillis(199), Duration.ofMillis(1000));
      route.awaitKind(Kind.OPENED, 2);
      assertThat(venue.mostOpen.get()).isEqualTo(1);
    }
  }

  @Test
  void aPeerThatOnlyAnswersPingsIsNotSilent() throws Exception {
    try (LoopbackVenue venue = new LoopbackVenue(socket -> {});
        FeedRoute route = new FeedRoute(venue.port(), "idleTimeout=1s&pingInterval=50ms")) {
      await().until(() -> route.state().sent() > 40);
      assertThat(venue.sockets).hasSize(1);
      assertThat(route.messages(Kind.CLOSED)).isEmpty();
    }
  }

  @Test
  void whileItIsPausedSilenceIsNotHeldAgainstTheVenue() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (LoopbackVenue venue = new LoopbackVenue(socket -> FeedOrderTest.flood(socket, 0, 1000));
        FeedRoute route =
            new FeedRoute(
                venue.port(),
                "queueSize=20&batchSize=5&idleTimeout=1s&pingInterval=20ms&patience=20s",
                new TinyLadder(),
                batch -> FeedOrderTest.awaitQuietly(go))) {
      await().until(() -> route.state().phase() == Phase.PAUSED);
      long pings = route.state().sent();
      await().until(() -> route.state().sent() > pings + 75);
      go.countDown();
      route.awaitKind(Kind.TEXT, 1000);
      assertThat(route.messages(Kind.CLOSED)).isEmpty();
    }
  }

  @Test
  void whileThePolicySaysNoNothingIsConnected() throws Exception {
    AtomicBoolean key = new AtomicBoolean();
    TinyLadder ladder =
        new TinyLadder() {
          @Override
          public boolean mayConnect() {
            return key.get();
          }
        };
    try (LoopbackVenue venue = new LoopbackVenue(socket -> {});
        FeedRoute route = new FeedRoute(venue.port(), "", ladder, batch -> {})) {
      await().until(() -> route.state().phase() == Phase.WAITING);
      key.set(true);
      route.awaitKind(Kind.OPENED, 1);
      assertThat(venue.sockets).hasSize(1);
      assertThat(ladder.asked).isEmpty();
    }
  }

  @Test
  void aPolicyThatThrowsDoesNotEndTheFeed() throws Exception {
    TinyLadder broken =
        new TinyLadder() {
          @Override
          public boolean provenAlive(Duration connectedFor) {
            throw new IllegalStateException("planted");
          }

          @Override
          public String replyTo(String text) {
            throw new IllegalStateException("planted");
          }
        };
    try (LoopbackVenue venue =
            new LoopbackVenue(
                socket -> {
                  socket.writeTextMessage("x");
                  socket.close();
                });
        FeedRoute route = new FeedRoute(venue.port(), "", broken, batch -> {})) {
      route.awaitKind(Kind.CLOSED, 3);
      assertThat(route.texts()).startsWith("x", "x", "x");
    }
  }

  @Test
  void aHandshakeThatIsRefusedSaysWithWhichStatus() throws Exception {
    try (RawVenue venue =
            new RawVenue(
                (n, socket, answer) ->
                    socket.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
        FeedRoute route = new FeedRoute(venue.port(), "token=secret")) {
      route.awaitKind(Kind.FAILED, 2);
      List<FeedMessage> failed = route.messages(Kind.FAILED);
      assertThat(failed.get(0).event().reason()).isEqualTo("handshake refused with status 403");
      assertThat(route.state().toString()).doesNotContain("secret");
      // Told before the delay is asked for, so that the delay can be another.
      assertThat(route.ladder.refused).startsWith("403 before 1", "403 before 2");
    }
  }
}
