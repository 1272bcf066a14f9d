package io.stockobserver.route.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FeedOrderTest {
  @Test
  void framesThatCameWithTheHandshakeAreNotLost() throws Exception {
    try (RawVenue venue =
            RawVenue.greeting(
                (n, answer) ->
                    answer
                        .appendBuffer(RawVenue.text("one"))
                        .appendBuffer(RawVenue.text("two"))
                        .appendBuffer(RawVenue.frame(true, 2, new byte[] {3})));
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.BINARY, 1);
      assertThat(route.messages().stream().map(FeedMessage::kind))
          .containsExactly(Kind.OPENED, Kind.TEXT, Kind.TEXT, Kind.BINARY);
      assertThat(route.texts()).containsExactly("one", "two");
      assertThat(route.batches.get(0).connection()).isEqualTo(1);
      assertThat(route.batches.get(0).feed()).isEqualTo("hear");
    }
  }

  @Test
  void twoHundredThousandFramesStayInOrderAndInBatches() throws Exception {
    int frames = 200_000;
    try (LoopbackVenue venue = new LoopbackVenue(socket -> flood(socket, 0, frames));
        FeedRoute route = new FeedRoute(venue.port(), "batchSize=100&feed=ticks")) {
      await().atMost(Duration.ofSeconds(30)).until(() -> route.state().delivered() == frames);
      List<String> texts = route.texts();
      for (int i = 0; i < frames; i++) {
        assertThat(texts.get(i)).isEqualTo("frame " + i);
      }
      assertThat(route.batches)
          .allSatisfy(
              batch -> {
                assertThat(batch.messages()).hasSizeLessThanOrEqualTo(100);
                assertThat(batch.feed()).isEqualTo("ticks");
              });
      assertThat(route.state().messages()).isEqualTo(frames);
    }
  }

  @Test
  void aSlowRouteLosesNothingAndItsQueueStaysWithinItsCap() throws Exception {
    int frames = 20_000;
    AtomicInteger mostQueued = new AtomicInteger();
    AtomicReference<FeedRoute> self = new AtomicReference<>();
    CountDownLatch go = new CountDownLatch(1);
    try (LoopbackVenue venue = new LoopbackVenue(socket -> flood(socket, 0, frames));
        FeedRoute route =
            new FeedRoute(
                venue.port(),
                "queueSize=4000&batchSize=50",
                new TinyLadder(),
                batch -> {
                  awaitQuietly(go);
                  FeedRoute now = self.get();
                  mostQueued.accumulateAndGet(now.state().queued(), Math::max);
                })) {
      self.set(route);
      await().until(() -> route.state().phase().name().equals("PAUSED"));
      int stuckAt = route.state().queued();
      go.countDown();
      await().atMost(Duration.ofSeconds(15)).until(() -> route.state().delivered() == frames);
      assertThat(stuckAt).as("an eighth").isGreaterThanOrEqualTo(500);
      assertThat(mostQueued.get()).isBetween(500, 4000 + 64 * 1024 / 12);
      assertThat(route.texts()).hasSize(frames).endsWith("frame " + (frames - 1));
      assertThat(route.state().queued()).isZero();
      assertThat(route.state().queuedBytes()).isZero();
      assertThat(route.state().leftBehind()).isZero();
    }
  }

  @Test
  void memoryIsCappedWhateverTheSizeOfAFrame() throws Exception {
    String large = "x".repeat(200_000);
    CountDownLatch go = new CountDownLatch(1);
    try (LoopbackVenue venue =
            new LoopbackVenue(
                socket -> {
                  for (int i = 0; i < 100; i++) {
                    socket.writeTextMessage(large);
                  }
                });
        FeedRoute route =
            new FeedRoute(
                venue.port(), "queueBytes=2MB", new TinyLadder(), batch -> awaitQuietly(go))) {
      await().until(() -> route.state().phase().name().equals("PAUSED"));
      assertThat(route.state().queuedBytes()).isBetween(262_144L, 524_288L);
      go.countDown();
      route.awaitKind(Kind.TEXT, 100);
    }
  }

  @Test
  void lateFramesOfAnAbandonedSocketAreNotDelivered() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (RawVenue venue =
            new RawVenue(
                (n, socket, answer) -> {
                  socket.write(answer);
                  long talk = // goes on whatever it hears, also after our close
                      io.vertx.core.Vertx.currentContext()
                          .owner()
                          .setPeriodic(
                              1,
                              timer -> {
                                socket.write(RawVenue.text(n + ":" + written.incrementAndGet()));
                              });
                  socket.closeHandler(
                      closed -> io.vertx.core.Vertx.currentContext().owner().cancelTimer(talk));
                });
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.TEXT, 20);
      route.camel.getRouteController().suspendRoute("hear");
      int kept = route.messages().size();
      int before = written.get();
      await().until(() -> written.get() > before + 50);
      assertThat(route.messages())
          .hasSize(kept)
          .last()
          .extracting(FeedMessage::kind)
          .isEqualTo(Kind.CLOSED);
      route.camel.getRouteController().resumeRoute("hear");
      route.awaitKind(Kind.OPENED, 2);
      route.awaitMessages(all -> all.size() > kept + 20);
      assertThat(route.texts().stream().skip(kept - 2L)).allMatch(text -> text.startsWith("2:"));
      assertNothingAfterClosed(route.batches);
    }
  }

  @Test
  void openingsAndClosingsStandAmongTheMessagesAndNoBatchMixesConnections() throws Exception {
    try (LoopbackVenue venue =
            new LoopbackVenue(
                socket -> {
                  for (int i = 0; i < 20; i++) {
                    socket.writeTextMessage("m" + i);
                  }
                  socket.close((short) 4001, "go away");
                });
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.CLOSED, 5);
      assertNothingAfterClosed(route.batches);
      FeedMessage closed = route.messages(Kind.CLOSED).get(0);
      assertThat(closed.event().reason()).isEqualTo("code 4001 go away");
      List<Long> opened =
          route.messages(Kind.OPENED).stream().map(m -> m.event().connection()).toList();
      assertThat(opened).startsWith(1L, 2L, 3L, 4L, 5L);
      assertThat(route.texts().size()).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void framesJustBeforeACloseAreKeptAlsoWhenTheQueueWasFull() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Buffer burst = Buffer.buffer();
    for (int i = 0; i < 500; i++) {
      burst.appendBuffer(RawVenue.text("m" + i));
    }
    burst.appendBuffer(RawVenue.frame(true, 8, new byte[] {3, (byte) 0xE8}));
    try (RawVenue venue = RawVenue.greeting((n, answer) -> answer.appendBuffer(burst));
        FeedRoute route =
            new FeedRoute(
                venue.port(),
                "queueSize=20&batchSize=5",
                new TinyLadder(),
                batch -> awaitQuietly(go))) {
      await().until(() -> route.state().phase().name().equals("PAUSED"));
      go.countDown();
      route.awaitKind(Kind.CLOSED, 1);
      List<String> first = new ArrayList<>();
      for (FeedBatch batch : route.batches) {
        if (batch.connection() == 1) {
          batch.messages().stream()
              .filter(FeedMessage::isHeard)
              .forEach(
                  m -> first.add(new String(m.payload(), java.nio.charset.StandardCharsets.UTF_8)));
        }
      }
      assertThat(first).hasSize(500).endsWith("m499");
    }
  }

  static void assertNothingAfterClosed(List<FeedBatch> batches) {
    long current = 0;
    boolean open = false;
    for (FeedBatch batch : batches) {
      for (FeedMessage message : batch.messages()) {
        switch (message.kind()) {
          case OPENED -> {
            assertThat(open).isFalse();
            assertThat(message.event().connection()).isGreaterThan(current);
            current = message.event().connection();
            open = true;
          }
          case CLOSED -> {
            assertThat(open).isTrue();
            open = false;
          }
          case FAILED -> assertThat(open).isFalse();
          default -> assertThat(open).isTrue();
        }
        if (message.kind() != Kind.FAILED) {
          assertThat(batch.connection()).isEqualTo(current);
        }
      }
    }
  }

  static void flood(ServerWebSocket socket, int from, int frames) {
    socket.drainHandler(null); // others write too: it must not come twice
    for (int i = from; i < frames; i++) {
      socket.writeTextMessage("frame " + i);
      if (i % 500 == 499) {
        if (socket.writeQueueFull()) {
          int next = i + 1;
          socket.drainHandler(drained -> flood(socket, next, frames));
          return;
        }
      }
    }
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(8, TimeUnit.SECONDS); // a test that fails must not hang as well
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
