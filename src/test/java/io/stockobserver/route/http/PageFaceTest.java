package io.stockobserver.route.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page's paths, spoken to byte by byte. */
class PageFaceTest {
  private final HttpFront front = HttpFront.open(HttpAddress.plain("127.0.0.1", 0));
  private final Told page = new Told();
  private final Map<Socket, InputStream> ears = new HashMap<>();

  /** Says which beat it is, and as much beside it as a test wants. */
  private static final class Told implements Page {
    private final AtomicInteger beats = new AtomicInteger();
    private volatile String ballast = "";

    @Override
    public byte[] next() {
      return ("event: tick\ndata: " + beats.incrementAndGet() + ballast + "\n\n").getBytes(UTF_8);
    }

    @Override
    public byte[] first() {
      return "event: state\ndata: first\n\n".getBytes(UTF_8);
    }

    @Override
    public byte[] state() {
      return "{\"all\":1}".getBytes(UTF_8);
    }

    @Override
    public byte @Nullable [] day(String provider) {
      return provider.equals("kis") ? "{\"day\":1}".getBytes(UTF_8) : null;
    }
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : ears.keySet()) {
      socket.close();
    }
    front.close();
  }

  private Socket open(String method, String path, String... more) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
    ears.put(socket, new BufferedInputStream(socket.getInputStream()));
    socket.setSoTimeout(20_000);
    String head = method + " " + path + " HTTP/1.1\r\nHost: x\r\n";
    for (String line : more) {
      head += line + "\r\n";
    }
    socket.getOutputStream().write((head + "\r\n").getBytes(ISO_8859_1));
    return socket;
  }

  private String ask(String method, String path, String... more) throws IOException {
    String[] lines = java.util.Arrays.copyOf(more, more.length + 1);
    lines[more.length] = "Connection: close";
    try (Socket socket = open(method, path, lines)) {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  /** Reads until these words have come. */
  private String until(Socket socket, String words) throws IOException {
    StringBuilder read = new StringBuilder();
    InputStream in = ears.get(socket);
    while (read.indexOf(words, read.length() - words.length()) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("it ended before " + words + ": " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  private static String header(String answer, String name) {
    return answer
        .lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  @Test
  void thePageComesFromTheJarAndBringsNothingElse() throws IOException {
    PageFace.mount(front, page);
    String answer = ask("GET", "/");
    assertThat(status(answer)).isEqualTo(200);
    assertThat(header(answer, "content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer).doesNotContain("<style").doesNotContain("style=").doesNotContain("onclick");
    for (String path : List.of("/", "/page.css", "/page.js", "/words.js", "/icon.svg")) {
      String file = ask("GET", path);
      assertThat(status(file)).as(path).isEqualTo(200);
      assertThat(file.replace("http://www.w3.org/2000/svg", ""))
          .as(path)
          .doesNotContain("http://")
          .doesNotContain("https://");
      String again = ask("GET", path, "If-None-Match: " + header(file, "etag"));
      assertThat(status(again)).as(path).isEqualTo(304);
      assertThat(again).endsWith("\r\n\r\n");
      assertThat(ask("HEAD", path)).as(path).endsWith("\r\n\r\n");
    }
  }

  @Test
  void itIsCompressedForWhoTakesThat() throws IOException {
    PageFace.mount(front, page);
    String plain = ask("GET", "/page.js");
    String zipped = ask("GET", "/page.js", "Accept-Encoding: gzip, br");
    assertThat(header(zipped, "content-encoding")).isEqualTo("gzip");
    byte[] body = zipped.substring(zipped.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
    assertThat(body.length).isLessThan(plain.length() / 2);
    assertThat(
            new String(
                new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), ISO_8859_1))
        .isEqualTo(plain.substring(plain.indexOf("\r\n\r\n") + 4));
  }

  @Test
  void onlyGetIsAnswered() throws IOException {
    PageFace.mount(front, page);
    assertThat(ask("GET", "/api/state")).endsWith("{\"all\":1}");
    assertThat(ask("GET", "/api/day/kis")).endsWith("{\"day\":1}");
    assertThat(status(ask("GET", "/api/day/ib"))).isEqualTo(404);
    assertThat(status(ask("GET", "/api/day/..%2f..%2fobserver.lock"))).isEqualTo(404);
    assertThat(status(ask("GET", "/page.html"))).isEqualTo(404);
    for (String path : List.of("/", "/page.js", "/api/state", "/api/day/kis", "/api/events")) {
      for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
        assertThat(status(ask(method, path, "Content-Length: 0")))
            .as(method + " " + path)
            .isIn(404, 405);
      }
    }
  }

  @Test
  void everybodyHearsTheSameBeats() throws IOException {
    PageFace.mount(front, page, 10, 20);
    Socket one = open("GET", "/api/events");
    Socket other = open("GET", "/api/events");
    String head = until(one, "data: first\n\n");
    assertThat(header(head, "content-type")).isEqualTo("text/event-stream");
    assertThat(header(head, "cache-control")).isEqualTo("no-store");
    int from = page.beats.get();
    until(one, "data: " + (from + 5) + "\n\n");
    until(other, "data: " + (from + 5) + "\n\n");
  }

  @Test
  void theOneTooManyIsToldWhenToComeBack() throws IOException {
    PageFace.mount(front, page, EventStreams.MOST, 200);
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < EventStreams.MOST; i++) {
      all.add(open("GET", "/api/events"));
    }
    for (Socket one : all) {
      until(one, "data: first\n\n");
    }
    String refused = until(open("GET", "/api/events"), "\r\n\r\n");
    assertThat(status(refused)).isEqualTo(503);
    assertThat(header(refused, "retry-after")).isEqualTo("30");
    assertThat(status(ask("GET", "/api/state"))).as("others are answered").isEqualTo(200);
    int beat = page.beats.get() + 2;
    until(all.get(EventStreams.MOST - 1), "data: " + beat + "\n\n");
    all.get(0).close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              Socket next = open("GET", "/api/events");
              return until(next, "\r\n\r\n").startsWith("HTTP/1.1 200");
            });
  }

  @Test
  void whoTakesNothingIsLetGoAndHoldsUpNobody() throws IOException {
    page.ballast = "x".repeat(256 << 10);
    PageFace.mount(front, page, 10, 20);
    Socket slow = open("GET", "/api/events");
    Socket quick = open("GET", "/api/events");
    until(quick, "data: first\n\n");
    int from = page.beats.get();
    until(quick, "data: " + (from + 80));
    page.ballast = "";
    byte[] room = new byte[64 << 10];
    try {
      // What had been sent comes, and then the end.
      while (slow.getInputStream().read(room) >= 0) {
        assertThat(page.beats.get()).as("it still listens").isLessThan(from + 500);
      }
    } catch (SocketException reset) {
      // That is an end, too.
    }
    until(quick, "data: " + (page.beats.get() + 2) + "\n\n");
  }

  @Test
  @Tag("fault")
  void theIdleTimeoutOfThePortCutsNoStream() throws IOException {
    PageFace.mount(front, page);
    Socket one = open("GET", "/api/events");
    until(one, "data: 75\n\n");
  }

  @Test
  void nothingLeavesThatMustNotAndWhoLooksOnCanBeLetGo() throws IOException {
    front.unsecret(
        (path, bytes) -> new String(bytes, UTF_8).replace("1", "<" + path + ">").getBytes(UTF_8));
    Runnable letGo = PageFace.mount(front, page, 10, 20);
    page.ballast = "-1";
    assertThat(ask("GET", "/api/state")).endsWith("{\"all\":</api/state>}");
    assertThat(ask("GET", "/api/day/kis")).endsWith("{\"day\":</api/day/kis>}");
    assertThat(status(ask("GET", "/api/day/nobody"))).isEqualTo(404);
    Socket viewer = open("GET", "/api/events");
    assertThat(until(viewer, "-</api/events>")).doesNotContain("-1");
    letGo.run();
    // All that was under way, and then the end.
    byte[] some = new byte[1 << 12];
    int n = 0;
    while (n >= 0) {
      try {
        n = ears.get(viewer).read(some);
      } catch (SocketException reset) {
        n = -1;
      }
    }
    assertThat(until(open("GET", "/api/events"), "first")).contains("200");
  }
}
