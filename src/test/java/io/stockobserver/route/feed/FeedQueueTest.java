package io.stockobserver.route.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.route.feed.FeedQueue.Chunk;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FeedQueueTest {
  private long heard;
  private final FeedQueue queue =
      new FeedQueue(100, 1 << 20, 10, Duration.ZERO, FeedQueueTest::isWord);

  @Test
  void itPausesAtAnEighthAndGoesOnAThirtySecondBelowOfWhatIsNotYetDone() throws Exception {
    hear(12);
    assertThat(queue.isPaused()).isFalse();
    hear(1);
    assertThat(queue.isPaused()).isTrue();
    hear(10);
    Chunk first = queue.take();
    Chunk second = queue.take();
    assertThat(queue.isPaused()).isTrue();
    assertThat(queue.done(first)).as("13 are left, 9 would do").isFalse();
    assertThat(queue.done(second)).isTrue();
    assertThat(queue.isPaused()).isFalse();
  }

  @Test
  void afterAHoleItIsPausedWhileItGetsEmptierAndNotUntilItIsEmpty() throws Exception {
    hear(75);
    queue.losePatience();
    hear(26); // 100, and what tells of the hole
    for (int i = 0; i < 4; i++) {
      queue.done(queue.take());
    }
    assertThat(queue.isPaused()).isFalse();
    hear(1);
    assertThat(queue.length()).isEqualTo(62);
    assertThat(queue.isPaused()).isTrue();
    assertThat(queue.done(queue.take())).isTrue();
    hear(1);
    assertThat(queue.isPaused()).isTrue();
    assertThat(queue.shed()).isEqualTo(1);
  }

  @Test
  void whileThereIsPatienceNothingIsGivenUp() {
    hear(300);
    assertThat(queue.length()).as("TCP holds the rest back").isEqualTo(300);
    assertThat(queue.shed()).isZero();
    queue.losePatience();
    hear(1);
    assertThat(queue.length()).as("300 and what tells of the hole").isEqualTo(301);
    assertThat(queue.shed()).isEqualTo(1);
  }

  @Test
  void patienceIsOnlyLostWhilePaused() {
    queue.losePatience();
    hear(300);
    assertThat(queue.shed()).isZero();
    assertThat(queue.isPaused()).isTrue();
  }

  @Test
  void aHoleIsToldOnceInItsPlaceAndEndsUnderFiveEighths() throws Exception {
    hear(75);
    queue.losePatience();
    assertThat(queue.isPaused()).isFalse();
    hear(25); // 100: all of it fits
    hear(7); // heard at 100 to 106
    queue.done(queue.take());
    hear(5); // there would be room, but one long hole is better than many
    assertThat(queue.length()).isEqualTo(91);
    for (int i = 0; i < 4; i++) {
      queue.done(queue.take());
    }
    hear(3);
    assertThat(queue.shed()).isEqualTo(12);
    List<FeedMessage> left = takeAll();
    assertThat(left).hasSize(50 + 1 + 3);
    FeedMessage.Shed shed = left.get(50).shed();
    assertThat(shed.frames()).isEqualTo(12);
    assertThat(shed.bytes()).isEqualTo(120);
    assertThat(shed.firstNanos()).isEqualTo(100);
    assertThat(shed.lastNanos()).isEqualTo(111);
    assertThat(shed.stopped()).isFalse();
    assertThat(left.get(49).monoNanos()).isEqualTo(99);
    assertThat(left.get(51).monoNanos()).isEqualTo(112);
    assertThat(queue.lengthBytes()).isZero();
  }

  @Test
  void theCapInBytesIsACapToo() throws Exception {
    FeedQueue small = new FeedQueue(1000, 4000, 10, Duration.ZERO, m -> false);
    byte[] bytes = new byte[936]; // 1000 with what it costs to keep it
    small.add(List.of(FeedMessage.binary(bytes, 1)), 936);
    small.add(List.of(FeedMessage.binary(bytes, 2)), 936);
    small.add(List.of(FeedMessage.binary(bytes, 3)), 936);
    assertThat(small.isPaused()).isTrue();
    small.losePatience();
    small.add(List.of(FeedMessage.binary(bytes, 4)), 936);
    small.add(List.of(FeedMessage.binary(bytes, 5)), 936);
    assertThat(small.shed()).isEqualTo(1);
    assertThat(small.lengthBytes()).isEqualTo(4064);
    small.take();
    small.take();
  }

  @Test
  void whatIsAboutTheFeedItselfIsSparedWithinItsReserve() throws Exception {
    hear(75);
    queue.losePatience();
    hear(30);
    for (int i = 0; i < 10; i++) {
      queue.add(List.of(FeedMessage.text("word".getBytes(UTF_8), 200 + i)), 4);
    }
    // A sixteenth of 100 is 6; one more tells of the hole.
    assertThat(queue.length()).isEqualTo(107);
    assertThat(queue.shed()).isEqualTo(5 + 4);
    List<FeedMessage> all = takeAll();
    assertThat(all.get(100).shed().frames()).isEqualTo(9);
    assertThat(all.subList(101, 107)).allMatch(FeedQueueTest::isWord);
  }

  @Test
  void aHoleEndsWithItsConnection() throws Exception {
    hear(75);
    queue.losePatience();
    hear(27);
    queue.add(FeedMessage.closed(1, 0, Duration.ZERO, "", 0));
    queue.add(FeedMessage.opened(2, 0, Duration.ZERO, 0));
    hear(4);
    List<FeedMessage> all = takeAll();
    assertThat(all.subList(100, all.size()))
        .extracting(FeedMessage::kind)
        .containsExactly(Kind.SHED, Kind.CLOSED, Kind.OPENED, Kind.SHED);
    assertThat(all.get(100).shed().frames()).isEqualTo(2);
    assertThat(all.get(103).shed().frames()).isEqualTo(4);
  }

  private List<FeedMessage> takeAll() throws InterruptedException {
    List<FeedMessage> all = new ArrayList<>();
    while (queue.length() > 0) {
      Chunk chunk = queue.take();
      all.addAll(chunk.messages());
      queue.done(chunk);
    }
    return all;
  }

  private static boolean isWord(FeedMessage message) {
    return message.payload().length == 4;
  }

  @Test
  void aBatchNeverMixesConnectionsAndAFailureStandsAlone() throws Exception {
    queue.add(FeedMessage.opened(1, 0, Duration.ZERO, 0));
    hear(3);
    queue.add(FeedMessage.closed(1, 0, Duration.ZERO, "", 0));
    queue.add(FeedMessage.failed(1, Duration.ZERO, "", 0));
    queue.add(FeedMessage.failed(2, Duration.ZERO, "", 0));
    queue.add(FeedMessage.opened(2, 3, Duration.ZERO, 0));
    hear(25);
    List<Integer> sizes = new ArrayList<>();
    while (queue.length() > 0) {
      Chunk chunk = queue.take();
      sizes.add(chunk.messages().size());
      queue.done(chunk);
    }
    assertThat(sizes).containsExactly(5, 1, 1, 10, 10, 6);
    assertThat(queue.lengthBytes()).isZero();
  }

  @Test
  void whatIsGivenUpIsCountedAndTheClosingStays() throws Exception {
    queue.add(FeedMessage.opened(1, 0, Duration.ZERO, 0));
    hear(30);
    queue.add(FeedMessage.closed(1, 0, Duration.ZERO, "", 0));
    queue.close();
    hear(1);
    assertThat(queue.abandon()).isEqualTo(30);
    List<FeedMessage> told = queue.take().messages();
    assertThat(told).extracting(FeedMessage::kind).containsExactly(Kind.SHED, Kind.CLOSED);
    assertThat(told.get(0).shed().frames()).isEqualTo(30);
    assertThat(told.get(0).shed().stopped()).isTrue();
    assertThat(queue.take()).isNull();
  }

  @Test
  void aMessageWaitsForOthersButNotForAFullBatchNorForTheEnd() throws Exception {
    FeedQueue patient = new FeedQueue(100, 1 << 20, 3, Duration.ofDays(1), m -> false);
    FeedMessage now = FeedMessage.text(new byte[10], System.nanoTime());
    CompletableFuture<Integer> taken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return patient.take().messages().size();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    patient.add(List.of(now), 10);
    patient.add(List.of(now), 10);
    assertThat(taken).isNotDone();
    patient.add(List.of(now), 10);
    assertThat(taken).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(3);

    patient.add(List.of(now), 10);
    patient.close();
    assertThat(patient.take().messages()).as("the end waits for nobody").hasSize(1);
  }

  @Test
  void thirtyTwoWaitForNobody() throws Exception {
    FeedQueue patient = new FeedQueue(1000, 1 << 20, 500, Duration.ofDays(1), m -> false);
    FeedMessage now = FeedMessage.text(new byte[10], System.nanoTime());
    CompletableFuture<Integer> taken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return patient.take().messages().size();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < 31; i++) {
      patient.add(List.of(now), 10);
    }
    assertThat(taken).isNotDone();
    patient.add(List.of(now), 10);
    assertThat(taken).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(32);
  }

  /** Messages of ten bytes, heard at 0, 1, 2 and so on. */
  private void hear(int messages) {
    for (int i = 0; i < messages; i++) {
      queue.add(List.of(FeedMessage.text(new byte[10], heard++)), 10);
    }
  }
}
