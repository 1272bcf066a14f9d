package io.stockobserver.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.ArchiveException;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.LineBuffer;
import io.stockobserver.tape.TapeLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tape made by hand, told to a client that is no provider of ours; the test owns the clock. */
class PlaybackTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Instant BEGIN = Instant.parse("2026-11-20T00:30:00Z");
  private static final String PRICE =
      "GET /uapi/domestic-stock/v1/quotations/inquire-price?A=1&B=2";

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final LineBuffer tape = new LineBuffer(1024);
  private final TapeLines lines = new TapeLines();
  private long seq;
  private @Nullable Playback playback;

  @TempDir Path root;

  @AfterEach
  void close() {
    if (playback != null) {
      playback.close();
    }
  }

  private long put(String after, String feed, Direction direction, long re, String body) {
    Instant at = BEGIN.plus(Duration.parse("PT" + after));
    int status = re > 0 ? 200 : 0;
    lines.encode(++seq, new Draft(at, 0, feed, direction, re, status, body.getBytes(UTF_8)), tape);
    return seq;
  }

  private Playback serve(String provider, String market, double speed) throws IOException {
    Path file = root.resolve("tape/" + provider + "/" + market + "/20261120/09_30_00.jsonl");
    Files.createDirectories(file.getParent());
    Files.write(file, tape.toByteArray());
    InstantSource clock = now::get;
    playback =
        Playback.start(
            new Playback.Options(
                root, DAY, List.of(new Playback.Tape(provider, market)), 0, speed, null),
            clock,
            entry -> {},
            log::add);
    return playback;
  }

  private HttpResponse<String> get(Playback from, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(from.told().get("rest_url") + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String granted(Playback from, String path, String name) throws Exception {
    String body =
        "{\"appkey\":\"%s\",\"appsecret\":\"%s\",\"secretkey\":\"%s\"}"
            .formatted(
                from.told().get("app_key"),
                from.told().get("app_secret"),
                from.told().get("app_secret"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(from.told().get("rest_url") + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return answer.replaceFirst(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
  }

  private String[] keys(Playback from) throws Exception {
    return new String[] {
      "authorization", "Bearer " + granted(from, "/oauth2/tokenP", "access_token"),
      "appkey", from.told().get("app_key"),
      "appsecret", from.told().get("app_secret")
    };
  }

  @Test
  void aQuestionIsAnsweredAsItWasThenAndNeverFromTheFuture() throws Exception {
    long first = put("1S", "swing", Direction.OUT, 0, PRICE);
    put("2S", "swing", Direction.IN, first, "{\"rt_cd\":\"0\",\"price\":\"100\"}");
    long second = put("31S", "swing", Direction.OUT, 0, PRICE);
    put("32S", "swing", Direction.IN, second, "{\"rt_cd\":\"0\",\"price\":\"200\"}");
    put("60S", "note", Direction.NOTE, 0, "{}");
    Playback served = serve("kis", "kr_stocks", 1);
    String[] keys = keys(served);
    String path = "/uapi/domestic-stock/v1/quotations/inquire-price?B=2&A=1";
    now.set(Instant.EPOCH.plusSeconds(10));
    awaitAnswer(served, path, keys, "100");
    now.set(Instant.EPOCH.plusSeconds(29)); // begins a second after BEGIN: it is 30 s
    assertThat(get(served, path, keys).body()).contains("100");
    // Half a second before the next one: it is waited for, not told before its time.
    now.set(Instant.EPOCH.plusMillis(30_500));
    var early = new AtomicReference<>(ask(served, path, keys));
    Awaitility.await()
        .until(
            () -> {
              try {
                assertThat(early.get().get(300, TimeUnit.MILLISECONDS).body()).contains("100");
                early.set(ask(served, path, keys)); // the tape had not been read that far
                return false;
              } catch (TimeoutException waiting) {
                return true;
              }
            });
    now.set(Instant.EPOCH.plusSeconds(32));
    assertThat(early.get().get(20, TimeUnit.SECONDS).body()).contains("200");
    awaitAnswer(served, path, keys, "200");
    HttpResponse<String> never = get(served, path.replace("A=1", "A=7"), keys);
    assertThat(never.statusCode()).isEqualTo(404);
    assertThat(never.body()).contains("\"rt_cd\":\"1\"");
    assertThat(log).singleElement().asString().contains("inquire-price?B=2&A=7");
    assertThat(get(served, path).statusCode()).isEqualTo(500);
  }

  private CompletableFuture<HttpResponse<String>> ask(Playback from, String path, String[] keys) {
    return http.sendAsync(
        HttpRequest.newBuilder(URI.create(from.told().get("rest_url") + path))
            .headers(keys)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void awaitAnswer(Playback served, String path, String[] keys, String price) {
    Awaitility.await().until(() -> get(served, path, keys).body().contains("\"" + price + "\""));
  }

  /** Text and bytes that a socket brings, in their order. */
  private static final class Ear implements WebSocket.Listener {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        heard.add(part.toString());
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      return onText(socket, UTF_8.decode(data), last);
    }

    String next() throws InterruptedException {
      String message = heard.poll(20, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return message;
    }
  }

  private static String registration(String key, String tr, String symbol) {
    return "{\"header\":{\"approval_key\":\"%s\",\"tr_type\":\"1\",\"custtype\":\"P\"},\"body\":{\"input\":{\"tr_id\":\"%s\",\"tr_key\":\"%s\"}}}"
        .formatted(key, tr, symbol);
  }

  @Test
  void whoIsRegisteredHearsTheFramesVerbatimAtTheirTimeAndNobodyElses() throws Exception {
    put("0S", "trade", Direction.OUT, 0, registration("[secret]", "H0STCNT0", "005930"));
    put("0S", "trade", Direction.OUT, 0, registration("[secret]", "H0STCNT0", "000660"));
    put("1S", "trade", Direction.IN, 0, "{\"header\":{\"tr_id\":\"H0STCNT0\"}}");
    put("4S", "trade", Direction.IN, 0, "0|H0STCNT0|001|000660^1^2");
    put("5S", "trade", Direction.IN, 0, "0|H0STCNT0|002|005930^1^2^005930^3^4");
    put("6S", "trade", Direction.IN, 0, "0|H0STCNT0|002|000660^1^2^005930^3^4");
    put("7S", "trade", Direction.IN, 0, "what is this");
    put("8S", "trade", Direction.IN, 0, "0|H0STCNT0|001|005930^5^6");
    Playback served = serve("kis", "kr_stocks", 2);
    String key = granted(served, "/oauth2/Approval", "approval_key");
    Ear ear = new Ear();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(served.told().get("feed_url")), ear)
            .get(20, TimeUnit.SECONDS);
    say(socket, registration("another", "H0STCNT0", "005930"));
    assertThat(ear.next()).contains("OPSP0011");
    say(socket, registration(key, "H0STCNT0", "005935"));
    assertThat(ear.next()).contains("OPSP8992");
    say(socket, registration(key, "H0STASP0", "005930"));
    assertThat(ear.next()).contains("OPSP8991");
    say(socket, registration(key, "H0STCNT0", "005930"));
    assertThat(ear.next()).contains("OPSP0000").contains("\"tr_key\":\"005930\"");
    now.set(Instant.EPOCH.plusMillis(2_499)); // twice as fast: 4.998 s
    assertThat(ear.heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
    now.set(Instant.EPOCH.plusMillis(3_500));
    assertThat(ear.next()).isEqualTo("0|H0STCNT0|002|005930^1^2^005930^3^4");
    assertThat(ear.next()).isEqualTo("0|H0STCNT0|002|000660^1^2^005930^3^4");
    assertThat(ear.next()).isEqualTo("what is this");
    now.set(Instant.EPOCH.plusSeconds(4));
    assertThat(ear.next()).isEqualTo("0|H0STCNT0|001|005930^5^6");
    served.awaitEnd();
    say(socket, registration(key, "H0STCNT0", "000660"));
    assertThat(ear.next()).contains("OPSP0000");
  }

  private static void say(WebSocket socket, String text) throws Exception {
    socket.sendText(text, true).get(20, TimeUnit.SECONDS);
  }

  @Test
  void anUpbitClientHearsHowItStandsAndThenWhatIsTold() throws Exception {
    put("0S", "stream", Direction.IN, 0, "{\"type\":\"trade\",\"code\":\"KRW-BTC\",\"n\":1}");
    put("5S", "stream", Direction.IN, 0, "{\"status\":\"UP\"}");
    put("6S", "stream", Direction.IN, 0, "{\"type\":\"trade\",\"code\":\"KRW-ETH\",\"n\":2}");
    put("6S", "stream", Direction.IN, 0, "{\"type\":\"trade\",\"code\":\"KRW-BTC\",\"n\":3}");
    Playback served = serve("upbit", "crypto", 1);
    Awaitility.await().until(() -> !served.market().isBefore(BEGIN));
    Ear ear = new Ear();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(served.told().get("upbit_feed_url")), ear)
            .get(20, TimeUnit.SECONDS);
    now.set(Instant.EPOCH.plusSeconds(1));
    // The beat is every 5 ms: what was due at 0 s has been told to nobody and is remembered.
    String wish = "[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[\"KRW-BTC.5\",\"KRW-NO\"]}]";
    Awaitility.await()
        .until(
            () -> {
              say(socket, wish);
              return ear.heard.peek() != null;
            });
    assertThat(ear.next()).contains("\"n\":1");
    ear.heard.clear();
    now.set(Instant.EPOCH.plusSeconds(7));
    assertThat(ear.next())
        .satisfiesAnyOf(
            m -> assertThat(m).contains("\"n\":3"), m -> assertThat(m).contains("\"n\":1"));
    served.awaitEnd();
    say(
        socket,
        "[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[\"A\"]},{\"format\":\"SIMPLE\"}]");
    String last = ear.next();
    while (!last.contains("error")) {
      assertThat(last).doesNotContain("KRW-ETH").doesNotContain("status");
      last = ear.next();
    }
    assertThat(last).contains("WRONG_FORMAT");
    HttpResponse<String> never =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(served.told().get("upbit_rest_url") + "/ticker?markets=KRW-BTC"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(never.statusCode()).isEqualTo(404);
    assertThat(never.body()).isEqualTo("{\"error\":{\"name\":404,\"message\":\"Code not found\"}}");
  }

  @Test
  void aDamagedTapeIsRefusedBeforeAnythingIsTold() throws Exception {
    put("1S", "trade", Direction.IN, 0, "0|H0STCNT0|001|005930^1^2");
    tape.put("{\"torn".getBytes(UTF_8));
    assertThatThrownBy(() -> serve("kis", "kr_stocks", 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tape/kis/kr_stocks/20261120/09_30_00.jsonl is damaged")
        .hasMessageContaining("restore it first");
  }

  /** What a power cut left where nothing was forced can be restored by nobody. */
  @Test
  void aLineThatIsNoJsonIsLeftOutAndNamedAndOneOfAnotherFileIsRefused() throws Exception {
    put("1S", "trade", Direction.IN, 0, "0|H0STCNT0|001|005930^1^2");
    tape.put(new byte[300]);
    tape.put("\n".getBytes(UTF_8));
    put("2S", "trade", Direction.IN, 0, "0|H0STCNT0|001|005930^1^3");
    assertThat(serve("kis", "kr_stocks", 1).messages()).isEqualTo(2);
    assertThat(log)
        .containsExactly("tape/kis/kr_stocks/20261120/09_30_00.jsonl:2 is no JSON; left out");
    tape.put("{\"symbol\":\"005930\"}\n".getBytes(UTF_8));
    assertThatThrownBy(() -> serve("kis", "kr_stocks", 1))
        .hasMessage("tape/kis/kr_stocks/20261120/09_30_00.jsonl:4 is no line of a tape");
  }

  @Test
  void aTakenPortAnEmptyDayAndAStrangeVenueAreRefusedByName() throws Exception {
    assertThatThrownBy(() -> serve("ib", "us", 1))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("ib");
    assertThatThrownBy(() -> serve("kis", "kr_stocks", 1))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("empty");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Playback.Options options =
          new Playback.Options(root, DAY, List.of(), taken.getLocalPort(), 1, null);
      assertThatThrownBy(() -> Playback.start(options, now::get, entry -> {}, log::add))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is not free");
    }
  }
}
