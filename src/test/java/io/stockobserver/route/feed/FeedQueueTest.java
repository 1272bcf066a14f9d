package io.stockobserver.route.feed;

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
  private final FeedQueue queue = new FeedQueue(100, 1 << 20, 10, Duration.ZERO);

  @Test
  void itPausesAtThreeQuartersAndGoesOnUnderOneQuarterOfWhatIsNotYetDone() throws Exception {
    hear(74);
    assertThat(queue.isPaused()).isFalse();
    hear(1);
    assertThat(queue.isPaused()).isTrue();
    List<Chunk> taken = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      taken.add(queue.take());
    }
    assertThat(queue.isPaused()).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(queue.done(taken.get(i))).isFalse();
    }
    assertThat(queue.length()).isEqualTo(25);
    assertThat(queue.done(taken.get(5))).isTrue();
    assertThat(queue.isPaused()).isFalse();
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
    assertThat(queue.take().messages()).extracting(FeedMessage::kind).containsExactly(Kind.CLOSED);
    assertThat(queue.take()).isNull();
  }

  @Test
  void aMessageWaitsForOthersButNotForAFullBatchNorForTheEnd() throws Exception {
    FeedQueue patient = new FeedQueue(100, 1 << 20, 3, Duration.ofDays(1));
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

  private void hear(int messages) {
    for (int i = 0; i < messages; i++) {
      queue.add(List.of(FeedMessage.text(new byte[10], i)), 10);
    }
  }
}
