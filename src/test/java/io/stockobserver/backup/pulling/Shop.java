package io.stockobserver.backup.pulling;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.serving.Account;
import io.stockobserver.backup.serving.Answered;
import io.stockobserver.backup.serving.Asked;
import io.stockobserver.backup.serving.BackupDesk;
import io.stockobserver.backup.serving.PeerRate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that gives out packages, and misbehaves by the name of a file. */
public final class Shop implements AutoCloseable {
  public static final String TOKEN = "for the shop";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BackupDesk desk;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Trick> tricks = new ConcurrentHashMap<>();

  /** Everything asked for, with its range. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  final List<Receipt> receipts = new CopyOnWriteArrayList<>();
  volatile Instant now = Instant.parse("2026-11-20T15:10:00Z");

  /** Answers instead of the shop, or does not. */
  interface Trick {
    /** Whether it has answered. */
    boolean play(HttpExchange exchange, byte[] body, Answered answered) throws IOException;
  }

  Shop(Path root) {
    InstantSource clock = () -> now;
    desk =
        new BackupDesk(
            root,
            new LocalDisk(),
            "shop",
            new Account(TOKEN),
            new PeerRate(10_000, System::nanoTime),
            clock,
            receipts::add);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  PullServer as(String name) {
    return new PullServer(name, url(), null, TOKEN);
  }

  /** Plays it for every path that ends so. */
  void when(String ending, Trick trick) {
    tricks.put(ending, trick);
  }

  void behave() {
    tricks.clear();
  }

  /** Closes the connection after so many bytes of a body, so many times. */
  static Trick breaksOff(int after, int times) {
    AtomicInteger left = new AtomicInteger(times);
    return (exchange, body, answered) -> {
      if (left.getAndDecrement() <= 0) {
        return false;
      }
      exchange.sendResponseHeaders(answered.status(), body.length);
      exchange.getResponseBody().write(body, 0, Math.min(after, body.length - 1));
      exchange.getResponseBody().flush();
      exchange.close();
      return true;
    };
  }

  /** Sends so many bytes, of a range none, and then nothing, for ever. */
  Trick stalls(int after) {
    return (exchange, body, answered) -> {
      exchange.sendResponseHeaders(answered.status(), body.length);
      exchange.getResponseBody().write(body, 0, answered.status() == 206 ? 0 : after);
      exchange.getResponseBody().flush();
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return true;
    };
  }

  /** The right length, one bit another. */
  static Trick flips(int at) {
    return (exchange, body, answered) -> {
      byte[] wrong = body.clone();
      wrong[Math.min(at, body.length - 1)] ^= 0x10;
      send(exchange, answered.status(), wrong);
      return true;
    };
  }

  /** Something else altogether. */
  static Trick says(int status, byte[] what, String... headers) {
    return (exchange, body, answered) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      send(exchange, status, what);
      return true;
    };
  }

  /** Does something first, then answers well. */
  static Trick meanwhile(Runnable act) {
    return (exchange, body, answered) -> {
      act.run();
      return false;
    };
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(path.substring(path.lastIndexOf('/') + 1) + (range == null ? "" : " " + range));
    try (exchange) {
      Answered answered =
          desk.answer(
              new Asked(
                  exchange.getRequestMethod(),
                  path,
                  exchange.getRequestURI().getQuery() != null,
                  "127.0.0.1",
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  range,
                  exchange.getRequestHeaders().getFirst("If-Range"),
                  exchange.getRequestBody().readAllBytes()));
      answered.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = body(answered);
      for (Map.Entry<String, Trick> trick : tricks.entrySet()) {
        if (path.endsWith(trick.getKey()) && trick.getValue().play(exchange, body, answered)) {
          return;
        }
      }
      send(exchange, answered.status(), body(answered));
    }
  }

  private static byte[] body(Answered answered) throws IOException {
    if (answered instanceof Answered.Text text) {
      return text.body();
    }
    Answered.Part part = (Answered.Part) answered;
    try (FileChannel file = FileChannel.open(part.file())) {
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate((int) part.length());
      file.read(bytes, part.from());
      return bytes.array();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
