package io.stockobserver.bench;

import io.stockobserver.route.feed.FeedComponent;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Copies KIS trade frames from a socket to a file in two ways, in turns: A is a bare Vert.x
 * WebSocket with a buffered append, B a route on our component whose processor appends each batch.
 * The server is a child process, so that the CPU time is the client's alone. Arguments: frames
 * (default 2000000), rounds (default 3).
 */
public final class FeedCopyBench {
  private FeedCopyBench() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 1 && args[0].equals("serve")) {
      serve();
      return;
    }
    int frames = args.length > 0 ? Integer.parseInt(args[0]) : 2_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                FeedCopyBench.class.getName(),
                "serve")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path file = Files.createTempFile("feed-copy", ".txt");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(out.readLine());
      bare(port, frames / 4, file); // both warm, neither counted
      ours(port, frames / 4, file);
      List<Run> a = new ArrayList<>();
      List<Run> b = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        a.add(bare(port, frames, file).shown("A bare Vert.x"));
        b.add(ours(port, frames, file).shown("B component  "));
      }
      Run medianA = Run.median(a).shown("A median     ");
      Run medianB = Run.median(b).shown("B median     ");
      System.out.printf(
          "B/A: rate %.2f, CPU per frame %.2f%n",
          medianB.framesPerSecond() / medianA.framesPerSecond(),
          medianB.cpuMicros() / medianA.cpuMicros());
    } finally {
      server.destroy();
      Files.deleteIfExists(file);
    }
  }

  private static Run bare(int port, int frames, Path file) throws Exception {
    Vertx vertx = Vertx.vertx();
    CountDownLatch done = new CountDownLatch(frames);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      long nanos = System.nanoTime();
      long cpu = Run.cpuNanos();
      WebSocketClient client = vertx.createWebSocketClient();
      client
          .connect(port, "localhost", "/" + frames)
          .onSuccess(
              socket ->
                  socket.textMessageHandler(
                      text -> {
                        append(out, text.getBytes(StandardCharsets.UTF_8));
                        done.countDown();
                      }));
      return finished(done, frames, nanos, cpu);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
  }

  private static Run ours(int port, int frames, Path file) throws Exception {
    CountDownLatch done = new CountDownLatch(frames);
    try (DefaultCamelContext camel = new DefaultCamelContext();
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      camel.addComponent("vertx-websocket", new FeedComponent());
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("vertx-websocket:localhost:" + port + "/" + frames + "?consumeAsClient=true")
                  .routeId("hear-bench")
                  .process(
                      exchange -> {
                        FeedBatch batch = exchange.getMessage().getBody(FeedBatch.class);
                        for (FeedMessage message : batch.messages()) {
                          if (message.isHeard()) {
                            append(out, message.payload());
                            done.countDown();
                          }
                        }
                      });
            }
          });
      camel.build();
      long nanos = System.nanoTime();
      long cpu = Run.cpuNanos();
      camel.start();
      Run run = finished(done, frames, nanos, cpu);
      camel.stop();
      return run;
    }
  }

  private static Run finished(CountDownLatch done, int frames, long nanos, long cpu)
      throws InterruptedException {
    if (!done.await(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException(done.getCount() + " frames never came");
    }
    return Run.of(frames, nanos, cpu);
  }

  private static void append(OutputStream out, byte[] frame) {
    try {
      out.write(frame);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends as many frames as the path says to whoever connects, as fast as they are taken. */
  private static void serve() throws Exception {
    Vertx vertx = Vertx.vertx();
    int port =
        vertx
            .createHttpServer()
            .webSocketHandler(
                socket ->
                    Flood.flood(
                        socket, Flood.frames(), Integer.parseInt(socket.path().substring(1))))
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .actualPort();
    System.out.println(port);
  }
}
