package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stockobserver.HomeCopy;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.cli.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Promise 9: whatever is provoked, no key, token or address of a webhook leaves the process. */
class SecretsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOOK_PATH = "/services/T0/B0/verysecretwebhook";
  private static final Pattern GRANTED =
      Pattern.compile("\"(?:access_token|approval_key)\"\\s*:\\s*\"([^\"]+)\"");

  @TempDir Path dir;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  /** What logback.xml pins, whatever the root says. */
  private final List<Logger> pinned =
      List.of(
          (Logger) LoggerFactory.getLogger("org.apache.hc"),
          (Logger) LoggerFactory.getLogger("org.apache.camel.component.http"));

  private static final String PASSWORD = "a password of lee";
  private static final String BACKUP = "a-token-for-backups";
  private static final String LEE =
      Base64.getEncoder().encodeToString(("lee:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  private final List<String> control = new CopyOnWriteArrayList<>();
  private final Set<String> granted = ConcurrentHashMap.newKeySet();
  private final List<String> hooked = new CopyOnWriteArrayList<>();
  private final AtomicInteger quotes = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private Level had = Level.WARN;

  /** The log as the product writes it, with everything at debug but what the product pins. */
  @BeforeEach
  void listen() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    LogLine layout = new LogLine();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(log);
    appender.start();
    had = root.getLevel();
    root.setLevel(Level.DEBUG);
    root.iteratorForAppenders().forEachRemaining(other -> other.addFilter(new Quiet()));
    pinned.forEach(logger -> logger.setLevel(Level.INFO));
    root.addAppender(appender);
  }

  /** The build's own console stays readable meanwhile. */
  private static final class Quiet extends ch.qos.logback.core.filter.Filter<ILoggingEvent> {
    @Override
    public ch.qos.logback.core.spi.FilterReply decide(ILoggingEvent event) {
      return event.getLevel().isGreaterOrEqual(Level.WARN)
          ? ch.qos.logback.core.spi.FilterReply.NEUTRAL
          : ch.qos.logback.core.spi.FilterReply.DENY;
    }
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(appender);
    root.setLevel(had);
    pinned.forEach(logger -> logger.setLevel(null));
    appender.stop();
    root.iteratorForAppenders().forEachRemaining(other -> other.clearAllFilters());
  }

  /** A gateway between us and the venue that, asked for quotes, shows what it was asked with. */
  private HttpServer gateway(URI venue, boolean tells) throws IOException {
    HttpServer server = server();
    server.createContext("/", exchange -> through(exchange, venue, tells));
    server.start();
    return server;
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void through(HttpExchange exchange, URI venue, boolean tells) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().toString();
    if (path.contains("/uapi/")) {
      quotes.incrementAndGet();
      if (tells) {
        answer(
            exchange,
            502,
            ("Bad Gateway: " + exchange.getRequestHeaders().entrySet())
                .getBytes(StandardCharsets.UTF_8));
        return;
      }
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(venue.resolve(path))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!Set.of(
                      "host",
                      "connection",
                      "content-length",
                      "upgrade",
                      "expect",
                      "accept-encoding")
                  .contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      HttpResponse<byte[]> told =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Matcher secret = GRANTED.matcher(new String(told.body(), StandardCharsets.UTF_8));
      while (secret.find()) {
        granted.add(secret.group(1));
      }
      answer(exchange, told.statusCode(), told.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private HttpServer webhook() throws IOException {
    HttpServer server = server();
    server.createContext(
        HOOK_PATH,
        exchange -> {
          hooked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, hooked.size() == 1 ? 500 : 200, new byte[0]);
        });
    server.start();
    return server;
  }

  @Test
  void aKeyThatAGatewayShowsIsMaskedItsCallsStopItsTokenIsRevokedAndSomebodyIsTold()
      throws Exception {
    HttpServer hook = webhook();
    Observatory o = new Observatory(dir, "10:01:00").set("track.swing.every", "2s");
    HttpServer gateway = gateway(o.open().restUrl(), true);
    try (o) {
      o.set("provider.kis.rest.url", url(gateway))
          .environment("ALERT_URL", url(hook) + HOOK_PATH)
          .observe();
      o.awaitEvents("secret_seen", 1);
      Observatory.await("revoked", () -> o.venue().traffic().callsTo("revokeP") == 1);
      int asked = quotes.get();
      Observatory.await(
          "health tells it", () -> get(o, "/health").contains("rotate the secret of kis"));
      String health = get(o, "/health");
      // The first try of the webhook fails; the second one is half a minute later.
      Observatory.await("a failed alert", () -> !o.books().events("alert_failed").isEmpty());
      o.step(Duration.ofSeconds(31));
      o.awaitEvents("alert_sent", 1);
      assertThat(hooked).hasSize(2).allMatch(body -> body.startsWith("{\"text\":\"["));
      assertThat(hooked.get(1)).contains("kis secret DOWN", "rotate");
      assertThat(quotes.get()).as("nobody asks any more").isEqualTo(asked);
      assertThat(text(o.books().events("secret_seen").get(0), "where")).contains("tape");
      Observatory.await("the feed is closed", () -> !o.state().feedOpen());
      String shown = get(o, "/metrics") + health + Managed.everything();
      o.end();
      assertThat(o.books().gaps("scalp", "secret_seen")).isNotEmpty(); // the clock was set
      assertThat(o.books().gaps("swing", "secret_seen")).isNotEmpty();
      AuditIT.proven(o.root());
      assertThat(o.books().everything()).contains("Bad Gateway", "[secret]");
      noSecretIn(o, shown, hook);
    } finally {
      gateway.stop(0);
      hook.stop(0);
    }
  }

  @Test
  void aWholeSessionWithAnErrorAtEveryCallTellsNobody() throws Exception {
    HttpServer hook = webhook();
    Observatory o = new Observatory(dir, "10:00:57").set("track.swing.every", "2s");
    HttpServer gateway = gateway(o.open().restUrl(), false);
    try (o) {
      o.set("provider.kis.rest.url", url(gateway))
          .environment("ALERT_URL", url(hook) + HOOK_PATH)
          .environment("BACKUP_TOKEN", BACKUP)
          .environment("OBSERVER_USER", "lee")
          .environment("OBSERVER_PASSWORD", PASSWORD)
          .set("http.console", "on")
          .observe();
      o.awaitSlots(41);
      Observatory.await("a sweep", () -> o.state().sweepsDone() >= 1);
      o.venue().faults().expireTokens();
      o.venue().faults().drop();
      Observatory.await("reconnect", () -> o.counter("reconnects") == 1);
      gateway.stop(0);
      Observatory.await(
          "nobody there", () -> o.state().trouble() != null && o.counter("refused_answers") > 0);
      o.pass(Duration.ofSeconds(2));
      control.add(ArchiveLock.holder(o.root()).orElseThrow().token());
      String shown = everyPage(o) + everyBean(o) + Managed.everything();
      assertThat(shown).contains("io.stockobserver", "org.apache.camel", "observer_feed_open");
      assertThat(shown).contains("event: state", "session_started", "\"providers\"", "<!doctype");
      o.end();
      noSecretIn(o, shown, hook);
      assertThat(o.books().events("secret_seen")).as("nothing had to be masked").isEmpty();
    } finally {
      gateway.stop(0);
      hook.stop(0);
    }
  }

  @Test
  void aKeyThatAnOperatorsRouteLogsIsMaskedAndItsCallsStop() throws Exception {
    Observatory o =
        new Observatory(dir, "10:01:00")
            .set("track.swing.every", "2s")
            .home(
                HomeCopy.in(dir.resolve("home"))
                    .slip(
                        "routes/call-kis.camel.yaml",
                        "- bean: {id: ask, ref: kisRest, method: ask}",
                        "- bean: {id: ask, ref: kisRest, method: ask}\n              - log: {id: peek, message: \"calling with ${headers}\"}")
                    .path());
    HttpServer gateway = gateway(o.open().restUrl(), false);
    try (o) {
      o.set("provider.kis.rest.url", url(gateway)).observe();
      o.awaitEvents("secret_seen", 1);
      Observatory.await("revoked", () -> o.venue().traffic().callsTo("revokeP") == 1);
      assertThat(text(o.books().events("secret_seen").get(0), "where")).contains("log");
      o.end();
      assertThat(log.toString(StandardCharsets.UTF_8)).contains("calling with", "[secret]");
      noSecretIn(o, "", null);
    } finally {
      gateway.stop(0);
    }
  }

  /** A venue, or who stands between, that says back on the feed what it was given. */
  @Test
  void aKeyThatTheFeedShowsIsMaskedAndTheFeedIsClosedForGood() throws Exception {
    Observatory o = new Observatory(dir, "10:01:00").set("track.swing.every", "2s");
    HttpServer gateway = gateway(o.open().restUrl(), false);
    try (o) {
      o.set("provider.kis.rest.url", url(gateway)).observe();
      o.awaitSlots(41);
      o.awaitSamples(1);
      o.venue().faults().garbage("echo " + o.venue().appSecret());
      o.awaitEvents("secret_seen", 1);
      Observatory.await("the feed is closed", () -> !o.state().feedOpen());
      Observatory.await("revoked", () -> o.venue().traffic().callsTo("revokeP") == 1);
      o.awaitEvents("gap_began", 1);
      String shown = get(o, "/api/state") + get(o, "/api/day/kis") + get(o, "/health") + stream(o);
      assertThat(shown).contains("secret_seen", "its feed is closed");
      int asked = quotes.get();
      o.pass(Duration.ofSeconds(3));
      // One or two may have been on their way; a sweep would be fifty.
      assertThat(quotes.get()).isLessThan(asked + 5);
      assertThat(o.state().feedOpen()).isFalse();
      o.end();
      assertThat(text(o.books().events("secret_seen").get(0), "where"))
          .isEqualTo("a message of the feed");
      assertThat(o.books().notes("feed_closed"))
          .singleElement()
          .satisfies(note -> assertThat(note.text()).contains("1000 secret_seen"));
      assertThat(o.books().everything()).contains("unknown key [secret]", "005930^[secret]^71900");
      assertThat(o.books().gaps("scalp", "secret_seen")).hasSize(1);
      noSecretIn(o, shown, null);
      AuditIT.proven(o.root());
      o.replays(dir.resolve("again"));
    } finally {
      gateway.stop(0);
    }
  }

  /** Whatever somebody else's library logs. */
  @Test
  void everySecretThatTheProcessHoldsIsMaskedInItsLog() throws Exception {
    String hook = "http://127.0.0.1:9" + HOOK_PATH;
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .environment("ALERT_URL", hook)
            .environment("BACKUP_TOKEN", BACKUP)
            .environment("OBSERVER_USER", "lee")
            .environment("OBSERVER_PASSWORD", PASSWORD)
            .environment("ETL_DB_PASSWORD", "a-word-for-the-database")
            .observe()) {
      control.add(ArchiveLock.holder(o.root()).orElseThrow().token());
      Logger stranger = (Logger) LoggerFactory.getLogger("org.stranger");
      List<String> words =
          List.of(control.get(0), hook, HOOK_PATH, BACKUP, PASSWORD, "a-word-for-the-database");
      words.forEach(word -> stranger.info("it holds <{}>", word));
      o.awaitEvents("secret_seen", 5);
      Observatory.await("health tells it", () -> get(o, "/health").contains("\"secret\""));
      o.end();
      assertThat(o.books().events("secret_seen"))
          .extracting(event -> text(event, "secret"))
          .containsExactlyInAnyOrder(
              "observer.lock", "ALERT_URL", "BACKUP_TOKEN", "OBSERVER_PASSWORD", "ETL_DB_PASSWORD");
      assertThat(o.books().events("secret_seen"))
          .filteredOn(event -> text(event, "secret").equals("observer.lock"))
          .allMatch(event -> text(event, "remedy").startsWith("start again: each start"));
      String said = log.toString(StandardCharsets.UTF_8);
      assertThat(said).contains("it holds <[secret]>");
      words.forEach(word -> assertThat(said).doesNotContain(word));
    }
  }

  private void noSecretIn(Observatory o, String shown, @Nullable HttpServer hook) {
    String said = log.toString(StandardCharsets.UTF_8);
    assertThat(said).as("the log was heard at debug").contains("DEBUG");
    assertThat(granted).as("tokens were granted").isNotEmpty();
    List<String> secrets = new java.util.ArrayList<>(granted);
    secrets.add(o.venue().appKey());
    secrets.add(o.venue().appSecret());
    secrets.add(BACKUP);
    secrets.add(PASSWORD);
    secrets.add(LEE);
    secrets.addAll(control);
    if (hook != null) {
      secrets.add(HOOK_PATH);
    }
    List<String> everywhere = List.of(o.books().everything(), said, shown);
    for (int i = 0; i < everywhere.size(); i++) {
      for (String secret : secrets) {
        int at = everywhere.get(i).indexOf(secret);
        assertThat(at < 0)
            .as(
                "%s... in %s: %s",
                secret.substring(0, 4),
                List.of("files", "log", "pages and JMX").get(i),
                at < 0 ? "" : everywhere.get(i).substring(Math.max(0, at - 200), at))
            .isTrue();
      }
    }
  }

  /** What the port tells whoever may ask. */
  private String everyPage(Observatory o) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of(
            "/",
            "/page.js",
            "/words.js",
            "/api/state",
            "/api/day/kis",
            "/health",
            "/health/live",
            "/health/ready",
            "/metrics",
            "/hawtio/",
            "/hawtio/user",
            "/jolokia",
            "/nothing")) {
      all.append(get(o, path)).append('\n');
    }
    String token = "Bearer " + control.get(0);
    for (String path :
        List.of(
            "/api/status",
            "/api/routes",
            "/api/retention?dry-run=true",
            "/api/package/kis/20261120",
            "/api/package/nobody/20261120",
            "/api/routes/stop/nobody?actor=a&reason=b",
            "/api/slots/pin/nobody?actor=a&reason=b",
            "/api/mitigation/9?actor=a&reason=b")) {
      all.append(send(o, path, token, "")).append('\n');
      all.append(send(o, path, "Bearer wrong", "")).append('\n');
    }
    all.append(ask(o, "/backup/packages", "Bearer " + BACKUP, null));
    return all.append(stream(o)).toString();
  }

  /** The first words of the page's stream, and what came until something changed. */
  private String stream(Observatory o) throws IOException {
    HttpRequest request = request(o, "/api/events").header("Authorization", "Basic " + LEE).build();
    StringBuilder told = new StringBuilder();
    try (InputStream in = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      byte[] some = new byte[8192];
      int beats = 0;
      while (beats < 3) {
        int n = in.read(some);
        assertThat(n).as("the stream goes on").isPositive();
        String text = new String(some, 0, n, StandardCharsets.UTF_8);
        told.append(text);
        beats += text.contains("\n\n") ? 1 : 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return told.toString();
  }

  /** Every bean that Jolokia lists, with all of its attributes. */
  private String everyBean(Observatory o) throws IOException {
    String list = send(o, "/jolokia", "Basic " + LEE, "{\"type\":\"list\"}");
    JsonNode found =
        JSON.readTree(
            send(o, "/jolokia", "Basic " + LEE, "{\"type\":\"search\",\"mbean\":\"*:*\"}"));
    ArrayNode reads = JSON.createArrayNode();
    found
        .path("value")
        .forEach(name -> reads.addObject().put("type", "read").put("mbean", name.asText()));
    assertThat(reads.size()).isGreaterThan(50);
    StringBuilder all = new StringBuilder(list);
    for (int i = 0; i < reads.size(); i += 100) {
      ArrayNode some = JSON.createArrayNode();
      for (int j = i; j < Math.min(reads.size(), i + 100); j++) {
        some.add(reads.get(j));
      }
      all.append(send(o, "/jolokia", "Basic " + LEE, some.toString()));
    }
    return all.toString();
  }

  private HttpRequest.Builder request(Observatory o, String path) throws IOException {
    return HttpRequest.newBuilder(
        URI.create(ArchiveLock.holder(o.root()).orElseThrow().url() + path));
  }

  private String get(Observatory o, String path) {
    return ask(o, path, "Basic " + LEE, null);
  }

  private String send(Observatory o, String path, String authorization, String body) {
    return ask(o, path, authorization, body);
  }

  /** Heads and body of an answer. */
  private String ask(Observatory o, String path, String authorization, @Nullable String body) {
    try {
      HttpRequest.Builder request = request(o, path).header("Authorization", authorization);
      if (body != null) {
        request.POST(HttpRequest.BodyPublishers.ofString(body));
      }
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean json = path.startsWith("/jolokia") && body != null;
      return (json ? "" : answer.headers().map() + "\n") + answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
