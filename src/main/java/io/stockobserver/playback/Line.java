package io.stockobserver.playback;

import io.stockobserver.tape.Entry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A client's socket. Who does not take what is told is hung up, as venues do, so that memory stays
 * bounded. On the event loop.
 */
final class Line {
  private static final int MOST_WAITING = 8 << 20;
  private static final short TOO_SLOW = 1008;

  private final ServerWebSocket socket;
  private final Consumer<String> log;

  Line(ServerWebSocket socket, Consumer<String> log) {
    this.socket = socket;
    this.log = log;
    socket.setWriteQueueMaxSize(MOST_WAITING);
  }

  /** Sends a text. */
  void text(String text) {
    if (ready()) {
      socket.writeTextMessage(text);
    }
  }

  /** Sends bytes in binary frames. */
  void binary(byte[] bytes) {
    if (ready()) {
      socket.writeBinaryMessage(Buffer.buffer(bytes));
    }
  }

  /** The message as text; one that is none, which the tape has as bytes, in binary frames. */
  void verbatim(Entry message) {
    try {
      text(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message.body())).toString());
    } catch (CharacterCodingException noText) {
      binary(message.body());
    }
  }

  /** Says goodbye. */
  void close(short code, String why) {
    if (!socket.isClosed()) {
      socket.close(code, why);
    }
  }

  private boolean ready() {
    if (socket.isClosed()) {
      return false;
    }
    if (socket.writeQueueFull()) {
      log.accept(socket.remoteAddress() + " does not take what it is told; hung up");
      socket.close(TOO_SLOW, "too slow");
      return false;
    }
    return true;
  }
}
