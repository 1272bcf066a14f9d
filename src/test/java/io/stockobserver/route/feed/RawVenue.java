package io.stockobserver.route.feed;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * A venue that can misbehave on the wire: it speaks the handshake and then writes whatever bytes it
 * is told to. The first bytes leave in one write with the answer to the handshake.
 */
final class RawVenue implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final NetServer server;
  final AtomicInteger handshakes = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger mostOpen = new AtomicInteger();

  /** What to do with connection number n, from 1: it may write before and after the answer. */
  interface Behaviour {
    void meet(int n, NetSocket socket, Buffer answer) throws Exception;
  }

  RawVenue(Behaviour behaviour) throws Exception {
    server = vertx.createNetServer();
    server.connectHandler(
        socket -> {
          mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
          socket.closeHandler(closed -> open.decrementAndGet());
          Buffer request = Buffer.buffer();
          socket.handler(
              bytes -> {
                request.appendBuffer(bytes);
                String text = request.toString(StandardCharsets.ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                  socket.handler(ignored -> {});
                  try {
                    behaviour.meet(handshakes.incrementAndGet(), socket, answer(text));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }
              });
        });
    server.listen(0, "localhost").toCompletionStage().toCompletableFuture().get();
  }

  /** Answers the handshake and sends {@code first} in the same write. */
  static RawVenue greeting(BiConsumer<Integer, Buffer> first) throws Exception {
    return new RawVenue(
        (n, socket, answer) -> {
          first.accept(n, answer);
          socket.write(answer);
        });
  }

  int port() {
    return server.actualPort();
  }

  Vertx vertx() {
    return vertx;
  }

  /** A server's frame: opcode 1 text, 2 binary, 0 continuation. */
  static Buffer frame(boolean fin, int opcode, byte[] payload) {
    Buffer frame = Buffer.buffer().appendByte((byte) ((fin ? 0x80 : 0) | opcode));
    if (payload.length < 126) {
      frame.appendByte((byte) payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.appendByte((byte) 126).appendShort((short) payload.length);
    } else {
      frame.appendByte((byte) 127).appendLong(payload.length);
    }
    return frame.appendBytes(payload);
  }

  static Buffer text(String text) {
    return frame(true, 1, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Buffer answer(String request) throws Exception {
    String key =
        request
            .lines()
            .filter(
                line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:"))
            .map(line -> line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElseThrow();
    byte[] sha1 =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
    return Buffer.buffer(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(sha1)
            + "\r\n\r\n");
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
