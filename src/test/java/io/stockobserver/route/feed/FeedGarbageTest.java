package io.stockobserver.route.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedMessage.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeedGarbageTest {
  private static final int MB = 1 << 20;

  @Test
  void randomBytesEmptyTextAndBrokenUtf8ArriveAsTheyWereSent() throws Exception {
    byte[] noise = new byte[70_000];
    new Random(1).nextBytes(noise);
    byte[] broken = {'a', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, 0, 'z'};
    try (RawVenue venue =
            RawVenue.greeting(
                (n, answer) ->
                    answer
                        .appendBuffer(RawVenue.frame(true, 2, noise))
                        .appendBuffer(RawVenue.frame(true, 1, new byte[0]))
                        .appendBuffer(RawVenue.frame(true, 1, broken))
                        .appendBuffer(RawVenue.text("end")));
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.TEXT, 3);
      assertThat(route.messages(Kind.BINARY).get(0).payload()).isEqualTo(noise);
      assertThat(route.messages(Kind.TEXT).get(0).payload()).isEmpty();
      assertThat(route.messages(Kind.TEXT).get(1).payload()).isEqualTo(broken);
      assertThat(route.messages(Kind.CLOSED)).isEmpty();
    }
  }

  @Test
  void aMessageFragmentedAtEveryByteIsOneMessageAlsoWithPingsBetween() throws Exception {
    byte[] text = "체결 005930^71900 – fragmented".getBytes(StandardCharsets.UTF_8);
    Buffer frames = Buffer.buffer();
    for (int i = 0; i < text.length; i++) {
      boolean last = i == text.length - 1;
      frames.appendBuffer(RawVenue.frame(last, i == 0 ? 1 : 0, new byte[] {text[i]}));
      frames.appendBuffer(RawVenue.frame(true, 9, new byte[0]));
    }
    try (RawVenue venue =
            new RawVenue(
                (n, socket, answer) -> {
                  socket.write(answer);
                  byteByByte(socket, frames, 0);
                });
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.TEXT, 1);
      assertThat(route.messages(Kind.TEXT).get(0).payload()).isEqualTo(text);
      assertThat(route.messages(Kind.CLOSED)).isEmpty();
    }
  }

  @Test
  void sixteenMegabytesOfTextInOneFrameArriveWhole() throws Exception {
    byte[] giant = new byte[16 * MB];
    Arrays.fill(giant, (byte) 'g');
    try (RawVenue venue =
            RawVenue.greeting(
                (n, answer) ->
                    answer
                        .appendBuffer(RawVenue.frame(true, 1, giant))
                        .appendBuffer(RawVenue.text("after")));
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.TEXT, 2);
      assertThat(route.messages(Kind.TEXT).get(0).payload()).isEqualTo(giant);
      assertThat(route.texts().get(1)).isEqualTo("after");
      assertThat(route.messages(Kind.CLOSED)).isEmpty();
    }
  }

  @Test
  void aLargerMessageLeavesItsLengthDigestAndHeadAndTheSocketStaysOpen() throws Exception {
    byte[] part = new byte[4 * MB];
    new Random(2).nextBytes(part);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    Buffer frames = Buffer.buffer(24 * MB);
    for (int i = 0; i < 6; i++) {
      sha256.update(part);
      frames.appendBuffer(RawVenue.frame(i == 5, i == 0 ? 1 : 0, part));
    }
    String digest = HexFormat.of().formatHex(sha256.digest());
    try (RawVenue venue =
            new RawVenue(
                (n, socket, answer) -> {
                  socket.write(answer);
                  socket.write(frames);
                  socket.write(RawVenue.frame(true, 2, frames.getBytes(10, 10 + 24 * MB)));
                  socket.write(RawVenue.text("after"));
                });
        FeedRoute route = new FeedRoute(venue.port(), "maxMessageSize=1MB&maxFrameSize=64KB")) {
      route.awaitKind(Kind.TEXT, 1);
      assertThat(route.messages(Kind.OVERSIZE)).hasSize(2);
      FeedMessage text = route.messages(Kind.OVERSIZE).get(0);
      assertThat(text.digest().length()).isEqualTo(24L * MB);
      assertThat(text.digest().sha256()).isEqualTo(digest);
      assertThat(text.digest().text()).isTrue();
      assertThat(text.payload()).isEqualTo(Arrays.copyOf(part, 256));
      FeedMessage binary = route.messages(Kind.OVERSIZE).get(1);
      assertThat(binary.digest().text()).isFalse();
      assertThat(binary.digest().length()).isEqualTo(24L * MB);
      assertThat(route.state().bytes()).isEqualTo(48L * MB + 5);
      assertThat(route.state().queuedBytes()).isLessThan(10_000);
      assertThat(route.messages(Kind.CLOSED)).isEmpty();
      assertThat(venue.handshakes.get()).isEqualTo(1);
    }
  }

  @Test
  void anInvalidFrameClosesTheSocketAndTheFeedGoesOn() throws Exception {
    try (RawVenue venue =
            RawVenue.greeting(
                (n, answer) -> {
                  answer.appendBuffer(RawVenue.text("good " + n));
                  if (n == 1) {
                    answer.appendBuffer(RawVenue.frame(true, 0x3, new byte[] {1, 2, 3}));
                  } else if (n == 2) {
                    byte[] noise = new byte[5000];
                    new Random(3).nextBytes(noise);
                    answer.appendByte((byte) 0xF1).appendBytes(noise);
                  }
                });
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.TEXT, 3);
      assertThat(route.texts()).containsExactly("good 1", "good 2", "good 3");
      assertThat(route.messages(Kind.CLOSED))
          .hasSize(2)
          .allSatisfy(m -> assertThat(m.event().reason()).startsWith("protocol violated"));
    }
  }

  @Test
  void aConnectionThatBreaksWithinAMessageSaysSo() throws Exception {
    try (RawVenue venue =
            new RawVenue(
                (n, socket, answer) ->
                    socket
                        .write(answer.appendBuffer(RawVenue.frame(false, 1, new byte[1000])))
                        .onComplete(written -> socket.close()));
        FeedRoute route = new FeedRoute(venue.port(), "")) {
      route.awaitKind(Kind.CLOSED, 1);
      assertThat(route.messages(Kind.CLOSED).get(0).event().reason())
          .isEqualTo("connection ended without a close, 1000 bytes into a message");
      assertThat(route.texts()).isEmpty();
    }
  }

  @Test
  void twoHundredMutatedStreamsNeverEndTheFeed() throws Exception {
    Random random = new Random(4);
    try (RawVenue venue =
            RawVenue.greeting(
                (n, answer) -> {
                  byte[] bytes = RawVenue.text("x".repeat(random.nextInt(300))).getBytes();
                  for (int i = 0; i < 3; i++) {
                    bytes[random.nextInt(Math.min(4, bytes.length))] = (byte) random.nextInt();
                  }
                  answer.appendBytes(bytes).appendBuffer(RawVenue.frame(true, 8, new byte[0]));
                });
        FeedRoute route =
            new FeedRoute(
                venue.port(),
                "idleTimeout=50ms&pingInterval=0",
                new TinyLadder() {
                  @Override
                  public Duration delayBefore(int attempt) {
                    return Duration.ZERO;
                  }
                },
                batch -> {})) {
      await().atMost(Duration.ofSeconds(20)).until(() -> venue.handshakes.get() >= 200);
      FeedOrderTest.assertNothingAfterClosed(route.batches);
      assertThat(venue.mostOpen.get()).isLessThanOrEqualTo(2);
    }
  }

  private static void byteByByte(NetSocket socket, Buffer bytes, int at) {
    if (at < bytes.length()) {
      socket
          .write(bytes.getBuffer(at, at + 1))
          .onSuccess(written -> byteByByte(socket, bytes, at + 1));
    }
  }
}
