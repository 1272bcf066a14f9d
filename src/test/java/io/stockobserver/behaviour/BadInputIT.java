package io.stockobserver.behaviour;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.UnixOperatingSystemMXBean;
import io.stockobserver.archive.ArchiveLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Whatever is asked over HTTP, the right status comes back, nothing is told that helps, and the
 * observer behind the port records as if nobody had asked. Byte by byte, on two addresses of this
 * machine.
 */
class BadInputIT {
  private static final String PASSWORD = "a password of lee";
  private static final String LEE = basic(PASSWORD);
  private static final String HERE = "127.0.0.1";
  private static final String ELSEWHERE = "127.0.0.2";
  private static final long MEGABYTE = 1 << 20;
  private static final List<String> PORT =
      List.of(
          "io.stockobserver.route.http",
          "io.stockobserver.access",
          "io.vertx.ext.web",
          "io.vertx.core.http",
          "io.vertx.core.net",
          "io.netty",
          "org.jolokia");

  @TempDir Path dir;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final List<Socket> open = new ArrayList<>();
  private Observatory o;
  private int port;

  @BeforeEach
  void observe() throws IOException {
    log.start();
    root.addAppender(log);
    o =
        new Observatory(dir, "10:01:00")
            .set("http.console", "on")
            .environment("OBSERVER_USER", "lee")
            .environment("OBSERVER_PASSWORD", PASSWORD)
            .observe();
    port = URI.create(ArchiveLock.holder(o.root()).orElseThrow().url()).getPort();
    o.awaitSlots(41);
    o.awaitSamples(1);
  }

  @AfterEach
  void end() throws IOException {
    root.detachAppender(log);
    hangUp();
    o.close();
  }

