package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Listens on one socket of the simulated Upbit and keeps every message. */
final class UpbitEar implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Binary messages as text. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** Text messages. */
  final List<String> texts = new CopyOnWriteArrayList<>();

  /** Lengths of binary messages and, negative, of pongs. */
  final List<Integer> lengths = new CopyOnWriteArrayList<>();

  final AtomicReference<String> end = new AtomicReference<>("");
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private final StringBuilder textPart = new StringBuilder();
  private final WebSocket socket;

  UpbitEar(Simulator simulator) {
    socket =
        Caller.HTTP
            .newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .buildAsync(simulator.upbit().feedUrl(), this)
            .join();
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
    byte[] some = new byte[bytes.remaining()];
    bytes.get(some);
    part.writeBytes(some);
    if (last) {
      lengths.add(part.size());
      heard.add(part.size() > 1_000_000 ? "long" : part.toString(StandardCharsets.UTF_8));
      part.reset();
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    textPart.append(text);
    if (last) {
      texts.add(textPart.toString());
      textPart.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    lengths.add(-message.remaining());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end.set("closed " + code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable problem) {
    end.set("failed " + problem);
  }

  WebSocket socket() {
    return socket;
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Asks for one type of some codes. */
  void ask(String type, String... codes) {
    String list = "\"" + String.join("\",\"", codes) + "\"";
    send("[{\"ticket\":\"t\"},{\"type\":\"" + type + "\",\"codes\":[" + list + "]}]");
  }

  /** Every object heard so far that is one, and no list. */
  List<JsonNode> objects() {
    List<JsonNode> objects = new ArrayList<>();
    for (String text : heard) {
      try {
        JsonNode node = UpbitCaller.JSON.readTree(text);
        if (node.isObject()) {
          objects.add(node);
        }
      } catch (JsonProcessingException e) {
        assertThat(e).as("garbage was asked for").isNotNull();
      }
    }
    return objects;
  }

  /** Waits until so many objects that fit were heard, and gives the last of those. */
  JsonNode await(int count, Predicate<JsonNode> fits) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> objects().stream().filter(fits).count() >= count);
    return objects().stream().filter(fits).skip(count - 1L).findFirst().orElseThrow();
  }

  /** The nth object with this value. */
  JsonNode await(int count, String field, String value) {
    return await(count, object -> object.path(field).asText().equals(value));
  }

  /** A connection cut without a close frame is told as 1006, or as a failure when it was reset. */
  String awaitEnd() {
    long since = System.nanoTime();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              // This client tells an end only to those who ask for more, and now and then it does
              // not notice one until it sends.
              socket.request(1);
              if (end.get().isEmpty() && System.nanoTime() - since > PATIENCE.toNanos()) {
                socket
                    .sendPing(ByteBuffer.allocate(0))
                    .exceptionally(
                        problem -> {
                          end.compareAndSet("", "failed " + problem);
                          return socket;
                        });
              }
              return !end.get().isEmpty();
            });
    return end.get();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
