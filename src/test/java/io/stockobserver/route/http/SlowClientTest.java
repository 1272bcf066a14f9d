package io.stockobserver.route.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever takes for ever to ask is hung up on; whoever waits for an answer is not. */
class SlowClientTest {
  private final AtomicLong nanos = new AtomicLong();
  private HttpFront front;

  @BeforeEach
  void open() {
    front = HttpFront.open(HttpAddress.plain("127.0.0.1", 0), nanos::get);
    front.router().get("/soon").handler(told -> told.response().end("said"));
    // A stream of events: it is open, and nothing comes yet.
    front
        .router()
        .get("/stream")
        .handler(told -> told.response().setChunked(true).write("first\n"));
    front.router().post("/body").handler(told -> SmallBody.of(told.request(), 10, body -> {}));
  }

  @AfterEach
  void close() {
    front.close();
  }

  private Socket say(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private static boolean isHungUp(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void halfAQuestionIsHungUpOnAfterHalfAMinute() throws IOException {
    try (Socket nothing = say("");
        Socket head = say("GET /soon HTTP/1.1\r\nHost: localhost\r\nX-Slow: a");
        Socket body = say("POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1");
        Socket stream = say("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      StringBuilder told = new StringBuilder();
      while (!told.toString().endsWith("first\n\r\n")) {
        told.append((char) stream.getInputStream().read());
      }
      // Asked after these have been seen, so all of them are known.
      try (Socket other =
          say("GET /soon HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
        assertThat(new String(other.getInputStream().readAllBytes(), ISO_8859_1)).endsWith("said");
      }
      nanos.addAndGet(Duration.ofSeconds(31).toNanos());
      assertThat(isHungUp(nothing)).isTrue();
      assertThat(isHungUp(head)).isTrue();
      assertThat(isHungUp(body)).isTrue();
      stream.setSoTimeout(1500);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> stream.getInputStream().read())
          .isInstanceOf(java.net.SocketTimeoutException.class);
      try (Socket other =
          say("GET /soon HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
        assertThat(new String(other.getInputStream().readAllBytes(), ISO_8859_1)).endsWith("said");
      }
    }
  }

  @Test
  void moreThanAThousandConnectionsAreTooMany() throws IOException {
    Socket[] all = new Socket[1010];
    try {
      for (int i = 0; i < all.length; i++) {
        all[i] = say("");
      }
      assertThat(isHungUp(all[all.length - 1])).isTrue();
      all[0].close();
      Socket last = null;
      for (int i = 0; i < 50 && last == null; i++) {
        Socket next = say("GET /soon HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        String told;
        try {
          told = new String(next.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
          told = "";
        }
        last = told.endsWith("said") ? next : null;
        next.close();
      }
      assertThat(last).isNotNull();
    } finally {
      for (Socket one : all) {
        if (one != null) {
          one.close();
        }
      }
    }
  }
}