  private void hangUp() throws IOException {
    for (Socket one : open) {
      one.close();
    }
    open.clear();
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("lee:" + password).getBytes(UTF_8));
  }

  /** Says these bytes and leaves the connection open. */
  private Socket say(String peer, String bytes) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(peer), 0);
    open.add(socket);
    socket.setSoTimeout(60_000);
    try {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (SocketException refusedBeforeItsEnd) {
      // What it was told meanwhile is read below.
    }
    return socket;
  }

  /** Says these bytes and hears the answer to its end; empty where it was only hung up. */
  private String hear(String peer, String bytes) throws IOException {
    try (Socket socket = say(peer, bytes)) {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    } finally {
      open.remove(open.size() - 1);
    }
  }

  private String ask(
      String peer, String method, String path, @Nullable String login, String body, String... more)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (List.of(more).stream().noneMatch(line -> line.startsWith("Host:"))) {
      head.append("Host: localhost:").append(port).append("\r\n");
    }
    if (login != null) {
      head.append("Authorization: ").append(login).append("\r\n");
    }
    List.of(more).forEach(line -> head.append(line).append("\r\n"));
    head.append("Content-Length: ").append(body.length());
    String answer = hear(peer, head + "\r\nConnection: close\r\n\r\n" + body);
    tellsNothing(answer);
    return answer;
  }

  private int status(
      String method, String path, @Nullable String login, String body, String... more)
      throws IOException {
    return status(ask(HERE, method, path, login, body, more));
  }

  private static int status(String answer) {
    return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
  }

  private static void tellsNothing(String answer) {
    assertThat(answer)
        .doesNotContain("\tat ")
        .doesNotContain(".java:")
        .doesNotContain("Exception:")
        .doesNotContain(PASSWORD);
  }

  // ---- how the process is ----

  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** However slow the machine is. */
  private static void await(String what, java.util.concurrent.Callable<Boolean> done) {
    Awaitility.await(what)
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(100))
        .until(done);
  }

  @Test
  void whateverIsAskedTheObserverRecordsOn() throws Exception {
    assertThat(status("GET", "/api/state", LEE, "")).isEqualTo(200);
    long descriptors = descriptors();
    long heap = heap();
    for (int i = 0; i < 50; i++) {
      say(HERE, i % 2 == 0 ? "GET /api/state HTTP/1.1\r\nHost: loc" : "");
    }
    manyLookOn();
    aThousandWrongPasswords();
    otherPeoplesPages();
    tricks();
    tooMuch();
    nonsenseToJmx();
    o.awaitSamples(2);
    hangUp();
    await("the descriptors are given back", () -> descriptors() < descriptors + 20);
    await("so is the memory", () -> heap() < heap + 48 * MEGABYTE);
    theRightPasswordStillOpens();
    o.awaitSamples(2);
    o.end();
    asIfNobodyHadAsked();
  }

  /** 500 streams; the next one is told when to come back. */
  private void manyLookOn() throws IOException {
    String stream =
        "GET /api/events HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: %s\r\n\r\n"
            .formatted(port, LEE);
    List<Socket> streams = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      streams.add(say(HERE, stream));
    }
    for (Socket one : streams) {
      assertThat(first(one)).isEqualTo("HTTP/1.1 200 OK");
    }
    String more = ask(HERE, "GET", "/api/events", LEE, "");
    assertThat(status(more)).isEqualTo(503);
    assertThat(more).containsIgnoringCase("Retry-After");
    assertThat(status("GET", "/health", null, "")).isEqualTo(200);
  }

  private static String first(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** Hardly any is looked at; who comes from elsewhere is not kept out by it. */
  private void aThousandWrongPasswords() throws IOException {
    int looked = 0;
    for (int i = 0; i < 1000; i++) {
      String answer = ask(HERE, "GET", "/jolokia/version", basic("wrong password " + i), "");
      assertThat(status(answer)).isIn(401, 429);
      looked += status(answer) == 401 ? 1 : 0;
    }
    assertThat(looked).isBetween(5, 50);
    await("who is elsewhere", () -> status(ask(ELSEWHERE, "GET", "/", LEE, "")) == 200);
    o.awaitEvents("login_refused", 1);
  }

  private void theRightPasswordStillOpens() {
    await("the right password", () -> status(ask(HERE, "GET", "/api/state", LEE, "")) == 200);
  }

  private void otherPeoplesPages() throws IOException {
    String stop = exec("org.apache.camel:*", "stop()");
    for (String line :
        List.of(
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: http://localhost:1",
            "Origin: https://localhost:" + port,
            "Sec-Fetch-Site: cross-site",
            "Host: evil.example",
            "Host: localhost.evil.example:" + port)) {
      assertThat(status("POST", "/jolokia", LEE, stop, line)).as(line).isEqualTo(403);
      assertThat(status("POST", "/api/routes/stop/hear-kis-trade", LEE, "", line)).isEqualTo(403);
      assertThat(ask(HERE, "OPTIONS", "/jolokia", LEE, "", line))
          .doesNotContainIgnoringCase("Access-Control-Allow");
    }
    // Without a token of this start no command is taken, whoever is logged in.
    assertThat(status("POST", "/api/routes/stop/hear-kis-trade", LEE, "")).isEqualTo(403);
    assertThat(status("POST", "/api/retention", "Bearer x", "")).isEqualTo(401);
  }

  private void tricks() throws IOException {
    for (String path :
        List.of(
            "/../observer.lock",
            "/%2e%2e/observer.lock",
            "/api/day/..%2f..%2fobserver.lock",
            "/api/day/%00",
            "/hawtio/..%5c..%5clogback.xml",
            "/hawtio/%252e%252e/logback.xml",
            "/backup/../../../../etc/passwd",
            "//etc/passwd",
            "/api/state;x=1",
            "/jolokia/../api/state",
            "/observer.lock")) {
      assertThat(status("GET", path, LEE, "")).as(path).isIn(400, 401, 404);
    }
    for (String method : List.of("PUT", "DELETE", "TRACE", "PATCH", "CONNECT", "NONSENSE")) {
      assertThat(status(method, "/api/state", LEE, "")).as(method).isIn(400, 405);
    }
    for (String bytes :
        List.of(
            "\u0000\u0001\u0002\u0003\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\nabc",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
      String answer = hear(HERE, bytes.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      tellsNothing(answer);
      assertThat(status(answer)).as(bytes).isIn(0, 400, 401, 403, 404, 405, 501, 505);
    }
  }

  private void tooMuch() throws IOException {
    assertThat(status("GET", "/", LEE, "", "X: " + "x".repeat(20_000))).isEqualTo(431);
    String[] many = new String[2000];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X-" + i + ": y";
    }
    assertThat(status("GET", "/", LEE, "", many)).isEqualTo(431);
    assertThat(status("GET", "/" + "x".repeat(5000), LEE, "")).isEqualTo(414);
    assertThat(status("POST", "/jolokia", LEE, " ".repeat(300_000))).isEqualTo(413);
    assertThat(status("GET", "/", "Basic " + "A".repeat(5000), "")).isEqualTo(401);
  }

  private static String exec(String bean, String operation, String... arguments) {
    return "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\",\"arguments\":[%s]}"
        .formatted(bean, operation, String.join(",", arguments));
  }

  /** Our own beans, given what they do not expect. */
  private void nonsenseToJmx() throws IOException {
    String slots = "io.stockobserver:type=Slots,provider=kis";
    String level = "io.stockobserver:type=Mitigation,provider=kis";
    String routes = "io.stockobserver:type=Routes";
    String huge = "\"" + "x".repeat(200_000) + "\"";
    for (String question :
        List.of(
            exec(slots, "pin"),
            exec(slots, "pin", "1", "2", "3", "4", "5"),
            exec(slots, "pin", "null", "null", "null"),
            exec(slots, "pin", "{}", "[]", "{\"a\":1}"),
            exec(slots, "pin", "\"nobody\"", "\"a\"", "\"b\""),
            exec(slots, "pin", huge, "\"a\"", "\"b\""),
            exec(slots, "dance"),
            exec(level, "override", "99", "\"a\"", "\"b\""),
            exec(level, "override", "\"high\"", "\"a\"", "\"b\""),
            exec(routes, "stop", "\"*\"", "\"b\""),
            exec(routes, "stop", "\"archive-tape\"", "\"b\""),
            exec(routes, "stop", "\"hear-kis-trade\"", "\"\""),
            exec(routes, "stop(java.lang.String)", "\"hear-kis-trade\""),
            "{\"type\":\"read\",\"mbean\":\"" + slots + "\",\"attribute\":[1,null,{}]}",
            "{\"type\":\"list\",\"path\":\"!!!/*/\u0000\"}",
            "{\"type\":\"search\",\"mbean\":\"***:::,,,\"}",
            "[" + "[".repeat(50_000),
            "{\"type\":\"exec\"" + ",\"a\":0".repeat(20_000) + "}")) {
      String answer = ask(HERE, "POST", "/jolokia", LEE, question);
      assertThat(status(answer)).as(head(question)).isIn(200, 400);
      assertThat(answer).as(head(question)).doesNotContain("\"status\":200");
    }
  }

  private static String head(String text) {
    return text.substring(0, Math.min(120, text.length()));
  }

  private void asIfNobodyHadAsked() {
    Books books = o.books();
    AuditIT.proven(o.root());
    assertThat(o.venue().traffic().connectionsOpened())
        .as("one connection to the venue")
        .isEqualTo(1);
    assertThat(books.gaps("scalp", "ws_disconnect")).isEmpty();
    assertThat(books.gaps("scalp", "operator")).isEmpty();
    assertThat(books.events("route_stopped")).isEmpty();
    assertThat(books.events("slot_pinned")).isEmpty();
    assertThat(books.events("secret_seen")).isEmpty();
    assertThat(books.everything()).doesNotContain("wrong password");
    // Of the port: a machine that stands still has others complain.
    List<ILoggingEvent> said =
        List.copyOf(log.list).stream()
            .filter(event -> PORT.stream().anyMatch(event.getLoggerName()::startsWith))
            .toList();
    assertThat(said)
        .filteredOn(event -> event.getThrowableProxy() != null)
        .as("stack traces")
        .isEmpty();
    assertThat(said)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
        .as("errors")
        .isEmpty();
  }

  /** In real time: a byte now and then, and half a minute later nobody of them is there. */
  @Test
  @Tag("fault")
  void whoTakesForEverToAskIsHungUpOnWhileWeRecord() throws Exception {
    long descriptors = descriptors();
    for (int i = 0; i < 400; i++) {
      say(HERE, "GET /api/state HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    }
    await(
        "all are gone",
        () -> {
          open.removeIf(BadInputIT::isGone);
          return open.isEmpty();
        });
    await("the descriptors are given back", () -> descriptors() < descriptors + 20);
    assertThat(status("GET", "/api/state", LEE, "")).isEqualTo(200);
    o.awaitSamples(2);
    o.end();
    asIfNobodyHadAsked();
  }

  /** Says one byte more, and looks whether anybody listens. */
  private static boolean isGone(Socket slow) {
    try {
      slow.setSoTimeout(1);
      slow.getOutputStream().write('x');
      return slow.getInputStream().read() < 0 && closed(slow);
    } catch (SocketTimeoutException stillThere) {
      return false;
    } catch (IOException reset) {
      return closed(slow);
    }
  }

  private static boolean closed(Socket socket) {
    try {
      socket.close();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
