package io.stockobserver.route.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's HTTP port and the router on it. Its event loop is its own, so that a backup that
 * fetches a gigabyte is in no feed's way. What nobody has mounted is 404. Thread-safe.
 */
public final class HttpFront implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
  private static final int PATIENCE_SECONDS = 20;
  private static final int IDLE_SECONDS = 60;
  private static final int LONGEST_LINE = 2048;
  private static final long LOOK_MILLIS = 1000;

  private final Vertx vertx;
  private final Router router;
  private final HttpServer server;
  private final HttpAddress address;
  private volatile BiFunction<String, byte[], byte[]> unsecret = (path, answer) -> answer;

  private HttpFront(Vertx vertx, Router router, HttpServer server, HttpAddress address) {
    this.vertx = vertx;
    this.router = router;
    this.server = server;
    this.address = address;
  }

  /**
   * Opens the port.
   *
   * @throws PortTakenException when it cannot be had
   */
  public static HttpFront open(HttpAddress address) {
    return open(address, System::nanoTime);
  }

  static HttpFront open(HttpAddress address, LongSupplier nanos) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(10))
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    Router router = Router.router(vertx);
    try {
      return new HttpFront(vertx, router, listen(vertx, router, address, nanos), address);
    } catch (PortTakenException taken) {
      if (address.elsewhere() && address.port() != 0) {
        try {
          return new HttpFront(
              vertx, router, listen(vertx, router, address.anywhere(), nanos), address);
        } catch (PortTakenException hopeless) {
          vertx.close();
          throw hopeless;
        }
      }
      vertx.close();
      throw taken;
    }
  }

  private static HttpServer listen(
      Vertx vertx, Router router, HttpAddress address, LongSupplier nanos) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.bind())
            .setPort(address.port())
            .setTcpNoDelay(true)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setHttp2ClearTextEnabled(false)
            .setCompressionSupported(false);
    TlsIdentity tls = address.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PfxOptions().setPath(tls.keyStore().toString()).setPassword(tls.password()));
    }
    Connections connections = new Connections(nanos);
    router.route().order(Integer.MIN_VALUE).handler(connections::asked);
    router.errorHandler(500, HttpFront::failed);
    // Without one Vert.x writes an error into the log for each that somebody cares to send.
    router.errorHandler(400, HttpFront::nonsense);
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(router)
            .connectionHandler(connections::opened);
    try {
      server
          .listen()
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      vertx.runOnContext(
          loop -> vertx.setPeriodic(LOOK_MILLIS, LOOK_MILLIS, again -> connections.look()));
      return server;
    } catch (ExecutionException e) {
      throw refused(address, e.getCause().getMessage());
    } catch (TimeoutException e) {
      throw refused(address, "it did not open");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(address, "interrupted");
    }
  }

  private static void nonsense(RoutingContext context) {
    if (!context.response().headWritten()) {
      context.response().setStatusCode(400).end("{\"error\":\"no request that is understood\"}");
    }
  }

  /** Whoever asked is told that it failed; why is for the log. */
  private static void failed(RoutingContext context) {
    LOG.error(
        "{} {} has failed",
        context.request().method(),
        context.normalizedPath(),
        context.failure());
    if (!context.response().headWritten()) {
      context.response().setStatusCode(500).end("{\"error\":\"it failed; see the log\"}");
    }
  }

  private static PortTakenException refused(HttpAddress address, String why) {
    return new PortTakenException(
        "http.port %d at http.bind %s cannot be opened: %s; stop whoever has it, or choose another with --port or http.port (0: any free one)"
            .formatted(address.port(), address.bind(), why));
  }

  /** Where paths are mounted. */
  Router router() {
    return router;
  }

  Vertx vertx() {
    return vertx;
  }

  /**
   * From now on no answer in words leaves before this one has seen it.
   *
   * @param secrets is given the path that was asked for and the answer, and takes out of it what
   *     must not leave; from any thread
   */
  public void unsecret(BiFunction<String, byte[], byte[]> secrets) {
    unsecret = secrets;
  }

  /** An answer as it may leave. */
  byte[] shown(String path, byte[] answer) {
    return unsecret.apply(path, answer);
  }

  /** The port that is open. */
  public int port() {
    return server.actualPort();
  }

  /** Whether another port than the one that was asked for had to be taken. */
  public boolean elsewhere() {
    return address.port() != 0 && address.port() != port();
  }

  /** How this process is reached from its own machine. */
  public String url() {
    String host =
        address.bind().equals("0.0.0.0") || address.bind().equals("::")
            ? "127.0.0.1"
            : address.bind().contains(":") ? "[" + address.bind() + "]" : address.bind();
    return (address.tls() == null ? "http://" : "https://") + host + ":" + port();
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the HTTP port did not close well: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
