package io.stockobserver.route.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import io.stockobserver.venue.FeedState.Phase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Test;

class FeedStopTest {
  @Test
  void aStoppingRouteTakesWhatIsQueuedThenTheClosingAndTheVenueSeesACleanClose() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (LoopbackVenue venue = new LoopbackVenue(socket -> FeedOrderTest.flood(socket, 0, 500));
        FeedRoute route =
            new FeedRoute(
                venue.port(),
                "batchSize=50",
                new TinyLadder(),
                batch -> FeedOrderTest.awaitQuietly(go))) {
      await().until(() -> route.state().messages() == 500);
      Thread stopper = new Thread(() -> stop(route));
      stopper.start();
      await().until(() -> route.state().phase() == Phase.CLOSED);
      assertThat(route.messages()).isEmpty();
      go.countDown();
      stopper.join(8000);
      assertThat(route.texts()).hasSize(500).last().isEqualTo("frame 499");
      FeedMessage last = route.messages().get(route.messages().size() - 1);
      assertThat(last.kind()).isEqualTo(Kind.CLOSED);
      assertThat(last.event().reason()).isEqualTo("1000 route stopped");
      await().until(() -> venue.sockets.get(0).isClosed());
      assertThat(venue.sockets.get(0).closeStatusCode()).isEqualTo((short) 1000);
      assertThat(route.state().leftBehind()).isZero();
    }
  }

  @Test
  void whatAStoppingRouteDoesNotTakeInTimeIsCounted() throws Exception {
    AtomicInteger batches = new AtomicInteger();
    try (LoopbackVenue venue = new LoopbackVenue(socket -> FeedOrderTest.flood(socket, 0, 1000));
        FeedRoute route =
            new FeedRoute(
                venue.port(),
                "batchSize=10&drainTimeout=300ms",
                new TinyLadder(),
                batch -> {
                  batches.incrementAndGet();
                  nap(100);
                })) {
      await().until(() -> route.state().messages() == 1000);
      stop(route);
      assertThat(route.state().leftBehind()).isPositive();
      assertThat(route.texts().size() + route.state().leftBehind()).isEqualTo(1000);
      assertThat(route.state().delivered() + route.state().leftBehind())
          .isEqualTo(route.state().messages());
      assertThat(route.messages()).last().extracting(FeedMessage::kind).isEqualTo(Kind.CLOSED);
    }
  }

  @Test
  void aRouteThatIsStoppedAndStartedOrSuspendedAndResumedConnectsAgain() throws Exception {
    try (LoopbackVenue venue = new LoopbackVenue(socket -> socket.writeTextMessage("hello"));
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      RouteController controller = route.camel.getRouteController();
      route.awaitKind(Kind.TEXT, 1);
      controller.suspendRoute("hear");
      assertThat(route.messages(Kind.CLOSED)).hasSize(1);
      await().until(() -> venue.sockets.get(0).isClosed());
      controller.resumeRoute("hear");
      route.awaitKind(Kind.TEXT, 2);
      controller.stopRoute("hear");
      assertThat(route.messages(Kind.CLOSED)).hasSize(2);
      controller.startRoute("hear");
      route.awaitKind(Kind.TEXT, 3);
      assertThat(route.messages(Kind.OPENED).stream().map(m -> m.event().connection()))
          .containsExactly(1L, 2L, 3L);
      assertThat(route.state().phase()).isEqualTo(Phase.OPEN);
      assertThat(route.component.states()).hasSize(1);
    }
  }

  @Test
  void aRouteThatIsStoppedWhileItConnectsLeavesNoSocketBehind() throws Exception {
    try (RawVenue venue = new RawVenue((n, socket, answer) -> {});
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      await().until(() -> venue.open.get() == 1);
      stop(route);
      await().until(() -> venue.open.get() == 0);
      assertThat(route.messages()).isEmpty();
      assertThat(route.state().phase()).isEqualTo(Phase.CLOSED);
    }
  }

  @Test
  void aRouteThatFailsDoesNotStopThePump() throws Exception {
    AtomicInteger errors = new AtomicInteger();
    try (LoopbackVenue venue = new LoopbackVenue(socket -> FeedOrderTest.flood(socket, 0, 100));
        FeedRoute route =
            new FeedRoute(
                venue.port(),
                "batchSize=10",
                new TinyLadder(),
                batch -> {
                  if (errors.getAndIncrement() % 2 == 0) {
                    throw new IllegalStateException("planted");
                  }
                })) {
      await().atMost(Duration.ofSeconds(10)).until(() -> route.state().delivered() == 100);
      assertThat(route.messages().size()).isBetween(30, 70);
    }
  }

  private static void stop(FeedRoute route) {
    try {
      route.camel.getRouteController().stopRoute("hear");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void nap(int millis) {
    try {
      Thread.sleep(millis); // a slow disk, not a wait for anything
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
