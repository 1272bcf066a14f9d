package io.stockobserver.simulator.kis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

  /** Shapes of garbage that are trades but for one thing. */
  static final List<String> SPOILT = List.of("half", "zero", "past", "future", "stranger");

  /** What follows is said back, as by a gateway that shows what it was given. */
  private static final String ECHO = "echo ";

  private static final int TEN_MINUTES = 600;

  private Mischief() {}

  /** A trade's record, wrong in one way. */
  static String spoilt(String record, String shape, int second) {
    String[] fields = record.split("\\^", -1);
    StringBuilder clock = new StringBuilder();
    switch (shape) {
      case "half" -> {
        return record.substring(0, record.length() / 2);
      }
      case "zero" -> fields[2] = "0";
      case "past" -> {
        Figures.appendClock(clock, second - TEN_MINUTES);
        fields[1] = clock.toString();
      }
      case "future" -> {
        Figures.appendClock(clock, second + TEN_MINUTES);
        fields[1] = clock.toString();
      }
      case "stranger" -> fields[0] = "999999";
      default -> throw new IllegalArgumentException("'" + shape + "' is not known");
    }
    return String.join("^", fields);
  }

  static void garbage(KisSession session, String shape) {
    if (session.frozen() || session.socket().isClosed()) {
      return;
    }
    List<String> shapes =
        shape.isEmpty()
            ? List.of("random", "empty", "huge", "fragments", "count", "bad-utf8")
            : List.of(shape);
    shapes.forEach(one -> send(session.socket(), one));
  }

  private static void send(ServerWebSocket socket, String shape) {
    switch (shape) {
      case "random" -> {
        byte[] bytes = new byte[300];
        new SplittableRandom(5).nextBytes(bytes);
        socket.writeBinaryMessage(Buffer.buffer(bytes));
        socket.writeTextMessage("0|H0STCNT0|zzz|^^^^|||\u0000\u0007{{{");
      }
      case "empty" -> socket.writeFrame(WebSocketFrame.textFrame("", true));
      case "huge" -> {
        char[] text = new char[HUGE];
        Arrays.fill(text, '^');
        socket.writeFrame(WebSocketFrame.textFrame("0|H0STCNT0|001|" + new String(text), true));
      }
      case "fragments" -> fragments(socket, "0|H0STCNT0|001|005930^101532^71900^2^700");
      case "bad-utf8" -> {
        // A text message whose continuation carries bytes that no UTF-8 text has.
        socket.writeFrame(WebSocketFrame.textFrame("0|H0STCNT0|001|", false));
        Buffer bad = Buffer.buffer(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, '^'});
        socket.writeFrame(WebSocketFrame.continuationFrame(bad, true));
      }
      case "count" -> {
        // The next trade frame says one record more than it carries: the feed does it.
      }
      default -> {
        if (shape.startsWith(ECHO)) {
          echo(socket, shape.substring(ECHO.length()));
        } else if (!SPOILT.contains(shape)) { // the feed sends those: it knows what trades
          throw new IllegalArgumentException("garbage '" + shape + "' is not known");
        }
      }
    }
  }

  private static void echo(ServerWebSocket socket, String text) {
    socket.writeTextMessage(
        "{\"header\":{\"tr_id\":\"H0STCNT0\",\"tr_key\":\"005930\",\"encrypt\":\"N\"},\"body\":"
            + "{\"rt_cd\":\"1\",\"msg_cd\":\"OPSP9999\",\"msg1\":\"unknown key "
            + text
            + "\"}}");
    socket.writeTextMessage("0|H0STCNT0|001|005930^" + text + "^71900^2^700");
  }

  private static void fragments(ServerWebSocket socket, String text) {
    socket.writeFrame(WebSocketFrame.textFrame(text.substring(0, 1), false));
    for (int i = 1; i < text.length(); i++) {
      Buffer one = Buffer.buffer(text.substring(i, i + 1));
      socket.writeFrame(WebSocketFrame.continuationFrame(one, i == text.length() - 1));
    }
  }

  /** A whole unfragmented, unmasked text frame as it looks on the wire. */
  static ByteBuf wire(String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuf bytes = Unpooled.buffer(payload.length + 10);
    bytes.writeByte(0x81);
    if (payload.length < 126) {
      bytes.writeByte(payload.length);
    } else if (payload.length < 65_536) {
      bytes.writeByte(126).writeShort(payload.length);
    } else {
      bytes.writeByte(127).writeLong(payload.length);
    }
    return bytes.writeBytes(payload);
  }
}
