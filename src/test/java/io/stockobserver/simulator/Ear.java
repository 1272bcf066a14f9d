package io.stockobserver.simulator;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Listens on one feed socket and keeps every message. */
final class Ear implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  final List<String> heard = new CopyOnWriteArrayList<>();
  final List<Integer> binary = new CopyOnWriteArrayList<>();
  final AtomicReference<String> end = new AtomicReference<>("");
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;
  private final String approval;

  Ear(Simulator simulator, String approval) {
    this(simulator.feedUrl(), approval);
  }

  Ear(URI feed, String approval) {
    this.approval = approval;
    socket =
        Caller.HTTP
            .newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .buildAsync(feed, this)
            .join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      heard.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
    binary.add(bytes.remaining());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    heard.add("pong of " + message.remaining());
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

  void send(String text) {
    socket.sendText(text, true).join();
  }

  String approval() {
    return approval;
  }

  WebSocket socket() {
    return socket;
  }

  void register(String tr, String symbol) {
    ask("1", tr, symbol);
  }

  void unregister(String tr, String symbol) {
    ask("2", tr, symbol);
  }

  private void ask(String type, String tr, String symbol) {
    send(
        """
        {"header":{"approval_key":"%s","custtype":"P","tr_type":"%s","content-type":"utf-8"},\
        "body":{"input":{"tr_id":"%s","tr_key":"%s"}}}"""
            .formatted(approval, type, tr, symbol));
  }

  List<String> replies() {
    return heard.stream().filter(text -> text.startsWith("{")).toList();
  }

  List<String> data() {
    return heard.stream().filter(text -> text.startsWith("0|")).toList();
  }

  /** Waits until so many messages with this in them were heard, and gives the last of those. */
  String await(String part, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> heard.stream().filter(text -> text.contains(part)).count() >= count);
    return heard.stream()
        .filter(text -> text.contains(part))
        .skip(count - 1L)
        .findFirst()
        .orElse("");
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
