package io.stockobserver.provider.upbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.MemoryDesk;
import io.stockobserver.venue.Quotes.Verdict;
import io.stockobserver.venue.SweepPoller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpbitQuotesTest {
  private String waiting = "";
  private final UpbitQuotes quotes = new UpbitQuotes(() -> waiting);

  private static Answer answer(Call call, int status, String body) {
    return new Answer(call, 1, status, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  @Test
  void booksAreAskedForBeforeTickersAndNoCallCarriesAnOrigin() {
    List<String> markets = List.of("KRW-BTC", "KRW-ETH");
    Call before = quotes.callBefore(markets);
    Call call = quotes.call(markets);
    assertThat(before.tapeText()).isEqualTo("GET /orderbook?markets=KRW-BTC,KRW-ETH&count=1");
    assertThat(call.tapeText()).isEqualTo("GET /ticker?markets=KRW-BTC,KRW-ETH");
    assertThat(call.feed()).isEqualTo("swing");
    assertThat(before.headers().keySet()).containsExactly("accept");
    assertThat(call.symbols()).isEqualTo(markets);
    Draft draft =
        new Draft(
            Instant.EPOCH,
            0,
            "swing",
            Direction.OUT,
            0,
            0,
            before.tapeText().getBytes(StandardCharsets.UTF_8));
    assertThat(new UpbitWire().symbolsOf(new Entry(1, draft, "tape", 1))).isEqualTo(markets);
  }

  @Test
  void onlyCodesOfTheVenueAreAskedForAndAHundredAtMost() {
    assertThatIllegalArgumentException().isThrownBy(() -> quotes.call(List.of("krw-btc")));
    assertThatIllegalArgumentException().isThrownBy(() -> quotes.call(List.of("KRW-A&x=1")));
    assertThatIllegalArgumentException().isThrownBy(() -> quotes.call(List.of()));
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "KRW-A" + i).toList();
    assertThatIllegalArgumentException().isThrownBy(() -> quotes.call(many));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "200; [{\"market\":\"KRW-BTC\"}]; DONE",
        "200; []; SPLIT",
        "404; {\"error\":{\"name\":404,\"message\":\"Code not found\"}}; SPLIT",
        "404; {\"error\":{\"name\":\"not_found\",\"message\":\"no Route\"}}; FAILED",
        "400; {\"error\":{\"name\":400,\"message\":\"Invalid parameter.\"}}; FAILED",
        "429; Too many API requests.; AGAIN",
        "418; ; AGAIN",
        "500; ; AGAIN",
        "503; <html>; AGAIN",
        "200; <html>; AGAIN",
        "200; [{; AGAIN",
        "0; SocketTimeoutException; AGAIN"
      })
  void anAnswerIsJudgedByWhatMayHelp(int status, String body, Verdict verdict) {
    Call call = quotes.call(List.of("KRW-BTC"));
    assertThat(quotes.judge(answer(call, status, body == null ? "" : body))).isEqualTo(verdict);
  }

  /** The venue knows all but one; the sweep finds that one, and gets all the others. */
  @Test
  void oneUnknownMarketCostsTheSweepNobodyElse() throws InterruptedException {
    MemoryDesk desk = new MemoryDesk().at("10:00");
    desk.universe = IntStream.range(0, 120).mapToObj(i -> "KRW-M%03d".formatted(i)).toList();
    SweepPoller sweeps =
        new SweepPoller(
            "swing",
            desk,
            new SweepGrid(
                io.stockobserver.market.Window.parse("open..close"),
                Duration.ofMinutes(10),
                Duration.ZERO),
            quotes,
            desk.now(),
            new Random(1),
            desk::nanos);
    List<String> tickers = new ArrayList<>();
    List<String> books = new ArrayList<>();
    int calls = 0;
    while (sweeps.more()) {
      Call call = sweeps.next();
      calls++;
      if (call.symbols().contains("KRW-M037")) {
        sweeps.take(answer(call, 404, "{\"error\":{\"name\":404,\"message\":\"Code not found\"}}"));
      } else {
        (call.path().equals("/ticker") ? tickers : books).addAll(call.symbols());
        sweeps.take(answer(call, 200, "[{\"market\":\"KRW-X\"}]"));
      }
    }
    List<String> others = new ArrayList<>(desk.universe);
    others.remove("KRW-M037");
    assertThat(tickers).containsExactlyInAnyOrderElementsOf(others);
    assertThat(books).containsExactlyInAnyOrderElementsOf(others);
    // Two good calls for the last 20; the rest is a search in halves for books and for tickers.
    assertThat(calls).isLessThan(40);
  }

  @Test
  void whileTheVenueWantsNoCallsNoSweepBegins() {
    waiting = "blocked";
    assertThat(quotes.waitingFor()).isEqualTo("blocked");
  }
}
