package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What no honest server sends. */
final class Mischief {
  private static final int HUGE = 16 << 20;
  private static final long TEN_MINUTES = 600_000;

  /** Shapes of garbage that are trades but for one thing. */
  static final List<String> SPOILT = List.of("half", "zero", "past", "future", "stranger");

  private static final List<String> RUBBISH =
      List.of("random", "empty", "huge", "fragments", "text", "empty-list", "bad-utf8");

  private Mischief() {}

  /** Whether a fault is of this variety, or of all. */
  static boolean is(Fault fault, String shape) {
    return fault.shape().isEmpty() || fault.shape().equals(shape);
  }

  /** A trade's frame, wrong in one way. */
  static String spoilt(String frame, String shape, long at) {
    return switch (shape) {
      case "half" -> frame.substring(0, frame.length() / 2);
      case "zero" -> frame.replaceFirst("\"(trade_price|tp)\":[^,}]+", "\"$1\":0.0");
      case "past" -> frame.replace(Long.toString(at), Long.toString(at - TEN_MINUTES));
      case "future" -> frame.replace(Long.toString(at), Long.toString(at + TEN_MINUTES));
      case "stranger" -> frame.replaceFirst("\"(code|cd)\":\"[^\"]+\"", "\"$1\":\"KRW-NOBODY\"");
      default -> throw new IllegalArgumentException("'" + shape + "' is not known");
    };
  }

  static void garbage(ServerWebSocket socket, String shape) {
    if (!shape.isEmpty() && !RUBBISH.contains(shape) && !SPOILT.contains(shape)) {
      throw new IllegalArgumentException("garbage '" + shape + "' is not known");
    }
    RUBBISH.stream()
        .filter(one -> shape.isEmpty() || shape.equals(one))
        .forEach(one -> send(socket, one));
  }

  private static void send(ServerWebSocket socket, String shape) {
    switch (shape) {
      case "random" -> {
        byte[] bytes = new byte[300];
        new SplittableRandom(5).nextBytes(bytes);
        socket.writeBinaryMessage(Buffer.buffer(bytes));
        socket.writeBinaryMessage(Buffer.buffer("{\"type\":\"trade\",,,}{{{\u0000\u0007"));
      }
      case "empty" -> socket.writeBinaryMessage(Buffer.buffer());
      case "empty-list" -> socket.writeBinaryMessage(Buffer.buffer("[]"));
      case "huge" -> {
        byte[] bytes = new byte[HUGE];
        Arrays.fill(bytes, (byte) ' ');
        socket.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer(bytes), true));
      }
      case "fragments" -> {
        byte[] bytes =
            "{\"type\":\"trade\",\"code\":\"KRW-BTC\",\"trade_price\":1.0}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
          Buffer one = Buffer.buffer(new byte[] {bytes[i]});
          boolean last = i == bytes.length - 1;
          socket.writeFrame(
              i == 0
                  ? WebSocketFrame.binaryFrame(one, last)
                  : WebSocketFrame.continuationFrame(one, last));
        }
      }
      // The venue speaks binary; a text frame is an odd one.
      case "text" -> socket.writeTextMessage("{\"type\":\"notice\",\"text\":\"?\"}");
      default -> {
        byte[] bad = "{\"type\":\"trade\",\"code\":\"KRW-??\"}".getBytes(StandardCharsets.UTF_8);
        bad[29] = (byte) 0xC3;
        bad[30] = (byte) 0x28;
        socket.writeBinaryMessage(Buffer.buffer(bad));
      }
    }
  }
}
