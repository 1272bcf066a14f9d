package io.stockobserver.route.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.venue.FeedMessage.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A venue behind {@code wss}: with a certificate that is trusted, and with one that is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedTlsTest {
  private static final String PASSWORD = "loopback";
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

  private final Vertx vertx = Vertx.vertx();
  private Path store;
  private int port;

  @BeforeAll
  void serve(@TempDir Path dir) throws Exception {
    store = dir.resolve("venue.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2")
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("localhost")
                    .setPort(0)
                    .setSsl(true)
                    .setKeyCertOptions(
                        new JksOptions().setPath(store.toString()).setPassword(PASSWORD)))
            .webSocketHandler(socket -> socket.writeTextMessage("behind the lock"));
    server.listen().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    port = server.actualPort();
  }

  /** Whom Java trusts is asked for at every connection. */
  @AfterEach
  void forget() {
    System.clearProperty(STORE);
    System.clearProperty(STORE_PASSWORD);
  }

  @AfterAll
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aTrustedVenueIsHeard() throws Exception {
    System.setProperty(STORE, store.toString());
    System.setProperty(STORE_PASSWORD, PASSWORD);
    try (FeedRoute route = FeedRoute.secure(port)) {
      route.awaitMessages(all -> !all.isEmpty());
      assertThat(route.messages(Kind.FAILED)).isEmpty();
      route.awaitKind(Kind.TEXT, 1);
      assertThat(route.texts()).containsExactly("behind the lock");
    }
  }

  @Test
  void aVenueThatNobodyVouchesForIsNotSpokenTo() throws Exception {
    try (FeedRoute route = FeedRoute.secure(port)) {
      route.awaitKind(Kind.FAILED, 2);
      assertThat(route.messages(Kind.OPENED)).isEmpty();
      assertThat(route.messages(Kind.FAILED).get(0).event().reason())
          .contains("unable to find valid certification path");
    }
  }
}
