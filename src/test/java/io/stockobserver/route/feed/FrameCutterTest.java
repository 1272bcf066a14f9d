package io.stockobserver.route.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCutterTest {
  private static final int LIMIT = 200;

  @Test
  void howeverTheStreamIsSplitEveryMessageIsTheSameAndNoFrameIsOverTheLimit() {
    Random random = new Random(5);
    for (int round = 0; round < 60; round++) {
      List<byte[]> sent = new ArrayList<>();
      Buffer stream = Buffer.buffer();
      for (int i = 0; i < 20; i++) {
        int size = random.nextInt(8) == 0 ? 65_530 + random.nextInt(20) : random.nextInt(900);
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        sent.add(payload);
        int half = size / 2;
        if (random.nextBoolean()) {
          stream.appendBuffer(RawVenue.frame(true, 2, payload));
        } else {
          stream.appendBuffer(RawVenue.frame(false, 2, Arrays.copyOf(payload, half)));
          stream.appendBuffer(RawVenue.frame(true, 9, new byte[] {1}));
          stream.appendBuffer(RawVenue.frame(true, 0, Arrays.copyOfRange(payload, half, size)));
        }
      }
      List<byte[]> heard = heard(stream.getBytes(), random, 1 + random.nextInt(4000));
      assertThat(heard).hasSameSizeAs(sent);
      for (int i = 0; i < sent.size(); i++) {
        assertThat(heard.get(i)).isEqualTo(sent.get(i));
      }
    }
  }

  private static List<byte[]> heard(byte[] stream, Random random, int longest) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new FrameCutter(LIMIT), new WebSocket13FrameDecoder(false, false, LIMIT));
    List<byte[]> messages = new ArrayList<>();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int at = 0; at < stream.length; ) {
      int step = Math.min(stream.length - at, 1 + random.nextInt(longest));
      ByteBuf piece = Unpooled.copiedBuffer(stream, at, step);
      at += step;
      channel.writeInbound(piece);
      WebSocketFrame frame;
      while ((frame = channel.readInbound()) != null) {
        byte[] bytes = io.netty.buffer.ByteBufUtil.getBytes(frame.content());
        boolean data =
            frame instanceof ContinuationWebSocketFrame
                || frame instanceof io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
        if (data) {
          assertThat(bytes.length).isLessThanOrEqualTo(LIMIT);
          message.writeBytes(bytes);
          if (frame.isFinalFragment()) {
            messages.add(message.toByteArray());
            message.reset();
          }
        }
        frame.release();
      }
    }
    channel.finishAndReleaseAll();
    return messages;
  }
}
