package io.stockobserver.route.feed;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A venue that speaks proper WebSocket on the loopback interface. */
final class LoopbackVenue implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  final List<String> heard = new CopyOnWriteArrayList<>();

  LoopbackVenue(Consumer<ServerWebSocket> meet) throws Exception {
    this(0, meet);
  }

  LoopbackVenue(int port, Consumer<ServerWebSocket> meet) throws Exception {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setReuseAddress(true))
            .webSocketHandler(
                socket -> {
                  sockets.add(socket);
                  socket.textMessageHandler(heard::add);
                  socket.binaryMessageHandler(bytes -> heard.add("binary " + bytes));
                  meet.accept(socket);
                });
    server.listen(port, "localhost").toCompletionStage().toCompletableFuture().get();
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    goDown();
  }

  void goDown() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
