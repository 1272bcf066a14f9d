package io.stockobserver.route.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.HandMade;
import io.stockobserver.backup.pulling.Patience;
import io.stockobserver.backup.pulling.PullException;
import io.stockobserver.backup.pulling.PullProgress;
import io.stockobserver.backup.pulling.PullReport;
import io.stockobserver.backup.pulling.PullServer;
import io.stockobserver.backup.pulling.PullSettings;
import io.stockobserver.backup.pulling.Puller;
import io.stockobserver.backup.pulling.Trouble;
import io.stockobserver.backup.serving.Account;
import io.stockobserver.backup.serving.BackupDesk;
import io.stockobserver.backup.serving.PeerRate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The real port, spoken to byte by byte. */
class HttpFrontTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:10:00Z");
  private static final String TAPE = "tape/kis/kr_stocks/20261120/09_00_00.jsonl.zst";
  private static final String AT = "/backup/kis/20261120/2/";
  private static final String BACKUP = "the-backup-token";
  private static final String CONTROL = "the-control-token";

  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private HandMade made;
  private HttpFront front;

  @BeforeEach
  void open() {
    made = new HandMade(folder.resolve("data")).day("20261120", 1);
    made.write("kis/20261120/2", "2026-11-20T15:00:04.000Z");
    made.put("observer.lock", "the lock's secret".getBytes(ISO_8859_1));
    front = front(new HttpAddress("127.0.0.1", 0, false, null));
    log.start();
    Logger desk = (Logger) LoggerFactory.getLogger(BackupDesk.class);
    desk.setLevel(Level.INFO);
    desk.addAppender(log);
  }

  @AfterEach
  void close() {
    Logger desk = (Logger) LoggerFactory.getLogger(BackupDesk.class);
    desk.setLevel(null);
    desk.detachAppender(log);
    front.close();
  }

  private HttpFront front(HttpAddress address) {
    HttpFront opened = HttpFront.open(address);
    BackupFace.mount(
        opened,
        new BackupDesk(
            made.root(),
            new LocalDisk(),
            "tokyo",
            new Account(BACKUP),
            new PeerRate(10_000, System::nanoTime),
            () -> NOW,
            receipt -> {}));
    ControlFace.mount(opened, new Account(CONTROL), new ToldControl());
    return opened;
  }

  /** Answers with what it was asked. */
  /** One request on a connection of its own; everything that comes back. */
  private String ask(String method, String path, @Nullable String token, String... more)
      throws IOException {
    return ask(method, path, token, new byte[0], more);
  }

  private String ask(
      String method, String path, @Nullable String token, byte[] body, String... more)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
      socket.setSoTimeout(20_000);
      StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
      if (token != null) {
        head.append("Authorization: Bearer ").append(token).append("\r\n");
      }
      Arrays.stream(more).forEach(line -> head.append(line).append("\r\n"));
      head.append("Content-Length: ").append(body.length);
      head.append("\r\nConnection: close\r\n\r\n");
      socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  private static byte[] body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
  }

  @Test
  void aFileComesWholeAndInParts() throws IOException {
    byte[] stored = made.get("package/kis/20261120/2/" + TAPE);
    assertThat(body(ask("GET", AT + TAPE, BACKUP))).isEqualTo(stored);
    String part = ask("GET", AT + TAPE, BACKUP, "Range: bytes=1000-1999");
    assertThat(status(part)).isEqualTo(206);
    assertThat(part).containsIgnoringCase("Content-Range: bytes 1000-1999/" + stored.length);
    assertThat(body(part)).isEqualTo(Arrays.copyOfRange(stored, 1000, 2000));
    assertThat(status(ask("GET", AT + TAPE, BACKUP, "Range: bytes=99999999-"))).isEqualTo(416);
  }

  @Test
  void noTrickWithAPathLeadsOut() throws IOException {
    for (String trick :
        List.of(
            "/backup/../observer.lock",
            "/backup/%2e%2e/observer.lock",
            "/backup/..%2fobserver.lock",
            "/backup/..\\observer.lock",
            AT + "../../../../observer.lock",
            AT + "%2e%2e/%2e%2e/%2e%2e/%2e%2e/observer.lock",
            AT + "..%5c..%5c..%5c..%5cobserver.lock",
            "/backup//observer.lock",
            "//backup/packages",
            "/backup/packages/../../observer.lock",
            AT + "package.json%00.zst",
            AT + "package.json?x=1",
            "/observer.lock",
            "/package/kis/20261120/2/package.json",
            "/x/../backup/packages")) {
      String answer = ask("GET", trick, BACKUP);
      assertThat(status(answer)).as(trick).isIn(400, 403, 404);
      assertThat(answer).doesNotContain("secret").doesNotContain("\"packages\"");
    }
  }

  @Test
  void eachTokenOpensItsOwnDoorOnly() throws IOException {
    assertThat(status(ask("GET", "/backup/packages", BACKUP))).isEqualTo(200);
    assertThat(status(ask("GET", "/backup/packages", CONTROL))).isEqualTo(401);
    assertThat(status(ask("GET", "/backup/packages", null))).isEqualTo(401);
    assertThat(status(ask("POST", "/api/package/kis/20261120", CONTROL))).isEqualTo(200);
    for (String path : List.of("/api/package/kis/20261120", "/api/retention?dry-run=true")) {
      assertThat(status(ask("POST", path, BACKUP))).as(path).isEqualTo(403);
      assertThat(status(ask("POST", path, null))).as(path).isEqualTo(403);
      assertThat(status(ask("GET", path, CONTROL))).as(path).isEqualTo(405);
    }
  }

  @Test
  void aCommandIsToldWhatCameOfIt() throws IOException {
    assertThat(new String(body(ask("POST", "/api/package/kis/20261120", CONTROL)), ISO_8859_1))
        .isEqualTo("{\"package\":\"kis/2026-11-20\"}");
    assertThat(status(ask("POST", "/api/package/ib/20261120", CONTROL))).isEqualTo(400);
    assertThat(status(ask("POST", "/api/package/kis/20261320", CONTROL))).isEqualTo(400);
    assertThat(ask("POST", "/api/retention?dry-run=true", CONTROL)).contains("{\"dry_run\":true}");
    assertThat(ask("POST", "/api/retention", CONTROL)).contains("{\"dry_run\":false}");
    assertThat(ask("POST", "/api/routes/stop/hear-x?actor=kim&reason=a%20b", CONTROL))
        .contains("{\"done\":\"stop hear-x kim a b\"}");
    assertThat(ask("POST", "/api/slots/pin/KRW-BTC?provider=upbit&actor=kim&reason=c", CONTROL))
        .contains("{\"done\":\"pin upbit KRW-BTC kim c\"}");
    assertThat(ask("POST", "/api/mitigation/auto?actor=kim&reason=d", CONTROL))
        .contains("{\"done\":\"auto  kim d\"}");
    for (String path : List.of("/api/status", "/api/routes", "/api/routes/stop/x")) {
      assertThat(status(ask("POST", path, CONTROL))).as(path).isEqualTo(200);
      assertThat(status(ask("POST", path, BACKUP))).as(path).isEqualTo(403);
    }
  }

  @Test
  void aReceiptThatIsTooLongIsRefused() throws IOException {
    assertThat(status(ask("POST", AT + "receipt", BACKUP, new byte[5000]))).isEqualTo(413);
    assertThat(status(ask("POST", AT + "receipt", BACKUP, new byte[400]))).isEqualTo(400);
    assertThat(status(ask("POST", AT + "receipt", null, new byte[5000]))).isEqualTo(401);
    for (String method : List.of("PUT", "DELETE", "HEAD", "PATCH", "OPTIONS")) {
      assertThat(status(ask(method, AT + "package.json", BACKUP))).as(method).isEqualTo(405);
    }
  }

  @Test
  void everyAccessIsLoggedAndNoToken() throws IOException {
    ask("GET", "/backup/packages", BACKUP);
    ask("GET", AT + TAPE, "a-guess", "Range: bytes=3-");
    assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).hasSize(2);
    assertThat(log.list.get(0).getFormattedMessage())
        .contains("127.0.0.1 GET /backup/packages")
        .contains("200");
    assertThat(log.list.get(1).getFormattedMessage()).contains("bytes=3-").contains("401");
    assertThat(log.list.toString()).doesNotContain(BACKUP).doesNotContain("a-guess");
  }

  @Test
  void aTakenPortIsToldByNameOrLeftForAnother() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpAddress there = HttpAddress.plain("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> HttpFront.open(there))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("http.port " + taken.getLocalPort())
          .hasMessageContaining("--port");
      HttpAddress any = new HttpAddress("127.0.0.1", taken.getLocalPort(), true, null);
      try (HttpFront other = HttpFront.open(any)) {
        assertThat(other.port()).isNotEqualTo(taken.getLocalPort()).isPositive();
        assertThat(other.elsewhere()).isTrue();
      }
    }
    assertThatThrownBy(() -> HttpFront.open(HttpAddress.plain("192.0.2.1", 0)))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("http.bind 192.0.2.1");
  }

  private PullReport.Row pull(HttpFront from, String to, @Nullable String pin)
      throws PullException {
    Patience patience = new Patience(Duration.ofSeconds(10), Duration.ofMillis(1), 2, 1);
    PullSettings settings =
        new PullSettings(folder.resolve(to), "pc", 3, Duration.ofHours(26), patience);
    PullServer server = new PullServer("tokyo", URI.create(from.url()), pin, BACKUP);
    return new Puller(settings, new LocalDisk(), () -> NOW)
        .pull(List.of(server), PullProgress.unseen())
        .servers()
        .get(0);
  }

  @Test
  void aBackupPullsOverThePort() throws IOException {
    assertThat(pull(front, "backup", null).faults()).isEmpty();
    assertThat(made.isIn(folder.resolve("backup"))).isTrue();
    assertThat(made.root().resolve("receipt/kis/20261120/2/pulled-pc.json")).exists();
  }

  @Test
  void overTlsTheCertificateIsPinned() throws IOException {
    TlsIdentity first = new TlsKeys(folder.resolve("keys/http.p12")).identity();
    assertThat(new TlsKeys(folder.resolve("keys/http.p12")).identity()).isEqualTo(first);
    for (String file : List.of("http.p12", "http.p12.password")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("keys").resolve(file))))
          .isEqualTo("rw-------");
    }
    TlsIdentity second = new TlsKeys(folder.resolve("other/http.p12")).identity();
    try (HttpFront own = front(new HttpAddress("127.0.0.1", 0, false, first));
        HttpFront other = front(new HttpAddress("127.0.0.1", 0, false, second))) {
      assertThat(own.url()).startsWith("https://");
      assertThat(pull(own, "trusting", null).faults()).isEmpty();
      assertThat(made.isIn(folder.resolve("trusting"))).isTrue();
      assertThat(Files.readString(folder.resolve("trusting/servers/tokyo.json")))
          .contains(first.fingerprint());
      assertThat(pull(other, "trusting", null).faults())
          .extracting(PullReport.Fault::trouble)
          .containsExactly(Trouble.CERTIFICATE_CHANGED);
      assertThat(pull(own, "pinned", first.fingerprint()).faults()).isEmpty();
      assertThat(pull(other, "pinned2", first.fingerprint()).faults())
          .extracting(PullReport.Fault::trouble)
          .containsExactly(Trouble.CERTIFICATE_CHANGED);
      assertThat(folder.resolve("pinned2/servers")).doesNotExist();
    }
  }
}
